//! Mounting without the loader, for the development page: every element that is there, once.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/embed/page.js")]
extern "C" {
    fn found() -> Vec<JsValue>;
}

/// Mounts every element of the page, for as long as the page lives.
pub fn mount_page() {
    let mut parts = found().into_iter();
    while let (Some(kind), Some(host), Some(root), Some(options)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    {
        let kind = kind.as_string().unwrap_or_default();
        // The page never unmounts.
        let _number = super::mount(&kind, host, root, &options);
    }
}
