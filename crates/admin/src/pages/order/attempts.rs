//! The attempts of a delivery, folded away: they matter when something does not work.

use leptos::prelude::*;
use tirage_pricing::Decimal;
use tirage_wire::admin::Attempt;

use crate::browser::intl;
use crate::components::Time;
use crate::hooks::use_language;

/// The attempts, the newest first.
#[component]
pub(super) fn AttemptList(attempts: Memo<Option<Vec<Attempt>>>) -> impl IntoView {
    let wording = use_language();
    let count = Memo::new(move |_| attempts.with(|all| all.as_ref().map_or(0, Vec::len)));
    let rows = move || {
        let all = attempts.get().unwrap_or_default();
        // Counted here: the service's own count starts again when a dead delivery is revived.
        let row = |(index, attempt)| view! { <Row number=index + 1 attempt /> };
        all.into_iter().enumerate().rev().map(row).collect_view()
    };
    let summary = move || {
        let count = u32::try_from(count.get()).unwrap_or(u32::MAX);
        (wording.words().delivery.attempts)(count)
    };
    view! {
        <Show when=move || count.get() != 0>
            <details class="attempts">
                <summary>{summary}</summary>
                <table role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader">{move || wording.words().delivery.attempt}</th>
                            <th role="columnheader">{move || wording.words().delivery.started}</th>
                            <th role="columnheader" class="amount">
                                {move || wording.words().delivery.took}
                            </th>
                            <th role="columnheader">{move || wording.words().delivery.outcome}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </details>
        </Show>
    }
}

#[component]
fn Row(number: usize, attempt: Attempt) -> impl IntoView {
    let wording = use_language();
    let took = move || {
        let number = intl::number(wording.language(), Decimal::from(attempt.took_ms));
        format!("{number} {}", wording.words().delivery.milliseconds)
    };
    let class = attempt.class;
    view! {
        <tr role="row">
            <td role="cell">{number}</td>
            <td role="cell">
                <Time at=attempt.started />
            </td>
            <td role="cell" class="amount">{took}</td>
            <td role="cell" class="outcome">
                {move || wording.words().attempts.of(&class).to_owned()}
                {attempt.error.map(|error| view! { <span class="error">{error}</span> })}
            </td>
        </tr>
    }
}
