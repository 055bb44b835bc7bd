//! `<tirage-calculator>`: parameters on one side, the price on the other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tirage_pricing::{Answer, Decimal, Template};
use wasm_bindgen::prelude::Closure;

use super::shelf::Found;
use super::undo::Undo;
use super::{failure, parts, price};
use crate::chunks::More;
use crate::embed::{Mounted, Options, Show};
use crate::error::WidgetError;
use crate::state::calculator::{Calculator, Input};
use crate::state::field::{Change, FieldView, sentence, views};
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
    /// What the buyer wanted before all that it takes was there.
    pub(super) waiting: RefCell<Option<Act>>,
    /// What the buyer keeps to compare.
    pub(super) kept: RefCell<Vec<Rc<Calculator>>>,
    /// Whether the page was told that the calculator is there.
    pub(super) is_welcome: Cell<bool>,
}

impl Loaded {
    pub(crate) fn new(product: Product, template: &'static Template, found: Found) -> Self {
        let mut answers = found.answers;
        for parameter in template.parameters() {
            // A template never knows the day by itself.
            if parameter.is_today() {
                answers.set(&parameter.key, Answer::Text(browser::today()));
            }
        }
        Self {
            product,
            state: RefCell::new(Calculator::new(template, answers)),
            editing: RefCell::new(found.line),
            waiting: RefCell::default(),
            kept: RefCell::default(),
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
    /// What was said of the link to these answers; empty before there is one.
    pub(super) shared: Live<&'static str>,
    /// Where it is said that something did not load.
    pub(super) trouble: El,
    /// What can be taken back.
    pub(super) undo: RefCell<Undo>,
    /// What else shows what follows from the answers.
    pub(super) follow: RefCell<Vec<Follow>>,
}

/// Shows again something beside the price, told whether there is news.
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
    /// Chose a quantity of the table.
    Run(Decimal),
    /// Wanted a link to the answers.
    Share,
    /// Pressed a button that goes on, or the page did.
    GoOn(&'static str, Button),
}

/// A button that goes on; scripts call it by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Button {
    /// The one that every calculator has.
    Continue,
    /// Puts the line into the cart, beside the first one.
    Cart,
    /// Leads to the page where orders are placed.
    Order,
}

impl Button {
    /// What pages call it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Cart => "cart",
            Self::Order => "order",
        }
    }
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
        shared: Live::new(""),
        trouble: el("div|hidden"),
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
        .on_own("submit", |_| true)
        .with(&[questions, panel])
}

impl Session {
    pub(crate) fn field(&self, index: usize) -> Option<Live<FieldView>> {
        self.fields.get(index).cloned()
    }

    pub(crate) fn words_of<'t>(&self, texts: &'t tirage_pricing::Texts) -> &'t str {
        texts.get(self.options.locale.tag)
    }

    /// What a rule changed at a field, in words.
    pub(crate) fn sentence(&self, index: usize, change: &Change) -> String {
        let template = self.loaded.state.borrow().template();
        sentence(template, index, change, &self.figures.words())
    }

    /// What the buyer did at a field.
    pub(crate) fn act(self: &Rc<Self>, index: usize, input: Input) {
        self.perform(Act::Input(index, input));
    }

    /// The buyer left a field.
    pub(crate) fn leave(self: &Rc<Self>, index: usize) {
        self.perform(Act::Leave(index));
    }

    /// Tells the page where the calculator stands, once the price is seen, and that it is there, as
    /// soon as the code for what the page may ask is.
    pub(crate) fn begin(self: &Rc<Self>) {
        if !self.loaded.is_welcome.get() {
            let own = Rc::clone(self);
            let tell = Closure::once_into_js(move |gone: Option<String>| {
                // Another product may have come meanwhile, or another language.
                if let (None, Some(session)) = (gone, own.mounted.session()) {
                    session.tell_all();
                }
            });
            browser::after(0, tell, &self.mounted.api().life);
        }
        More::bring(self, |session, more| {
            if let Some(session) = session.mounted.session() {
                session.welcome(more);
            }
        });
    }

    pub(super) fn tell_all(&self) {
        let all: Vec<usize> = (0..self.fields.len()).collect();
        self.tell("page", &[], &all);
    }

    fn welcome(self: &Rc<Self>, more: More) {
        if !self.loaded.is_welcome.replace(true) {
            self.tell_all();
            self.mounted.welcome(self, more);
        }
        more.begin(self);
        if let Some(act) = self.loaded.waiting.take() {
            self.perform(act);
        }
    }

    /// Something that was asked for did not come: that is said, with a way to try again.
    pub(crate) fn lack(&self, error: &WidgetError, again: impl Fn() + 'static) {
        self.mounted.report(error);
        self.loaded.waiting.take();
        let (locale, trouble) = (self.options.locale, self.trouble);
        self.said.set(locale.texts.load_failed.to_owned());
        let failure = failure::show(error, locale, move || {
            trouble.show(false);
            again();
        });
        trouble.fill(&[failure]);
        trouble.show(true);
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
