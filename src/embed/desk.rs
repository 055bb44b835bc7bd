//! The functions of `desk.js`, and answers as a page writes them.

use js_sys::Array;
use tirage_pricing::Answer;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::state::public::Written;

#[wasm_bindgen(module = "/src/embed/desk.js")]
extern "C" {
    pub(super) fn tell(
        host: &Element,
        internals: &JsValue,
        source: &str,
        keys: Vec<String>,
        standing: Array,
    );
    pub(super) fn forget(host: &Element);
    pub(super) fn ask(host: &Element, source: &str) -> bool;
    pub(crate) fn report(host: &Element, name: &str, what: &str, value: &JsValue);
    pub(super) fn warn(host: &Element, names: Vec<String>);
    fn entries(value: &JsValue) -> Array;
}

/// Where a calculator stands, as its page is told.
#[derive(Debug)]
pub(crate) struct Standing<'s> {
    /// The answers that count, as JSON.
    pub(crate) answers: String,
    /// The line of a cart they make, as JSON; none where there is no price.
    pub(crate) line: Option<String>,
    /// The total; empty where there is none.
    pub(crate) total: String,
    /// ISO 4217 code of the total.
    pub(crate) currency: &'s str,
    /// Why the buyer cannot go on; empty if that is possible.
    pub(crate) problem: String,
}

impl Standing<'_> {
    pub(super) fn to_array(&self) -> Array {
        let line = self.line.as_deref().map(JsValue::from_str);
        Array::of5(
            &self.answers.as_str().into(),
            &line.unwrap_or_default(),
            &self.total.as_str().into(),
            &self.currency.into(),
            &self.problem.as_str().into(),
        )
    }
}

/// Answers as a page wrote them; what is no answer at all becomes a text that no kind accepts.
pub(super) fn written(value: &JsValue) -> Vec<Written> {
    let list = entries(value);
    let mut written = Vec::new();
    for at in 0..list.length() / 2 {
        let path = list.get(2 * at).as_string().unwrap_or_default();
        written.push((path, answer(&list.get(2 * at + 1))));
    }
    written
}

fn answer(value: &JsValue) -> Option<Answer> {
    if value.is_null() || value.is_undefined() {
        return None;
    }
    Some(match (value.as_bool(), value.as_string()) {
        (Some(flag), _) => Answer::Flag(flag),
        (None, Some(text)) => Answer::Text(text),
        (None, None) => Answer::List(texts(value)),
    })
}

fn texts(value: &JsValue) -> Vec<String> {
    match value.dyn_ref::<Array>() {
        Some(array) => array
            .iter()
            .map(|item| item.as_string().unwrap_or_else(|| "?".to_owned()))
            .collect(),
        None => vec!["?".to_owned()],
    }
}
