//! The functions of `desk.js`, and answers as a page writes them.

use tirage_pricing::Answer;
use wasm_bindgen::prelude::*;

use crate::state::public::Written;

#[wasm_bindgen(module = "/src/embed/desk.js")]
extern "C" {
    pub(super) fn tell(
        host: &JsValue,
        options: &JsValue,
        source: &str,
        news: &str,
        line: Option<&str>,
        total: &str,
        currency: &str,
        problem: &str,
        preliminary: bool,
    );
    pub(super) fn forget(host: &JsValue);
    pub(super) fn ask(host: &JsValue, source: &str, button: &str) -> bool;
    pub(super) fn shown(options: &JsValue) -> String;
    pub(super) fn look(
        host: &JsValue,
        options: &JsValue,
        stored: &str,
        language: &str,
        usual: &str,
    ) -> String;
    pub(crate) fn report(host: &JsValue, name: &str, what: &str, value: &str);
    pub(crate) fn warn(host: &JsValue, names: &str);
    pub(super) fn text(options: &JsValue, name: &str) -> String;
    pub(super) fn begin(host: &JsValue, options: &JsValue, product: &str);
    pub(super) fn state(host: &JsValue) -> Option<String>;
    fn entries(value: &JsValue) -> Vec<String>;
}

/// Where a calculator stands, as its page is told.
#[derive(Debug)]
pub(crate) struct Standing<'s> {
    /// The answers that may be others than before, see [`news`](crate::state::public::news).
    pub(crate) news: String,
    /// How the line of a cart begins that they make, as JSON; none where there is no price.
    pub(crate) line: Option<String>,
    /// The total; empty where there is none.
    pub(crate) total: String,
    /// ISO 4217 code of the total.
    pub(crate) currency: &'s str,
    /// Why the buyer cannot go on; empty if that is possible.
    pub(crate) problem: String,
    /// Whether the total is one of before, until the print house confirms it.
    pub(crate) is_preliminary: bool,
}

/// Answers as a page wrote them; what is no answer at all becomes a text that no kind accepts.
pub(crate) fn written(value: &JsValue) -> Vec<Written> {
    let mut written = Vec::new();
    let mut list = entries(value).into_iter();
    while let (Some(path), Some(kind), Some(count)) = (list.next(), list.next(), list.next()) {
        let count = count.parse().unwrap_or_default();
        let mut parts: Vec<String> = list.by_ref().take(count).collect();
        let answer = match &*kind {
            "yes" => Some(Answer::Flag(true)),
            "no" => Some(Answer::Flag(false)),
            "text" => parts.pop().map(Answer::Text),
            "list" => Some(Answer::List(parts)),
            _ => None,
        };
        written.push((path, answer));
    }
    written
}
