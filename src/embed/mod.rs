//! The module's only exports: mounting an element, and the handle the loader keeps of it.

mod desk;
mod mounted;
mod options;
#[cfg(not(feature = "split"))]
mod page;
mod quoting;

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::components::calculator::Act;

pub(crate) use desk::{Standing, report, warn, written};
pub(crate) use mounted::{Mounted, Show};
pub(crate) use options::{Kind, Options};
#[cfg(not(feature = "split"))]
pub use page::mount_page;

/// A mounted element.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle(Rc<Mounted>);

/// Mounts the element of this kind into its shadow root.
#[wasm_bindgen]
pub fn mount(kind: &str, host: JsValue, root: JsValue, options: &JsValue) -> Option<Handle> {
    let kind = Kind::from_name(kind)?;
    let mounted = Mounted::new(kind, host, root, Options::read(options));
    mounted.start();
    Some(Handle(mounted))
}

#[wasm_bindgen]
impl Handle {
    /// Takes changed attributes over; answers are kept as long as the product is the same.
    pub fn update(&self, options: &JsValue) {
        self.0.update(Options::read(options));
    }

    /// Takes everything out of the page: nodes, listeners, requests, timers.
    pub fn unmount(self) {
        self.0.unmount();
    }
}

/// What only a calculator can do.
#[wasm_bindgen]
impl Handle {
    /// What the page reads, as JSON: `state`, `schema` or `quote`; none before the product is there.
    pub fn read(&self, what: &str) -> Option<String> {
        if what == "state" {
            return desk::state(self.0.host());
        }
        let (session, more) = self.0.open()?;
        Some(more.read(&session, what))
    }

    /// Answers, in addition to those there are or instead of all of them: from the page unless
    /// `source` says from whom.
    pub fn write(&self, answers: &JsValue, all: bool, source: Option<String>) {
        if let Some((session, more)) = self.0.open() {
            let source = source.unwrap_or_else(|| "page".to_owned());
            more.write(&session, answers, all, &source);
        }
    }

    /// Presses the button that goes on.
    pub fn submit(&self) {
        if let Some(session) = self.0.session() {
            session.perform(Act::GoOn("page"));
        }
    }

    /// Holds the buyer back under a name, with the reason; without one, no longer.
    pub fn hold(&self, name: &str, message: Option<String>) {
        if let Some((session, more)) = self.0.open() {
            more.hold(&session, name, message);
        }
    }
}
