//! The functions of `paper.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/ui/paper.js")]
extern "C" {
    pub(crate) fn day(ahead: i32) -> String;
    #[wasm_bindgen(js_name = dayInWords)]
    pub(crate) fn day_in_words(locale: &str, text: &str) -> String;
    pub(crate) fn weekday(locale: &str, text: &str) -> String;
    #[wasm_bindgen(js_name = printPage)]
    pub(crate) fn print_page();
}
