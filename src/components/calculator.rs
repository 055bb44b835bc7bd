//! `<tirage-calculator>`: parameters on one side, the price on the other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tirage_pricing::{Answer, Kind, Template};

use super::shelf::Found;
use super::undo::Undo;
use super::{failure, parts, price};
use crate::chunks::More;
use crate::embed::{Mounted, Options, Show};
use crate::error::WidgetError;
use crate::state::calculator::{Calculator, Input};
use crate::state::field::{FieldView, views};
use crate::state::parts::Rearrange;
use crate::state::price::PriceView;
use crate::state::product::Product;
use crate::ui::{El, Figures, Live, browser, el};

/// A product with its answers: it outlives a change of language.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) product: Product,
    pub(crate) state: RefCell<Calculator>,
    /// The cart's line that is being changed.
    pub(super) editing: RefCell<Option<String>>,
    /// What the buyer did before the code for it was there.
    pub(super) waiting: RefCell<Vec<Act>>,
    /// Whether the page was told that the calculator is there.
    pub(super) is_welcome: Cell<bool>,
}

impl Loaded {
    pub(crate) fn new(product: Product, template: &'static Template, found: Found) -> Self {
        let mut answers = found.answers;
        for parameter in template.parameters() {
            // A template never knows the day by itself.
            if matches!(&parameter.kind, Kind::Date(dates) if dates.today) {
                answers.set(&parameter.key, Answer::Text(browser::today()));
            }
        }
        Self {
            product,
            state: RefCell::new(Calculator::new(template, answers)),
            editing: RefCell::new(found.line),
            waiting: RefCell::default(),
            is_welcome: Cell::new(false),
        }
    }
}

/// A calculator on the screen.
pub(crate) struct Session {
    pub(crate) mounted: Rc<Mounted>,
    pub(crate) loaded: Rc<Loaded>,
    pub(crate) options: Options,
    pub(crate) figures: Figures,
    pub(super) fields: Vec<Live<FieldView>>,
    pub(crate) price: Live<PriceView>,
    /// What the live region says.
    pub(crate) said: Live<String>,
    /// Whether the answers are in the cart as they are.
    pub(crate) added: Live<bool>,
    /// Why the page keeps the buyer from going on.
    pub(crate) held: Live<Option<String>>,
    /// What comes beside the price later.
    pub(super) rest: El,
    /// What can be taken back.
    pub(super) undo: RefCell<Undo>,
    /// None before it is there.
    pub(super) follow: RefCell<Option<Follow>>,
}

/// Shows again what stands beside the price, told whether there is news.
pub(super) type Follow = Rc<dyn Fn(bool)>;

/// What the buyer did.
#[derive(Debug)]
pub(crate) enum Act {
    /// Something at the field of this index.
    Input(usize, Input),
    /// Left the field of this index.
    Leave(usize),
    /// Moved a part of the repeating detail of this section, or took it out.
    Rearrange(usize, Rearrange),
    /// Pressed the button that goes on, or the page did.
    GoOn(&'static str),
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
        said: Live::new(String::new()),
        added: Live::new(false),
        held: Live::new(mounted.held()),
        rest: price::rest(&state),
        undo: RefCell::default(),
        follow: RefCell::default(),
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
    pub(crate) fn act(self: &Rc<Self>, index: usize, input: Input) {
        self.perform(Act::Input(index, input));
    }

    /// The buyer left a field.
    pub(crate) fn leave(self: &Rc<Self>, index: usize) {
        self.perform(Act::Leave(index));
    }

    /// Does what the buyer did, as soon as the code for it is there.
    pub(crate) fn perform(self: &Rc<Self>, act: Act) {
        match self.mounted.more() {
            Some(more) => more.perform(self, act),
            None => {
                self.loaded.waiting.borrow_mut().push(act);
                self.follow();
            }
        }
    }

    /// Shows what follows the first price, as soon as its chunk is there.
    pub(crate) fn follow(self: &Rc<Self>) {
        if let Some(more) = self.mounted.more() {
            return more.begin(self);
        }
        let own = Rc::clone(self);
        More::load(&self.mounted, move |more| match more {
            Ok(more) => own.mounted.follow(more),
            Err(error) => own.lack(&error),
        });
    }

    /// The chunk did not come: what the buyer did is not priced, and that is said.
    fn lack(self: &Rc<Self>, error: &WidgetError) {
        self.mounted.report(error);
        let sentence = self.options.locale.texts.load_failed;
        let mut waiting = self.loaded.waiting.borrow_mut();
        waiting.retain(|act| !matches!(act, Act::GoOn(_)));
        if !waiting.is_empty() {
            self.price.set(PriceView {
                problems: vec![sentence.to_owned()],
                ..PriceView::default()
            });
        }
        self.said.set(sentence.to_owned());
        let own = Rc::clone(self);
        let failure = failure::show(error, self.options.locale, move || own.follow());
        self.rest.fill(&[failure]);
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

    /// Whether the next press saves a line of the cart instead of adding one.
    pub(crate) fn is_editing(&self) -> bool {
        self.loaded.editing.borrow().is_some()
    }
}
