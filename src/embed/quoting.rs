//! A mounted calculator: its product, and what the page asks of it and does to it.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::{Mounted, Standing, desk};
use crate::chunks::More;
use crate::components::calculator;

impl Mounted {
    /// Loads the product and shows its calculator.
    pub(super) fn start_calculator(self: &Rc<Self>) {
        let product = self.options().product;
        let this = Rc::clone(self);
        self.api().calculator(&product.clone(), move |answer| {
            if this.options.borrow().product != product {
                return;
            }
            match answer {
                Ok((calculator, template)) => {
                    let loaded = calculator::Loaded::new(calculator, template);
                    desk::forget(&this.host);
                    this.take_up(Rc::new(loaded));
                    this.welcome(&product);
                }
                Err(error) => this.fail(&error),
            }
        });
    }

    /// Tells the page that a calculator is there, and then where it stands.
    fn welcome(&self, product: &str) {
        desk::report(&self.host, "ready", "product", product);
        if let Some(session) = self.session() {
            session.tell("page", &[]);
        }
        let options = self.options.borrow().whole.clone();
        desk::begin(&options);
        // Whatever the buyer does next will need it; who presses before it came is told.
        More::load(self, |_| ());
    }

    /// The calculator on the screen, once there is one.
    pub(super) fn session(&self) -> Option<Rc<calculator::Session>> {
        self.session.borrow().upgrade()
    }

    pub(crate) fn remember(&self, session: &Rc<calculator::Session>) {
        self.session.replace(Rc::downgrade(session));
    }

    pub(crate) fn tell(&self, source: &str, keys: &[String], standing: &Standing<'_>) {
        let options = self.options.borrow().whole.clone();
        desk::tell(
            &self.host,
            &options,
            source,
            keys.to_vec(),
            &standing.answers,
            standing.line.as_deref(),
            &standing.total,
            standing.currency,
            &standing.problem,
        );
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
}
