//! What was ordered.

use leptos::prelude::*;
use tirage_wire::cart::LineGroup;
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
            let block = |(group, lines): (Option<LineGroup>, Vec<OrderLine>)| {
                let rows = lines.into_iter().map(row).collect_view();
                let Some(LineGroup { name, .. }) = group else {
                    return rows.into_any();
                };
                let name = move || name.get(wording.language().tag()).to_owned();
                view! {
                    <li class="line group">
                        <h3>{name}</h3>
                        <ul class="lines">{rows}</ul>
                    </li>
                }
                .into_any()
            };
            grouped(lines).into_iter().map(block).collect_view()
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

/// The lines by their groups, where the first of each stands; a line without one by itself.
fn grouped(lines: Vec<OrderLine>) -> Vec<(Option<LineGroup>, Vec<OrderLine>)> {
    let mut blocks: Vec<(Option<LineGroup>, Vec<OrderLine>)> = Vec::new();
    for line in lines {
        let group = line.group.clone();
        let known = blocks.iter_mut().find(|(known, _)| {
            let same = known.as_ref().zip(group.as_ref());
            same.is_some_and(|(known, group)| known.id == group.id)
        });
        match known {
            Some((_, lines)) => lines.push(line),
            None => blocks.push((group, vec![line])),
        }
    }
    blocks
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
