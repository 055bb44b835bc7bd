//! The functions of `bridge.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/ui/bridge.js")]
extern "C" {
    pub(crate) fn send(
        url: &str,
        key: Option<&str>,
        body: Option<&str>,
        life: &JsValue,
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
    #[wasm_bindgen(js_name = hasCart)]
    pub(crate) fn has_cart(host: &JsValue) -> bool;
    pub(crate) fn leave(host: &JsValue);
    pub(crate) fn share(mark: &str, text: &str, told: JsValue);
    pub(crate) fn today() -> String;
    pub(crate) fn after(milliseconds: i32, done: JsValue, life: &JsValue);
    pub(crate) fn idle(done: JsValue);
    pub(crate) fn listen(name: &str, heard: JsValue, life: &JsValue);
    pub(crate) fn chunk(options: &JsValue, name: &str, life: &JsValue, told: JsValue);
    pub(crate) fn attribute(element: &JsValue, name: &str) -> Option<String>;
    pub(crate) fn encode(text: &str) -> String;
    pub(crate) fn decode(text: &str) -> Option<String>;
    pub(crate) fn life(whole: &JsValue) -> JsValue;
    pub(crate) fn end(life: &JsValue);
    pub(crate) fn slot(root: &JsValue, on: bool);
    pub(crate) fn dress(root: &JsValue, css: &str);
}
