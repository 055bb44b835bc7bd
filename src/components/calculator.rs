//! `<tirage-calculator>`: parameters on one side, the price on the other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tirage_pricing::{Answers, Decimal, Template};
use wasm_bindgen::JsValue;

use super::{field, price, shelf};
use crate::embed::{Mounted, Options};
use crate::locale::fill;
use crate::state::calculator::{Calculator, Input};
use crate::state::cart::{CartItem, hex};
use crate::state::field::{FieldView, is_asked, views};
use crate::state::price::PriceView;
use crate::state::product::Product;
use crate::state::runs::Runs;
use crate::ui::{El, Figures, Live, browser, el};

/// A product with its answers: it outlives a change of language.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) product: Product,
    pub(crate) state: RefCell<Calculator>,
    /// The cart's line that is being changed.
    editing: RefCell<Option<String>>,
}

impl Loaded {
    pub(crate) fn new(product: Product, template: Template) -> Self {
        let line = shelf::line_of_address(&product.key);
        let answers = line
            .as_ref()
            .map_or_else(Answers::new, |line| line.answers.clone());
        Self {
            product,
            state: RefCell::new(Calculator::new(template, answers)),
            editing: RefCell::new(line.map(|line| line.id)),
        }
    }
}

/// A calculator on the screen.
pub(crate) struct Session {
    pub(crate) mounted: Rc<Mounted>,
    pub(crate) loaded: Rc<Loaded>,
    pub(crate) options: Options,
    pub(crate) figures: Figures,
    fields: Vec<Live<FieldView>>,
    pub(crate) price: Live<PriceView>,
    pub(crate) runs: Live<Runs>,
    /// What the live region says.
    pub(crate) said: Live<String>,
    /// Whether the answers are in the cart as they are.
    pub(crate) added: Live<bool>,
    quiet: Cell<bool>,
}

pub(crate) fn show(mounted: &Rc<Mounted>, loaded: &Rc<Loaded>) -> El {
    let options = mounted.options();
    let figures = Figures::new(options.locale, &loaded.product.currency);
    let state = loaded.state.borrow();
    let fields = views(&state, &figures.words());
    let session = Rc::new(Session {
        mounted: Rc::clone(mounted),
        loaded: Rc::clone(loaded),
        options,
        fields: fields.into_iter().map(Live::new).collect(),
        price: Live::new(crate::state::price::view(&state, &figures.words())),
        runs: Live::new(crate::state::runs::view(&state, &figures.words())),
        said: Live::new(String::new()),
        added: Live::new(false),
        quiet: Cell::new(true),
        figures,
    });
    let questions = el("div", &[("class", "fields"), ("part", "fields")]);
    for (index, parameter) in state.template().parameters().iter().enumerate() {
        if is_asked(parameter) {
            questions.add(&field::show(&session, index, parameter));
        }
    }
    drop(state);
    let name = session.words_of(&loaded.product.name).to_owned();
    let panel = price::show(&session);
    session.quiet.set(false);
    session.tell_price();
    el(
        "form",
        &[
            ("class", "calculator"),
            ("part", "calculator"),
            ("aria-label", &name),
            ("novalidate", ""),
        ],
    )
    .on("submit", |event| event.prevent_default())
    .with(&[&questions, &panel])
}

impl Session {
    pub(crate) fn field(&self, index: usize) -> Option<Live<FieldView>> {
        self.fields.get(index).cloned()
    }

    pub(crate) fn words_of<'t>(&self, texts: &'t tirage_pricing::Texts) -> &'t str {
        texts.get(self.options.locale.tag)
    }

    /// What the buyer did at a field.
    pub(crate) fn act(&self, index: usize, input: Input) {
        let mut state = self.loaded.state.borrow_mut();
        state.input(index, input, &self.figures.words());
        drop(state);
        self.refresh();
    }

    /// The buyer left a field.
    pub(crate) fn leave(&self, index: usize) {
        self.loaded.state.borrow_mut().settle(index);
        self.refresh();
    }

    pub(crate) fn choose_run(&self, run: Decimal) {
        self.loaded.state.borrow_mut().choose_run(run);
        self.refresh();
    }

    /// Shows what follows from the answers; only what became another one is touched.
    fn refresh(&self) {
        let state = self.loaded.state.borrow();
        let words = self.figures.words();
        let mut remarks = String::new();
        for (view, live) in views(&state, &words).into_iter().zip(&self.fields) {
            let news = live.with(|before| before.notice != view.notice) && !view.notice.is_empty();
            if news {
                remarks.push_str(&view.notice);
                remarks.push_str(". ");
            }
            live.set(view);
        }
        let price = crate::state::price::view(&state, &words);
        let texts = self.options.locale.texts;
        let news = match price.problems.first() {
            Some(problem) => [texts.no_price, ". ", problem].concat(),
            None => fill(texts.price_is, &[("price", &price.total)]),
        };
        let other = self.price.with(|before| *before != price);
        self.price.set(price);
        self.runs.set(crate::state::runs::view(&state, &words));
        drop(state);
        if other || !remarks.is_empty() {
            self.said.set([remarks, news].concat());
            self.added.set(false);
            self.tell_price();
        }
    }

    fn tell_price(&self) {
        if self.quiet.get() {
            return;
        }
        let exact = self.price.with(|price| price.exact.clone());
        let host = self.mounted.host();
        browser::emit(host, "tirage:price", &JsValue::from_str(&exact));
    }

    /// Puts the answers into the cart; returns whether they could be.
    pub(crate) fn add_to_cart(&self) -> bool {
        let Some(item) = self.item() else {
            self.loaded.state.borrow_mut().insist();
            self.refresh();
            return false;
        };
        let id = item.id.clone();
        shelf::change(self.mounted.host(), |cart| cart.put(item));
        if self.loaded.editing.borrow().is_none() {
            // A second press adds a second line only after something was changed.
            self.loaded.editing.replace(Some(id));
        }
        self.added.set(true);
        self.said.set(self.options.locale.texts.added.to_owned());
        true
    }

    /// Whether the next press saves a line of the cart instead of adding one.
    pub(crate) fn is_editing(&self) -> bool {
        self.loaded.editing.borrow().is_some()
    }

    fn item(&self) -> Option<CartItem> {
        let state = self.loaded.state.borrow();
        let run = state.current()?;
        let price = run.price.as_ref()?;
        let product = &self.loaded.product;
        Some(CartItem {
            id: match &*self.loaded.editing.borrow() {
                Some(id) => id.clone(),
                None => hex(shelf::random()),
            },
            product: product.key.clone(),
            name: product.name.clone(),
            template: product.revision.clone(),
            answers: state.effective_answers(),
            summary: state.summary(),
            run: run.run,
            unit: state.unit().cloned(),
            total: price.total,
            currency: product.currency.clone(),
            page: browser::here(),
        })
    }
}
