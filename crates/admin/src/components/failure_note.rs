//! What went wrong, said where it matters and read out at once.

use leptos::prelude::*;

use crate::hooks::use_language;
use crate::state::failure::Failure;

/// The failure, when there is one.
#[component]
pub(crate) fn FailureNote(
    /// What went wrong.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
) -> impl IntoView {
    let wording = use_language();
    let text = move || failure.with(|one| one.as_ref().map(|one| wording.words().failures.of(one)));
    view! {
        <div role="alert">
            {move || text().map(|text| view! { <p class="note" data-tone="bad">{text}</p> })}
        </div>
    }
}
