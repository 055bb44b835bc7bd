//! The table of other quantities: each row is a button that chooses it.

use std::rc::Rc;

use super::calculator::{Act, Session};
use crate::locale::fill;
use crate::state::runs::Runs;
use crate::ui::{El, Live, el, watch};

pub(super) fn show(session: &Rc<Session>, runs: &Live<Runs>) -> El {
    let texts = session.options.locale.texts;
    let head = el("tr");
    for name in [texts.quantity, texts.sum, texts.per_piece] {
        head.add(el("th|scope=col").text(name));
    }
    let body = el("tbody");
    let table = el("table|class=runs|part=runs").with(&[
        el("caption").text(texts.prices_by_quantity),
        el("thead").with(&[head]),
        body,
    ]);
    // The suggested quantities never change: rows are made once, and keep the focus.
    let count = runs.with(|runs| runs.rows.len());
    let rows: Vec<Row> = (0..count).map(|at| row(session, runs, at)).collect();
    for row in &rows {
        body.add(row.whole);
    }
    let tip = tip(session, runs);
    let whole = el("div|class=quantities").with(&[table, tip]);
    whole.show(count > 0);
    let runs = runs.clone();
    watch(move || {
        runs.with(|runs| {
            for (row, offer) in rows.iter().zip(&runs.rows) {
                row.total.set("value", &offer.exact);
                row.total.set_text(if offer.total.is_empty() {
                    "—"
                } else {
                    &offer.total
                });
                row.unit.set_text(&offer.unit);
                row.whole
                    .set("aria-current", if offer.current { "true" } else { "false" });
            }
            let sentence = runs.hint.as_ref().map_or("", |hint| &hint.sentence);
            tip.set_text(sentence);
            tip.mark("data-empty", sentence.is_empty());
        });
    });
    whole
}

struct Row {
    whole: El,
    total: El,
    unit: El,
}

fn row(session: &Rc<Session>, runs: &Live<Runs>, at: usize) -> Row {
    let offered = runs.with(|runs| {
        let offer = runs.rows.get(at);
        offer.map(|offer| (offer.run, offer.label.clone()))
    });
    let (run, label) = offered.unwrap_or_default();
    let own = Rc::clone(session);
    let name = fill(
        session.options.locale.texts.choose_quantity,
        &[("run", &label)],
    );
    let button = el("button|type=button")
        .attr("aria-label", &name)
        .text(&label)
        .on("click", move || own.perform(Act::Run(run)));
    let total = el("data");
    let unit = el("td");
    let whole = el("tr").with(&[
        el("th|scope=row").with(&[button]),
        el("td").with(&[total]),
        unit,
    ]);
    Row { whole, total, unit }
}

/// The larger quantity worth mentioning; pressing chooses it.
fn tip(session: &Rc<Session>, runs: &Live<Runs>) -> El {
    let (own, runs) = (Rc::clone(session), runs.clone());
    el("button|type=button|class=tip|part=tip").on("click", move || {
        let run = runs.with(|runs| runs.hint.as_ref().map(|hint| hint.run));
        if let Some(run) = run {
            own.perform(Act::Run(run));
        }
    })
}
