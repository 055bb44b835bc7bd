//! The title of the browser's tab.

use leptos::prelude::*;

/// Keeps the tab's title.
pub(crate) fn use_title(title: impl Fn() -> String + 'static) {
    Effect::new(move || document().set_title(&format!("{} — Tirage", title())));
}
