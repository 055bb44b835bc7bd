//! One mounted element: what is loaded, what is shown, and how all of it goes away again.

use std::cell::RefCell;
use std::rc::Rc;
#[cfg(feature = "calculator")]
use std::rc::Weak;

use reactive_graph::owner::Owner;
use web_sys::{AbortController, Element, ShadowRoot};

use super::{Kind, Options, desk};
use crate::api::Api;
#[cfg(feature = "calculator")]
use crate::components::calculator;
use crate::components::failure;
#[cfg(feature = "cart")]
use crate::components::{cart, order};
use crate::error::WidgetError;
use crate::ui::{El, browser, el};

const STYLE: &str = include_str!("../style.css");
/// What only carts, offers and orders need.
#[cfg(feature = "cart")]
const ORDER_STYLE: &str = include_str!("../order.css");

/// A mounted element.
pub(crate) struct Mounted {
    kind: Kind,
    pub(super) host: Element,
    root: ShadowRoot,
    body: El,
    pub(super) options: RefCell<Options>,
    alive: AbortController,
    owner: RefCell<Owner>,
    #[cfg(feature = "calculator")]
    pub(super) calculator: RefCell<Option<Rc<calculator::Loaded>>>,
    #[cfg(feature = "calculator")]
    pub(super) session: RefCell<Weak<calculator::Session>>,
    #[cfg(feature = "cart")]
    order: RefCell<Option<Rc<order::Loaded>>>,
    /// By name, why the page keeps the buyer from going on.
    #[cfg(feature = "calculator")]
    pub(super) holds: RefCell<Vec<(String, String)>>,
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Mounted").field(&self.kind).finish()
    }
}

impl Mounted {
    pub(crate) fn new(kind: Kind, host: Element, root: ShadowRoot, options: Options) -> Rc<Self> {
        browser::dress(&root, STYLE);
        #[cfg(feature = "cart")]
        if matches!(kind, Kind::Cart | Kind::Order) {
            browser::dress(&root, ORDER_STYLE);
        }
        let body = el("div", &[("class", "tirage"), ("part", "body")]);
        #[expect(
            clippy::expect_used,
            reason = "every browser that runs WebAssembly as we build it has it"
        )]
        let alive = AbortController::new().expect("AbortController");
        Rc::new(Self {
            kind,
            host,
            root,
            body,
            options: RefCell::new(options),
            alive,
            owner: RefCell::new(Owner::new()),
            #[cfg(feature = "calculator")]
            calculator: RefCell::default(),
            #[cfg(feature = "calculator")]
            session: RefCell::default(),
            #[cfg(feature = "cart")]
            order: RefCell::default(),
            #[cfg(feature = "calculator")]
            holds: RefCell::default(),
        })
    }

    /// Loads what the element needs and shows it.
    pub(crate) fn start(self: &Rc<Self>) {
        match self.kind {
            #[cfg(feature = "calculator")]
            Kind::Calculator => self.start_calculator(),
            #[cfg(feature = "cart")]
            Kind::Cart => self.render(),
            #[cfg(feature = "cart")]
            Kind::Order => self.start_order(),
        }
    }

    #[cfg(feature = "cart")]
    fn start_order(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let token = self.options().token;
        self.api().order(&token, move |answer| match answer {
            Ok(view) => {
                let loaded = Rc::new(order::Loaded::new(view));
                this.order.replace(Some(Rc::clone(&loaded)));
                this.render();
                loaded.follow(&this, 0);
            }
            Err(error) => this.fail(&error),
        });
    }

    pub(crate) fn update(self: &Rc<Self>, options: Options) {
        let same = self.options.borrow().same_source(&options);
        self.options.replace(options);
        if same {
            self.render();
        } else {
            #[cfg(feature = "calculator")]
            self.calculator.replace(None);
            #[cfg(feature = "cart")]
            self.order.replace(None);
            self.start();
        }
    }

    pub(crate) fn unmount(&self) {
        self.alive.abort();
        self.owner.borrow().cleanup();
        self.body.remove();
        self.show_slot(true);
    }

    /// The service with this element's life.
    pub(crate) fn api(&self) -> Api {
        Api {
            base: self.options.borrow().api.clone(),
            signal: self.alive.signal(),
        }
    }

    /// The element itself, where events come from.
    pub(crate) fn host(&self) -> &Element {
        &self.host
    }

    /// Moves the focus to the first control that is marked as wrong.
    pub(crate) fn focus_mistake(&self) {
        let wrong = ":is([aria-invalid=true], fieldset:has([data-kind=error]) input)";
        if let Some(control) = self.body.find(wrong) {
            control.focus();
        }
    }

    /// Moves the focus to the first element that is seen and matches.
    pub(crate) fn focus_first(&self, selector: &str) {
        let seen = [":not([hidden] *)", selector].concat();
        if let Some(element) = self.body.find(&seen).or_else(|| self.body.find(selector)) {
            element.focus();
        }
    }

    /// The attributes now.
    pub(crate) fn options(&self) -> Options {
        self.options.borrow().clone()
    }

    /// Shows what is loaded, in the language of now.
    pub(super) fn render(self: &Rc<Self>) {
        let shown = match self.kind {
            #[cfg(feature = "calculator")]
            Kind::Calculator => {
                let loaded = self.calculator.borrow().clone();
                loaded.map(|loaded| self.owned(|| calculator::show(self, &loaded)))
            }
            #[cfg(feature = "cart")]
            Kind::Cart => Some(self.owned(|| cart::show(self))),
            #[cfg(feature = "cart")]
            Kind::Order => {
                let loaded = self.order.borrow().clone();
                loaded.map(|loaded| self.owned(|| order::show(self, &loaded)))
            }
        };
        if let Some(shown) = shown {
            self.put(shown, false);
        }
    }

    pub(super) fn fail(self: &Rc<Self>, error: &WidgetError) {
        desk::report(&self.host, "error", "message", &error.detail().into());
        let this = Rc::clone(self);
        let shown = failure::show(error, self.options().locale, move || this.start());
        // What the page has for this case stays visible.
        self.put(shown, true);
    }

    fn owned(&self, show: impl FnOnce() -> El) -> El {
        let owner = Owner::new();
        let shown = owner.with(show);
        let before = self.owner.replace(owner);
        before.cleanup();
        shown
    }

    fn put(&self, shown: El, slot: bool) {
        self.body.set("lang", self.options.borrow().locale.tag);
        self.body.fill(&[shown]);
        if !self.body.is_attached() {
            let _never = self.root.append_child(self.body.node());
        }
        self.show_slot(slot);
    }

    fn show_slot(&self, on: bool) {
        let root = |selector: &str| self.root.query_selector(selector).ok().flatten();
        if let Some(slot) = root("slot").map(El::from) {
            slot.show(on);
        }
        if let Some(skeleton) = root("slot > *").map(El::from) {
            skeleton.show(false);
        }
    }
}
