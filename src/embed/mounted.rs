//! One mounted element: what is loaded, what is shown, and how all of it goes away again.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;

use super::{Kind, Options, desk};
use crate::api::Api;
use crate::chunks::{Cart, More};
use crate::components::{calculator, failure};
use crate::error::WidgetError;
use crate::ui::{El, Owner, browser, el, flush};

const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// What an element shows once it is loaded; it outlives a change of language.
pub(crate) trait Show {
    /// Makes the elements, in the language of now.
    fn show(self: Rc<Self>, mounted: &Rc<Mounted>) -> El;
}

/// A mounted element.
pub(crate) struct Mounted {
    kind: Kind,
    pub(super) host: JsValue,
    root: JsValue,
    body: El,
    pub(super) options: RefCell<Options>,
    life: JsValue,
    owner: RefCell<Option<Owner>>,
    loaded: RefCell<Option<Rc<dyn Show>>>,
    /// How often the product was asked for.
    pub(super) turn: Cell<u32>,
    /// The shop's options as the service has them: JSON, an object.
    pub(super) stored: RefCell<String>,
    /// Caption of the button that goes on.
    label: RefCell<String>,
    pub(super) session: RefCell<Weak<calculator::Session>>,
    /// By name, why the page keeps the buyer from going on.
    pub(super) holds: RefCell<Vec<(String, String)>>,
    /// What comes right after the price, once it is there.
    pub(super) more: Cell<Option<More>>,
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Mounted").field(&self.kind).finish()
    }
}

impl Mounted {
    pub(crate) fn new(kind: Kind, host: JsValue, root: JsValue, options: Options) -> Rc<Self> {
        browser::dress(&root, STYLE);
        let body = el("div|class=tirage|part=body");
        body.enter(&root);
        Rc::new(Self {
            kind,
            host,
            root,
            body,
            options: RefCell::new(options),
            life: browser::life(&JsValue::UNDEFINED),
            owner: RefCell::default(),
            loaded: RefCell::default(),
            turn: Cell::default(),
            stored: RefCell::new("{}".to_owned()),
            label: RefCell::default(),
            session: RefCell::default(),
            holds: RefCell::default(),
            more: Cell::default(),
        })
    }

    /// Loads what the element needs and shows it.
    pub(crate) fn start(self: &Rc<Self>) {
        match self.kind {
            Kind::Calculator => self.start_calculator(),
            Kind::Cart => self.start_in_chunk(Cart::show_cart),
            Kind::Order => self.start_in_chunk(Cart::show_order),
        }
    }

    fn start_in_chunk(self: &Rc<Self>, start: fn(Cart, &Rc<Self>)) {
        let this = Rc::clone(self);
        Cart::load(self, move |chunk| match chunk {
            Ok(chunk) => start(chunk, &this),
            Err(error) => this.fail(&error),
        });
    }

    /// Shows what was loaded.
    pub(crate) fn take_up(self: &Rc<Self>, loaded: Rc<dyn Show>) {
        self.loaded.replace(Some(loaded));
        self.render();
    }

    /// Adds a style to the element's own.
    pub(crate) fn dress(&self, style: &str) {
        browser::dress(&self.root, style);
    }

    pub(crate) fn update(self: &Rc<Self>, options: Options) {
        let same = self.options.borrow().same_source(&options);
        self.options.replace(options);
        if same {
            self.render();
        } else {
            self.loaded.replace(None);
            self.start();
        }
    }

    pub(crate) fn unmount(&self) {
        browser::end(&self.life);
        self.owner.replace(None);
        self.body.remove();
        flush();
        self.show_slot(true);
    }

    /// The service with this element's life.
    pub(crate) fn api(&self) -> Api {
        Api {
            base: self.options.borrow().api.clone(),
            life: self.life.clone(),
        }
    }

    /// The element itself, where events come from.
    pub(crate) fn host(&self) -> &JsValue {
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
        let seen = [":is(", selector, "):not([hidden] *)"].concat();
        if let Some(element) = self.body.find(&seen).or_else(|| self.body.find(selector)) {
            element.focus();
        }
    }

    /// The first element that matches.
    pub(crate) fn find(&self, selector: &str) -> Option<El> {
        self.body.find(selector)
    }

    /// The attributes now.
    pub(crate) fn options(&self) -> Options {
        self.options.borrow().clone()
    }

    /// Caption of the button that goes on; told once.
    pub(crate) fn label(&self) -> String {
        self.label.take()
    }

    /// Shows what is loaded as the shop wants it, in the language of now.
    fn render(self: &Rc<Self>) {
        let options = self.options.borrow();
        let label = desk::look(
            &self.host,
            &options.whole,
            &self.stored.borrow(),
            options.locale.tag,
            options.locale.texts.add_to_cart,
        );
        drop(options);
        self.label.replace(label);
        let loaded = self.loaded.borrow().clone();
        if let Some(loaded) = loaded {
            let shown = self.owned(|| loaded.show(self));
            self.put(shown, false);
            if let Some(session) = self.session() {
                session.begin();
            }
        }
    }

    /// Makes elements that go when what is shown now goes.
    pub(crate) fn within<R>(&self, make: impl FnOnce() -> R) -> R {
        match &*self.owner.borrow() {
            Some(owner) => owner.more(make),
            None => make(),
        }
    }

    pub(crate) fn fail(self: &Rc<Self>, error: &WidgetError) {
        self.report(error);
        let this = Rc::clone(self);
        let shown = failure::show(error, self.options().locale, move || this.start());
        // What the page has for this case stays visible.
        self.put(shown, true);
    }

    /// Tells the page what did not load.
    pub(crate) fn report(&self, error: &WidgetError) {
        flush();
        desk::report(&self.host, "error", "message", &error.detail());
    }

    fn owned(&self, show: impl FnOnce() -> El) -> El {
        let (owner, shown) = Owner::of(show);
        self.owner.replace(Some(owner));
        shown
    }

    fn put(&self, shown: El, slot: bool) {
        self.body.set("lang", self.options.borrow().locale.tag);
        self.body.fill(&[shown]);
        self.show_slot(slot);
    }

    fn show_slot(&self, on: bool) {
        browser::slot(&self.root, on);
    }
}
