//! Why the price is what it is: the lines that add up to it, each with its explanation.

use std::rc::Rc;

use super::calculator::Session;
use crate::state::price::{Explanation, PriceLine};
use crate::ui::{El, Live, el, watch};

pub(super) fn show(session: &Rc<Session>, reasons: &Live<Explanation>) -> El {
    let texts = session.options.locale.more_texts();
    let list = el("ul|class=lines|part=lines");
    let details =
        el("details|class=how|part=explanation").with(&[el("summary").text(texts.how_made), list]);
    let (reasons, shown) = (reasons.clone(), details);
    let total = texts.total;
    watch(move || {
        reasons.with(|price| {
            shown.mark("data-empty", price.lines.is_empty());
            list.fill(&rows(price, total));
        });
    });
    details
}

fn rows(price: &Explanation, total: &str) -> Vec<El> {
    let mut rows: Vec<El> = price.lines.iter().map(row).collect();
    if price.lines.is_empty() {
        return rows;
    }
    rows.push(el("li|class=last").with(&[
        el("span").text(total),
        el("span|class=amount").text(&price.total),
    ]));
    for (name, figure) in &price.figures {
        rows.push(
            el("li|class=figure")
                .with(&[el("span").text(name), el("span|class=amount").text(figure)]),
        );
    }
    rows
}

fn row(line: &PriceLine) -> El {
    let row = el("li").with(&[
        el("span").text(&line.name),
        el("span|class=amount").text(&line.amount),
    ]);
    for because in &line.because {
        row.add(el("small").text(because));
    }
    row
}
