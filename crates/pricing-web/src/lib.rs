#![doc = include_str!("../README.md")]

#[cfg(feature = "cases")]
mod cases;
#[cfg(all(feature = "cases", not(target_arch = "wasm32")))]
mod files;

#[cfg(feature = "cases")]
pub use cases::{compile, run_cases, run_compiled};
#[cfg(all(feature = "cases", not(target_arch = "wasm32")))]
pub use files::{CaseFile, case_files};

use tirage_pricing::json::{FromJson, Json, Node, ToJson};
use tirage_pricing::{Answers, Decimal, Template};
use tirage_wire::quote::Quote;

/// Prices answers by a compiled template and returns the quote as JSON, or `{"error": ".."}` when a text is not what it
/// should be.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
#[must_use]
pub fn quote(program: &[u8], answers: &str, runs: &str) -> String {
    let priced = || -> Result<Json, String> {
        let template = Template::unpack(program).map_err(|error| error.to_string())?;
        let answers: Answers = read(answers)?;
        let runs: Vec<Decimal> = read_list(runs)?;
        Ok(Quote::of(&template, &template.quote(&answers, &runs)).to_json())
    };
    priced()
        .unwrap_or_else(|error| error_json(&error))
        .to_string()
}

fn read<T: FromJson>(text: &str) -> Result<T, String> {
    let json = Json::parse(text).map_err(|error| error.to_string())?;
    T::from_json(&Node::root(&json)).map_err(|error| error.to_string())
}

fn read_list<T: FromJson>(text: &str) -> Result<Vec<T>, String> {
    let json = Json::parse(text).map_err(|error| error.to_string())?;
    Node::root(&json).list().map_err(|error| error.to_string())
}

fn error_json(error: &str) -> Json {
    Json::object([("error", Json::text(error))])
}
