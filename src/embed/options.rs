//! What the host page wrote on the element, typed.

use wasm_bindgen::JsValue;

use super::desk;
use crate::locale::Locale;

/// Which of the elements is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `<tirage-calculator>`
    Calculator,
    /// `<tirage-cart>`
    Cart,
    /// `<tirage-order>`
    Order,
}

impl Kind {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "calculator" => Some(Self::Calculator),
            "cart" => Some(Self::Cart),
            "order" => Some(Self::Order),
            _ => None,
        }
    }
}

/// The element's attributes; empty where there is none.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The product's key.
    pub(crate) product: String,
    /// The category and the view in which it is shown, as an address says them.
    pub(crate) shown: String,
    /// Name of the order's page.
    pub(crate) token: String,
    /// Base address of the service, without a slash at its end.
    pub(crate) api: String,
    /// Address of the cart's page, for the link after adding.
    pub(crate) cart: String,
    /// The language.
    pub(crate) locale: &'static Locale,
    /// All that the loader handed over: `ElementInternals`, where the element takes part in
    /// forms, what loads a chunk, and what to call when a calculator has been shown.
    pub(crate) whole: JsValue,
}

impl Options {
    pub(crate) fn read(from: &JsValue) -> Self {
        let text = |name: &str| desk::text(from, name);
        Self {
            product: text("product"),
            shown: desk::shown(from),
            token: text("token"),
            api: text("api"),
            cart: text("cart"),
            locale: Locale::of(&text("locale")),
            whole: from.clone(),
        }
    }

    /// Whether both ask for the same thing, perhaps in other words.
    pub(crate) fn same_source(&self, other: &Self) -> bool {
        self.product == other.product
            && self.shown == other.shown
            && self.token == other.token
            && self.api == other.api
    }
}
