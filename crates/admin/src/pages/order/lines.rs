//! What was ordered.

use leptos::prelude::*;
use tirage_wire::order::OrderLine;

use super::store::OrderStore;
use crate::browser::intl;
use crate::hooks::use_language;

/// The lines and their total.
#[component]
pub(super) fn Lines(store: OrderStore) -> impl IntoView {
    let wording = use_language();
    let lines = store.part(|order| (order.lines.clone(), order.currency.clone()));
    let total = store.part(|order| (order.total, order.currency.clone()));
    let rows = move || {
        lines.get().map(|(lines, currency)| {
            let row = |line| view! { <Line line currency=currency.clone() /> };
            lines.into_iter().map(row).collect_view()
        })
    };
    let sum = move || {
        total
            .get()
            .map(|(total, currency)| intl::money(wording.language(), total, &currency))
    };
    view! {
        <section class="panel" aria-labelledby="lines">
            <h2 id="lines">{move || wording.words().order.lines}</h2>
            <ul class="lines">{rows}</ul>
            <p class="lines-total">
                <span>{move || wording.words().order.total}</span>
                <strong>{sum}</strong>
            </p>
        </section>
    }
}

#[component]
fn Line(line: OrderLine, currency: String) -> impl IntoView {
    let wording = use_language();
    let OrderLine {
        name,
        run,
        summary,
        total,
        ..
    } = line;
    let pieces = move || {
        let words = &wording.words().order;
        format!("{} {}", intl::number(wording.language(), run), words.run)
    };
    let choices = summary
        .into_iter()
        .map(|item| {
            view! {
                <div>
                    <dt>{move || item.name.get(wording.language().tag()).to_owned()}</dt>
                    <dd>{move || item.value.get(wording.language().tag()).to_owned()}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <li class="line">
            <div class="line-head">
                <h3>{move || name.get(wording.language().tag()).to_owned()}</h3>
                <span class="line-run">{pieces}</span>
                <span class="line-total">
                    {move || intl::money(wording.language(), total, &currency)}
                </span>
            </div>
            <dl class="choices">{choices}</dl>
        </li>
    }
}
