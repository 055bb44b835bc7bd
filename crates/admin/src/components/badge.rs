//! A state in a word, with its colour as a second hint.
//!
//! An order's status is a plain word, its deliveries are filled badges: the list is about those.

use leptos::prelude::*;
use tirage_wire::order::OrderStatus;

use crate::hooks::use_language;
use crate::state::standing::{Standing, status_tone};

/// An order's status.
#[component]
pub(crate) fn StatusBadge(
    /// The status.
    status: OrderStatus,
) -> impl IntoView {
    let wording = use_language();
    view! {
        <span class="state" data-tone=status_tone(status).as_str()>
            {move || wording.words().statuses.of(status)}
        </span>
    }
}

/// Where a delivery stands.
#[component]
pub(crate) fn DeliveryBadge(
    /// Where it stands.
    standing: Standing,
    /// The target's name, where the badge stands alone.
    #[prop(optional, into)]
    target: Option<String>,
) -> impl IntoView {
    let wording = use_language();
    let target = target.map(|target| view! { <span class="badge-of">{target}" "</span> });
    view! {
        <span class="badge" data-tone=standing.tone().as_str()>
            {target} {move || wording.words().delivery.standing(standing)}
        </span>
    }
}
