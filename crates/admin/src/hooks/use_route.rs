//! Moving between pages without loading anything: the browser's history and ordinary links.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use crate::browser::dom::focus_soon;
use crate::route::Route;

/// Where we are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Navigator(RwSignal<Route>);

impl Navigator {
    /// The page asked for.
    pub(crate) fn route(self) -> Route {
        self.0.get()
    }

    /// Goes to a page; the way back leads here.
    pub(crate) fn go(self, route: Route) {
        // A refused history entry only costs the way back.
        let _ = history().push_state_with_url(&JsValue::NULL, "", Some(&route.path()));
        self.show(route);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// Goes to a page in place of this one, whose address is forgotten.
    pub(crate) fn replace(self, route: Route) {
        let _ = history().replace_state_with_url(&JsValue::NULL, "", Some(&route.path()));
        self.show(route);
    }

    fn show(self, route: Route) {
        self.0.set(route);
        // The new page's heading: a screen reader goes on from there.
        focus_soon("main h1");
    }
}

/// Takes the page from the address, and follows links and the history.
pub(crate) fn provide_route() -> Navigator {
    let navigator = Navigator(RwSignal::new(current()));
    let back = window_event_listener(ev::popstate, move |_| {
        // A link to a place on the same page changes the history too.
        if navigator.0.get_untracked() != current() {
            navigator.show(current());
        }
    });
    on_cleanup(move || back.remove());
    let links = window_event_listener(ev::click, move |event| {
        if let Some(route) = followed(&event) {
            event.prevent_default();
            navigator.go(route);
        }
    });
    on_cleanup(move || links.remove());
    provide_context(navigator);
    navigator
}

/// Where we are.
pub(crate) fn use_route() -> Navigator {
    expect_context()
}

/// The page a plain click on a link leads to; everything else is the browser's business.
fn followed(event: &MouseEvent) -> Option<Route> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if modified || event.button() != 0 || event.default_prevented() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link = target.closest("a[href]").ok()??;
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    let path = link.get_attribute("href")?;
    path.starts_with("/admin").then(|| Route::parse(&path))
}

fn current() -> Route {
    Route::parse(&location_pathname().unwrap_or_default())
}

fn history() -> web_sys::History {
    // A window always has a history; only documents without a window have none.
    window()
        .history()
        .unwrap_or_else(|error| wasm_bindgen::throw_val(error))
}
