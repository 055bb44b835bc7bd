//! Where short messages appear: a live region that is always there, or nothing would be read out.

use leptos::prelude::*;

use crate::hooks::use_notices;

/// The messages at the edge of the screen.
#[component]
pub(crate) fn NoticeArea() -> impl IntoView {
    let notices = use_notices();
    let message = move || {
        notices
            .message()
            .map(|text| view! { <p class="notice">{text}</p> })
    };
    view! {
        <div class="notices" role="status" aria-live="polite">
            {message}
        </div>
    }
}
