//! What of the widget is loaded later: each chunk is a WebAssembly file of its own, with the code
//! and the texts that only it needs.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::components::calculator::Session;
use crate::components::{cart, keep, order};
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
    /// What a buyer does after the first price: putting it into the cart, handing it on.
    pub(crate) struct More in "more";
    /// Puts the answers into the cart.
    1: fn put(session: &Rc<Session>) = keep::put;
    /// Copies a link to the answers.
    2: fn share(session: &Rc<Session>) = keep::share;
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

fn load(mounted: &Mounted, name: &str, done: Box<dyn FnOnce(Result<(), WidgetError>)>) {
    let signal = mounted.api().signal;
    let told = Closure::once_into_js(move |failure: Option<String>| {
        if !signal.aborted() {
            done(failure.map_or(Ok(()), |failure| Err(WidgetError::Chunk(failure))));
        }
    });
    browser::chunk(&mounted.options().whole, name, told);
}
