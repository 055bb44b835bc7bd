//! The module's only exports: mounting an element, and what the loader does to a mounted one.

mod desk;
mod mounted;
mod options;
#[cfg(not(feature = "split"))]
mod page;
mod quoting;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::components::calculator::{Act, Button};

pub(crate) use desk::{Standing, report, warn, written};
pub(crate) use mounted::{Mounted, Show};
pub(crate) use options::{Kind, Options};
#[cfg(not(feature = "split"))]
pub use page::mount_page;

thread_local! {
    /// What is mounted on this page, each under its number; those that went leave a gap.
    static MOUNTED: RefCell<Vec<Option<Rc<Mounted>>>> = const { RefCell::new(Vec::new()) };
}

/// Mounts the element of this kind into its shadow root; its number is what the other functions
/// take.
#[wasm_bindgen]
pub fn mount(kind: &str, host: JsValue, root: JsValue, options: &JsValue) -> Option<usize> {
    let kind = Kind::from_name(kind)?;
    let mounted = Mounted::new(kind, host, root, Options::read(options));
    mounted.start();
    MOUNTED.with_borrow_mut(|all| {
        all.push(Some(mounted));
        Some(all.len() - 1)
    })
}

fn mounted(number: usize) -> Option<Rc<Mounted>> {
    MOUNTED.with_borrow(|all| all.get(number).cloned().flatten())
}

/// Takes changed attributes over; answers are kept as long as the product is the same.
#[wasm_bindgen]
pub fn update(number: usize, options: &JsValue) {
    if let Some(mounted) = mounted(number) {
        mounted.update(Options::read(options));
    }
}

/// Takes everything out of the page: nodes, listeners, requests, timers.
#[wasm_bindgen]
pub fn unmount(number: usize) {
    let gone = MOUNTED.with_borrow_mut(|all| all.get_mut(number).and_then(Option::take));
    if let Some(mounted) = gone {
        mounted.unmount();
    }
}

/// What the page reads, as JSON: `state`, `schema` or `quote`; none before the product is there.
#[wasm_bindgen]
pub fn read(number: usize, what: &str) -> Option<String> {
    let mounted = mounted(number)?;
    if what == "state" {
        return desk::state(mounted.host());
    }
    let (session, more) = mounted.open()?;
    Some(more.read(&session, what))
}

/// Answers, in addition to those there are or instead of all of them: from the page unless
/// `source` says from whom.
#[wasm_bindgen]
pub fn write(number: usize, answers: &JsValue, all: bool, source: Option<String>) {
    if let Some((session, more)) = mounted(number).and_then(|mounted| mounted.open()) {
        let source = source.unwrap_or_else(|| "page".to_owned());
        more.write(&session, answers, all, &source);
    }
}

/// Presses the button that goes on, for the page; or one that a script of ours shows, by its number
/// and for the buyer.
#[wasm_bindgen]
pub fn submit(number: usize, button: u8) {
    if let Some(session) = mounted(number).and_then(|mounted| mounted.session()) {
        session.perform(match button {
            0 => Act::GoOn("page", Button::Continue),
            1 => Act::GoOn("buyer", Button::Cart),
            _ => Act::GoOn("buyer", Button::Order),
        });
    }
}

/// Holds the buyer back under a name, with the reason; without one, no longer.
#[wasm_bindgen]
pub fn hold(number: usize, name: &str, message: Option<String>) {
    if let Some((session, more)) = mounted(number).and_then(|mounted| mounted.open()) {
        more.hold(&session, name, message);
    }
}
