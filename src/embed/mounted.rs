//! One mounted element: what is loaded, what is shown, and how all of it goes away again.

use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::owner::Owner;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Element, ShadowRoot};

use super::{Kind, Options};
use crate::api::Api;
use crate::components::{calculator, cart, failure, order};
use crate::error::WidgetError;
use crate::ui::{El, browser, el};

const STYLE: &str = include_str!("../style.css");

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
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Mounted").field(&self.kind).finish()
    }
}

impl Mounted {
    pub(crate) fn new(kind: Kind, host: Element, root: ShadowRoot, options: Options) -> Rc<Self> {
        browser::dress(&root, STYLE);
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
                            this.render();
                            let detail = JsValue::from_str(&product);
                            browser::emit(&this.host, "tirage:ready", &detail);
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
        let detail = error.detail();
        browser::emit(&self.host, "tirage:error", &JsValue::from_str(&detail));
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
