//! The functions of `bridge.js`.

use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, ShadowRoot};

#[wasm_bindgen(module = "/src/ui/bridge.js")]
extern "C" {
    pub(crate) fn send(
        url: &str,
        key: Option<&str>,
        body: Option<&str>,
        signal: &AbortSignal,
        done: JsValue,
    );
    pub(crate) fn money(locale: &str, currency: &str) -> JsValue;
    pub(crate) fn number(locale: &str) -> JsValue;
    pub(crate) fn format(formatter: &JsValue, text: &str) -> String;
    pub(crate) fn moment(locale: &str, text: &str) -> String;
    pub(crate) fn random() -> Vec<u8>;
    pub(crate) fn load(name: &str) -> Option<String>;
    pub(crate) fn save(name: &str, text: Option<&str>);
    pub(crate) fn here() -> String;
    pub(crate) fn fragment() -> String;
    pub(crate) fn share(mark: &str, text: &str, told: JsValue);
    pub(crate) fn today() -> String;
    pub(crate) fn after(milliseconds: i32, done: JsValue, signal: &AbortSignal);
    pub(crate) fn listen(name: &str, heard: JsValue, signal: &AbortSignal);
    pub(crate) fn chunk(options: &JsValue, name: &str, told: JsValue);
    pub(crate) fn slot(root: &ShadowRoot, on: bool);
    pub(crate) fn dress(root: &ShadowRoot, css: &str);
}
