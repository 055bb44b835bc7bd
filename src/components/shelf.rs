//! Where the cart is kept: the browser's storage, shared by every page and tab of the shop.

use tirage_pricing::{Answers, Template};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use crate::embed::report;
use crate::state::cart::{Cart, CartItem};
use crate::state::share;
use crate::ui::{browser, flush};

/// The name in storage; the shape has its own version inside.
const NAME: &str = "tirage.cart";
/// What the address's fragment says to open a line of the cart.
pub(super) const LINE: &str = "#tirage-line=";
/// What it says to open a group of them, which the script of categories does.
pub(super) const GROUP: &str = "#tirage-group=";

/// The cart as it is kept now.
pub(super) fn cart() -> Cart {
    Cart::read(browser::load(NAME).as_deref())
}

/// Changes the cart and tells the page about it.
pub(super) fn change(host: &JsValue, change: impl FnOnce(&mut Cart)) -> Cart {
    let mut cart = cart();
    change(&mut cart);
    browser::save(NAME, cart.write().as_deref());
    flush();
    report(host, "cart", "count", &cart.items.len().to_string());
    cart
}

/// Hears of every change, by this page or another tab.
pub(super) fn listen(life: &JsValue, heard: impl Fn() + Clone + 'static) {
    for name in ["storage", "tirage:cart"] {
        let heard: Box<dyn Fn()> = Box::new(heard.clone());
        browser::listen(name, Closure::wrap(heard).into_js_value(), life);
    }
}

/// Answers that the page's address asks for.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) answers: Answers,
    /// The cart's line they are of, to be changed.
    pub(crate) line: Option<String>,
}

/// Whether the page's address asks for answers at all.
pub(crate) fn asks() -> bool {
    let fragment = browser::fragment();
    fragment.starts_with(LINE) || fragment.starts_with(share::SHARED)
}

/// What the page's address asks for, if it is of this product.
pub(crate) fn find(product: &str, template: &Template) -> Found {
    match line_of_address(product) {
        Some(line) => Found {
            answers: line.answers,
            line: Some(line.id),
        },
        None => Found {
            answers: shared(product, template).unwrap_or_default(),
            line: None,
        },
    }
}

/// The line that the page's address asks to change, if it is of this product.
fn line_of_address(product: &str) -> Option<CartItem> {
    let fragment = browser::fragment();
    let id = fragment.strip_prefix(LINE)?;
    cart()
        .item(id)
        .filter(|item| item.product == product)
        .cloned()
}

/// The answers that the page's address shares, if they are of this product.
fn shared(product: &str, template: &Template) -> Option<Answers> {
    let fragment = browser::fragment();
    let encoded = fragment.strip_prefix(share::SHARED)?;
    let decoded = browser::decode(encoded)?;
    share::read(&decoded, product, template)
}

/// Randomness for a key or a name.
pub(super) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    for (byte, fresh) in bytes.iter_mut().zip(browser::random()) {
        *byte = fresh;
    }
    bytes
}
