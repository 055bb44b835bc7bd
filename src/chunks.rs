//! What of the widget is loaded later: each chunk is a WebAssembly file of its own, with the code
//! and the texts that only it needs.

use std::rc::Rc;

use tirage_pricing::Template;
use wasm_bindgen::prelude::*;

use crate::components::calculator::{Act, Session};
use crate::components::shelf::Found;
use crate::components::{cart, follow, order, shelf};
use crate::embed::Mounted;
use crate::error::WidgetError;
use crate::ui::browser;

tirage_split::chunk! {
    /// Carts, offers and orders.
    pub(crate) struct Cart in "cart";
    /// Shows the cart.
    1: fn show_cart(mounted: &Rc<Mounted>) = cart::start;
    /// Loads the order and shows it.
    2: fn show_order(mounted: &Rc<Mounted>) = order::start;
}

tirage_split::chunk! {
    /// What follows the first price.
    pub(crate) struct More in "more";
    /// Shows the rest of the panel, tells the page, and does what waited for it.
    1: fn begin(session: &Rc<Session>) = follow::begin;
    /// Does what the buyer did.
    2: fn perform(session: &Rc<Session>, act: Act) = follow::perform;
    /// What the page reads; empty for a name that is none.
    3: fn read(session: &Rc<Session>, what: &str) -> String = follow::read;
    /// Takes over what the page or a script of ours writes, and says in the console what it could not.
    4: fn write(session: &Rc<Session>, answers: &JsValue, all: bool, source: &str) = follow::write;
    /// Holds the buyer back under a name, with the reason; without one, no longer.
    5: fn hold(session: &Rc<Session>, name: &str, message: Option<String>) = follow::hold;
    /// The answers that the page's address asks for.
    6: fn find(product: &str, template: &Template) -> Found = shelf::find;
}

impl Cart {
    /// Calls `done` once the chunk is there, or could not be loaded; never after the element went.
    pub(crate) fn load(mounted: &Mounted, done: impl FnOnce(Result<Self, WidgetError>) + 'static) {
        load(
            mounted,
            Self::NAME,
            Box::new(|loaded| done(loaded.map(Self))),
        );
    }
}

impl More {
    /// As [`Cart::load`].
    pub(crate) fn load(mounted: &Mounted, done: impl FnOnce(Result<Self, WidgetError>) + 'static) {
        load(
            mounted,
            Self::NAME,
            Box::new(|loaded| done(loaded.map(Self))),
        );
    }
}

/// Loads the script that shows the controls of questions for files, and has it do so.
pub(crate) fn load_files(mounted: &Mounted, done: impl FnOnce(Result<(), WidgetError>) + 'static) {
    load(mounted, "files", Box::new(done));
}

fn load(mounted: &Mounted, name: &str, done: Box<dyn FnOnce(Result<(), WidgetError>)>) {
    let signal = mounted.api().signal;
    let told = Closure::once_into_js(move |failure: Option<String>| {
        if !signal.aborted() {
            done(failure.map_or(Ok(()), |failure| Err(WidgetError::Chunk(failure))));
        }
    });
    browser::chunk(&mounted.options().whole, name, told);
}
