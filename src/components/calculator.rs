//! `<tirage-calculator>`: parameters on one side, the price on the other.

use std::cell::RefCell;
use std::rc::Rc;

use tirage_pricing::{Answer, Decimal, Kind, Template};

use super::{parts, price, shelf};
use crate::chunks::More;
use crate::embed::{Mounted, Options, Show, Standing};
use crate::locale::fill;
use crate::state::calculator::{Calculator, Input};
use crate::state::field::{FieldView, views};
use crate::state::parts::Rearrange;
use crate::state::price::PriceView;
use crate::state::product::Product;
use crate::state::public::{self, Written};
use crate::state::runs::Runs;
use crate::ui::{El, Figures, Live, browser, el};

/// A product with its answers: it outlives a change of language.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) product: Product,
    pub(crate) state: RefCell<Calculator>,
    /// The cart's line that is being changed.
    pub(super) editing: RefCell<Option<String>>,
}

impl Loaded {
    pub(crate) fn new(product: Product, template: &'static Template) -> Self {
        let line = shelf::line_of_address(&product.key);
        let mut answers = match &line {
            Some(line) => line.answers.clone(),
            None => shelf::shared(&product.key, template).unwrap_or_default(),
        };
        for parameter in template.parameters() {
            // A template never knows the day by itself.
            if matches!(&parameter.kind, Kind::Date(dates) if dates.today) {
                answers.set(&parameter.key, Answer::Text(browser::today()));
            }
        }
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
    /// Why the page keeps the buyer from going on.
    pub(crate) held: Live<Option<String>>,
    /// What became of the link to these answers; empty until it is asked for.
    pub(crate) shared: Live<&'static str>,
}

impl Show for Loaded {
    fn show(self: Rc<Self>, mounted: &Rc<Mounted>) -> El {
        show(mounted, &self)
    }
}

fn show(mounted: &Rc<Mounted>, loaded: &Rc<Loaded>) -> El {
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
        held: Live::new(mounted.held()),
        shared: Live::new(""),
        figures,
    });
    let questions = parts::show(&session, state.template());
    drop(state);
    let name = session.words_of(&loaded.product.name).to_owned();
    let panel = price::show(&session);
    mounted.remember(&session);
    el("form|class=calculator|part=calculator|novalidate")
        .attr("aria-label", &name)
        .on("submit", || ())
        .with(&[questions, panel])
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
        self.refresh("buyer", &self.key(Some(index)));
    }

    /// The buyer left a field.
    pub(crate) fn leave(&self, index: usize) {
        self.loaded.state.borrow_mut().settle(index);
        self.refresh("buyer", &self.key(Some(index)));
    }

    /// Moves a part of a repeating detail, or takes it out.
    pub(crate) fn rearrange(&self, section: usize, how: Rearrange) {
        self.loaded.state.borrow_mut().rearrange(section, how);
        self.refresh("buyer", &[]);
    }

    /// See [`Calculator::part`].
    pub(crate) fn part(&self, section: usize) -> Option<(usize, usize, usize)> {
        self.loaded.state.borrow().part(section)
    }

    /// The field that says how many parts there are.
    pub(crate) fn count_of(&self, section: usize) -> Option<Live<FieldView>> {
        let state = self.loaded.state.borrow();
        let repeated = state.template().sections().get(section)?.repeated?;
        self.field(repeated.count)
    }

    pub(crate) fn choose_run(&self, run: Decimal) {
        self.loaded.state.borrow_mut().choose_run(run);
        let quantity = self.loaded.state.borrow().template().quantity();
        self.refresh("buyer", &self.key(quantity));
    }

    fn key(&self, index: Option<usize>) -> Vec<String> {
        let state = self.loaded.state.borrow();
        let parameter = index.and_then(|index| state.template().parameters().get(index));
        parameter
            .map(|known| known.key.clone())
            .into_iter()
            .collect()
    }

    /// Shows what follows from the answers; only what became another one is touched.
    /// `keys` are the parameters that `source` answered: what else changed, rules have changed.
    pub(crate) fn refresh(&self, source: &str, keys: &[String]) {
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
            self.shared.set("");
        }
        self.tell(source, keys);
    }

    /// Tells the page where the calculator stands.
    pub(crate) fn tell(&self, source: &str, keys: &[String]) {
        self.held.set(self.mounted.held());
        let state = self.loaded.state.borrow();
        let standing = Standing {
            answers: public::state(&state),
            line: public::line(&self.loaded.product, &state),
            total: self.price.with(|price| price.exact.clone()),
            currency: &self.loaded.product.currency,
            problem: self.held.with(Clone::clone).unwrap_or_else(|| {
                let first = |price: &PriceView| price.problems.first().cloned();
                self.price.with(first).unwrap_or_default()
            }),
        };
        drop(state);
        self.mounted.tell(source, keys, &standing);
    }

    /// Goes on with the answers, into the cart unless the page takes them; returns whether they
    /// could go on.
    pub(crate) fn go_on(self: &Rc<Self>, source: &str) -> bool {
        if let Some(message) = self.mounted.held() {
            self.said.set(message);
            return false;
        }
        let is_priced = self
            .loaded
            .state
            .borrow()
            .current()
            .is_some_and(|run| run.price.is_some());
        if !is_priced {
            self.loaded.state.borrow_mut().insist();
            self.refresh(source, &[]);
            return false;
        }
        if self.mounted.ask_page(source) {
            self.later(More::put);
        }
        true
    }

    /// What the page reads; empty for a name that is none.
    pub(crate) fn read(&self, what: &str) -> String {
        let state = self.loaded.state.borrow();
        match what {
            "state" => public::state(&state),
            "schema" => public::schema(&self.loaded.product, state.template()),
            "quote" => public::quote(&self.loaded.product, &state),
            _ => String::new(),
        }
    }

    /// Takes over what the page writes, and returns the names that were refused.
    pub(crate) fn write(&self, written: Vec<Written>, all: bool) -> Vec<String> {
        let keys: Vec<String> = if all {
            let state = self.loaded.state.borrow();
            let known = state.template().parameters();
            known
                .iter()
                .map(|parameter| parameter.key.clone())
                .collect()
        } else {
            written.iter().map(|(key, _)| key.clone()).collect()
        };
        let refused = public::write(&mut self.loaded.state.borrow_mut(), written, all);
        self.refresh("page", &keys);
        refused
    }

    /// Does something that a chunk of its own has; says so when that does not come.
    pub(crate) fn later(self: &Rc<Self>, what: fn(More, &Rc<Self>)) {
        let own = Rc::clone(self);
        More::load(&self.mounted, move |more| match more {
            Ok(more) => what(more, &own),
            Err(error) => {
                own.said
                    .set(own.options.locale.texts.load_failed.to_owned());
                own.mounted.report(&error);
            }
        });
    }

    /// Whether the next press saves a line of the cart instead of adding one.
    pub(crate) fn is_editing(&self) -> bool {
        self.loaded.editing.borrow().is_some()
    }
}
