//! One mounted element: what is loaded, what is shown, and how all of it goes away again.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::Function;
use reactive_graph::owner::Owner;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{AbortController, Element, ShadowRoot};

use super::{Kind, Options, Standing, desk};
use crate::api::Api;
use crate::components::{calculator, cart, failure, order};
use crate::error::WidgetError;
use crate::ui::{El, browser, el};

const STYLE: &str = include_str!("../style.css");
/// What only carts, offers and orders need.
const ORDER_STYLE: &str = include_str!("../order.css");

/// A mounted element.
pub(crate) struct Mounted {
    kind: Kind,
    host: Element,
    root: ShadowRoot,
    body: El,
    options: RefCell<Options>,
    alive: AbortController,
    owner: RefCell<Owner>,
    calculator: RefCell<Option<Rc<calculator::Loaded>>>,
    order: RefCell<Option<Rc<order::Loaded>>>,
    session: RefCell<Weak<calculator::Session>>,
    /// By name, why the page keeps the buyer from going on.
    holds: RefCell<Vec<(String, String)>>,
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Mounted").field(&self.kind).finish()
    }
}

impl Mounted {
    pub(crate) fn new(kind: Kind, host: Element, root: ShadowRoot, options: Options) -> Rc<Self> {
        browser::dress(&root, STYLE);
        if kind != Kind::Calculator {
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
            calculator: RefCell::default(),
            order: RefCell::default(),
            session: RefCell::default(),
            holds: RefCell::default(),
        })
    }

    /// Loads what the element needs and shows it.
    pub(crate) fn start(self: &Rc<Self>) {
        let options = self.options.borrow().clone();
        let this = Rc::clone(self);
        match self.kind {
            Kind::Calculator => {
                let product = options.product.clone();
                self.api().calculator(&options.product, move |answer| {
                    if this.options.borrow().product != product {
                        return;
                    }
                    match answer {
                        Ok((calculator, template)) => {
                            let loaded = calculator::Loaded::new(calculator, template);
                            this.calculator.replace(Some(Rc::new(loaded)));
                            desk::forget(&this.host);
                            this.render();
                            this.welcome(&product);
                        }
                        Err(error) => this.fail(&error),
                    }
                });
            }
            Kind::Cart => self.render(),
            Kind::Order => self
                .api()
                .order(&options.token, move |answer| match answer {
                    Ok(view) => {
                        let loaded = Rc::new(order::Loaded::new(view));
                        this.order.replace(Some(Rc::clone(&loaded)));
                        this.render();
                        loaded.follow(&this, 0);
                    }
                    Err(error) => this.fail(&error),
                }),
        }
    }

    /// Tells the page that a calculator is there, and then where it stands.
    fn welcome(&self, product: &str) {
        desk::report(&self.host, "ready", "product", &product.into());
        if let Some(session) = self.session() {
            session.tell("page", &[]);
        }
        let ready = self.options.borrow().ready.clone();
        if let Some(ready) = ready.dyn_ref::<Function>() {
            // The loader's own, which catches what it calls.
            let _never = ready.call0(&JsValue::NULL);
        }
    }

    /// The calculator on the screen, once there is one.
    pub(super) fn session(&self) -> Option<Rc<calculator::Session>> {
        self.session.borrow().upgrade()
    }

    pub(crate) fn remember(&self, session: &Rc<calculator::Session>) {
        self.session.replace(Rc::downgrade(session));
    }

    pub(crate) fn tell(&self, source: &str, keys: &[String], standing: &Standing<'_>) {
        let internals = self.options.borrow().internals.clone();
        let keys = keys.to_vec();
        desk::tell(&self.host, &internals, source, keys, standing.to_array());
    }

    /// Whether the page leaves it to the calculator to go on.
    pub(crate) fn ask_page(&self, source: &str) -> bool {
        desk::ask(&self.host, source)
    }

    /// Why the buyer may not go on: the page's latest word.
    pub(crate) fn held(&self) -> Option<String> {
        self.holds
            .borrow()
            .last()
            .map(|(_, message)| message.clone())
    }

    /// Holds the buyer back under a name, or no longer.
    pub(super) fn hold(&self, name: &str, message: Option<String>) {
        let mut holds = self.holds.borrow_mut();
        holds.retain(|(known, _)| known != name);
        holds.extend(message.map(|message| (name.to_owned(), message)));
        drop(holds);
        if let Some(session) = self.session() {
            session.tell("page", &[]);
        }
    }

    /// Takes over what the page writes, and says in the console what it could not.
    pub(super) fn write(&self, value: &JsValue, all: bool) {
        if let Some(session) = self.session() {
            let refused = session.write(desk::written(value), all);
            if !refused.is_empty() {
                desk::warn(&self.host, refused);
            }
        }
    }

    pub(crate) fn update(self: &Rc<Self>, options: Options) {
        let same = self.options.borrow().same_source(&options);
        self.options.replace(options);
        if same {
            self.render();
        } else {
            self.calculator.replace(None);
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
    fn render(self: &Rc<Self>) {
        let shown = match self.kind {
            Kind::Calculator => {
                let loaded = self.calculator.borrow().clone();
                loaded.map(|loaded| self.owned(|| calculator::show(self, &loaded)))
            }
            Kind::Cart => Some(self.owned(|| cart::show(self))),
            Kind::Order => {
                let loaded = self.order.borrow().clone();
                loaded.map(|loaded| self.owned(|| order::show(self, &loaded)))
            }
        };
        if let Some(shown) = shown {
            self.put(shown, false);
        }
    }

    fn fail(self: &Rc<Self>, error: &WidgetError) {
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
