//! Mounting without the loader, for the development page: every element that is there, once.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Element, ShadowRootInit, ShadowRootMode};

/// Mounts every element of the page, for as long as the page lives.
pub fn mount_page() {
    let document = web_sys::window().and_then(|window| window.document());
    for kind in ["calculator", "cart", "order"] {
        let name = ["tirage-", kind].concat();
        let found = document
            .as_ref()
            .and_then(|document| document.query_selector_all(&name).ok());
        let Some(elements) = found else {
            continue;
        };
        for at in 0..elements.length() {
            if let Some(element) = elements.get(at).and_then(|node| node.dyn_into().ok()) {
                mount(kind, element);
            }
        }
    }
}

fn mount(kind: &str, element: Element) {
    let options = Object::new();
    for name in ["product", "token", "api", "cart", "locale"] {
        let value = element.get_attribute(name).unwrap_or_default();
        // Only fails for a frozen object.
        let _never = Reflect::set(&options, &name.into(), &value.into());
    }
    let init = ShadowRootInit::new(ShadowRootMode::Open);
    if let Ok(root) = element.attach_shadow(&init) {
        // The page never unmounts: its handles may live for ever.
        std::mem::forget(super::mount(kind, element, root, &options));
    }
}
