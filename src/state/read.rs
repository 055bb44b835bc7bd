//! Reading the service's answers and the browser's storage: what is there is taken, the rest is
//! nothing.
//!
//! The service has `tirage-wire` for this, which names every mistake; a page has nobody to tell
//! it to, and the code of those names is heavy. The tests read what `tirage-wire` writes.

use tirage_pricing::json::{FromJson, Json, Node};
use tirage_pricing::{Answers, Decimal, Texts};

/// The text of a field; empty when there is none.
pub(crate) fn text(json: &Json, key: &str) -> String {
    match json.get(key) {
        Some(Json::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// The decimal of a field.
pub(crate) fn decimal(json: &Json, key: &str) -> Option<Decimal> {
    match json.get(key) {
        Some(Json::Text(text) | Json::Number(text)) => tirage_pricing::decimal::parse(text),
        _ => None,
    }
}

/// The whole number of a field.
pub(crate) fn index(json: &Json, key: &str) -> Option<usize> {
    match json.get(key) {
        Some(Json::Number(digits)) => digits.parse().ok(),
        _ => None,
    }
}

/// The items of a list.
pub(crate) fn list<'j>(json: &'j Json, key: &str) -> &'j [Json] {
    match json.get(key) {
        Some(Json::List(items)) => items,
        _ => &[],
    }
}

/// The texts by language of a field.
pub(crate) fn texts(json: &Json, key: &str) -> Option<Texts> {
    Texts::from_json(&Node::root(json.get(key)?)).ok()
}

/// The answers of a field.
pub(crate) fn answers(json: &Json, key: &str) -> Option<Answers> {
    Answers::from_json(&Node::root(json.get(key)?)).ok()
}
