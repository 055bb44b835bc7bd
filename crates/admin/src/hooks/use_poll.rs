//! Doing something now and every few seconds, as long as somebody can see it.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::VisibilityState;

const PERIOD: Duration = Duration::from_secs(5);

/// Calls at once, then every five seconds while the page is visible, and when it becomes visible.
pub(crate) fn use_poll(action: impl Fn() + Copy + 'static) {
    action();
    let if_visible = move || {
        if document().visibility_state() == VisibilityState::Visible {
            action();
        }
    };
    if let Ok(handle) = set_interval_with_handle(if_visible, PERIOD) {
        on_cleanup(move || handle.clear());
    }
    let shown = window_event_listener_untyped("visibilitychange", move |_| if_visible());
    on_cleanup(move || shown.remove());
}
