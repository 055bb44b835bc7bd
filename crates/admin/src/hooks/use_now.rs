//! The time, once a second, for counting down to the next attempt.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::intl::now_ms;

/// Now, in milliseconds since 1970.
pub(crate) fn use_now() -> ReadSignal<i64> {
    let (now, set_now) = signal(now_ms());
    let ticking = set_interval_with_handle(move || set_now.set(now_ms()), Duration::from_secs(1));
    if let Ok(handle) = ticking {
        on_cleanup(move || handle.clear());
    }
    now
}
