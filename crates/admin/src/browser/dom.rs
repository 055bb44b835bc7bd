//! Small look-ups in the document; what is not there is passed over.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, Storage};

/// Where the chosen language is kept.
const LANGUAGE_KEY: &str = "tirage-admin-language";

/// Moves the focus to the first element of a selector once the page has been drawn.
pub(crate) fn focus_soon(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || focus(&selector));
}

fn focus(selector: &str) {
    let Ok(Some(element)) = document().query_selector(selector) else {
        return;
    };
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // A failure to focus leaves the focus where it was; nothing else to do about it.
        let _ = element.focus_with_options(&options);
    }
}

/// The language chosen on an earlier visit.
pub(crate) fn stored_language() -> Option<String> {
    storage()?.get_item(LANGUAGE_KEY).ok().flatten()
}

/// Keeps the chosen language; without a storage it lasts as long as the page.
pub(crate) fn store_language(tag: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(LANGUAGE_KEY, tag);
    }
}

/// The languages the browser prefers.
pub(crate) fn browser_languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|language| language.as_string())
        .collect()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
