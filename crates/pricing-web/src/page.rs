//! The engine for a page: what `JSON.parse` makes of answers goes in, the text of a quote comes out.

use std::cell::Cell;

use js_sys::{Array, Object};
use tirage_pricing::decimal::parse;
use tirage_pricing::{Answer, Answers, Decimal, Template};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static TEMPLATE: Cell<Option<&'static Template>> = const { Cell::new(None) };
}

/// Takes up a compiled template, and says whether it is one of this build.
#[wasm_bindgen]
#[must_use]
pub fn load(program: &[u8]) -> bool {
    let template = Template::unpack_for_good(program).ok();
    TEMPLATE.set(template);
    template.is_some()
}

/// Prices answers for each of the runs, or for the answered one; empty without a template.
#[wasm_bindgen]
#[must_use]
pub fn quote(answers: &Object, runs: &Array) -> String {
    let Some(template) = TEMPLATE.get() else {
        return String::new();
    };
    let runs: Vec<Decimal> = runs.iter().filter_map(|run| number(&run)).collect();
    crate::written(template, &template.quote(&read(answers), &runs))
}

/// Prices the same so often, for a page that measures how long that takes, and says how many runs
/// had a price.
#[wasm_bindgen]
#[must_use]
pub fn repeat(answers: &Object, runs: &Array, times: u32) -> usize {
    let Some(template) = TEMPLATE.get() else {
        return 0;
    };
    let answers = read(answers);
    let runs: Vec<Decimal> = runs.iter().filter_map(|run| number(&run)).collect();
    let mut priced = 0;
    for _ in 0..times {
        let quote = template.quote(&answers, &runs);
        priced += quote.runs.iter().filter(|run| run.price.is_some()).count();
    }
    priced
}

fn read(answers: &Object) -> Answers {
    let mut read = Answers::new();
    for entry in Object::entries(answers).iter() {
        let entry = Array::from(&entry);
        if let (Some(path), Some(answer)) = (entry.get(0).as_string(), answer(&entry.get(1))) {
            read.set(&path, answer);
        }
    }
    read
}

fn answer(value: &JsValue) -> Option<Answer> {
    if let Some(flag) = value.as_bool() {
        return Some(Answer::Flag(flag));
    }
    if let Some(text) = value.as_string() {
        return Some(Answer::Text(text));
    }
    if Array::is_array(value) {
        let keys = Array::from(value);
        return Some(Answer::List(
            keys.iter().filter_map(|key| key.as_string()).collect(),
        ));
    }
    number(value).map(Answer::Number)
}

/// A number by its digits, as the page writes them: never by way of a float.
fn number(value: &JsValue) -> Option<Decimal> {
    parse(&String::from(Object::from(value.clone()).to_string()))
}
