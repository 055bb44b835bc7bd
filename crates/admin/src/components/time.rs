//! Moments, in the reader's time zone.

use leptos::prelude::*;

use crate::browser::intl::{self, Detail};
use crate::hooks::{use_language, use_now};

/// A moment: day and time, everything else on hovering.
#[component]
pub(crate) fn Time(
    /// RFC 3339.
    at: String,
) -> impl IntoView {
    let wording = use_language();
    let (exact, short) = (at.clone(), at.clone());
    view! {
        <time
            datetime=at
            title=move || intl::moment(wording.language(), &exact, Detail::Full)
        >
            {move || intl::moment(wording.language(), &short, Detail::Short)}
        </time>
    }
}

/// A moment to come, and how far away it is.
#[component]
pub(crate) fn Countdown(
    /// RFC 3339.
    at: String,
) -> impl IntoView {
    let wording = use_language();
    let now = use_now();
    let until = at.clone();
    view! {
        <Time at />
        <span class="quiet">
            " · " {move || intl::distance(wording.language(), &until, now.get())}
        </span>
    }
}
