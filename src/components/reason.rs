//! Why the price is what it is: the lines that add up to it, each with its explanation. It is a
//! chunk of its own, loaded when the buyer wants to know.

use std::rc::Rc;

use super::calculator::Session;
use crate::state::price::{Explanation, Figure, PriceLine, explain};
use crate::ui::{El, Live, el, watch};

const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/why.css"));

/// Shows it inside these details, and opens them.
pub(crate) fn open(session: &Rc<Session>, details: El) {
    if details.find("ul").is_some() {
        return;
    }
    let view =
        |session: &Session| explain(&session.loaded.state.borrow(), &session.figures.words());
    let reasons = Live::new(view(session));
    session.mounted.dress(STYLE);
    let list = el("ul|class=lines|part=lines");
    let (shown, total) = (reasons.clone(), session.options.locale.texts.total);
    session.mounted.within(|| {
        watch(move || shown.with(|price| list.fill(&rows(price, total))));
    });
    let own = Rc::downgrade(session);
    let follow = move |_| {
        if let Some(session) = own.upgrade() {
            reasons.set(view(&session));
        }
    };
    session.follow.borrow_mut().push(Rc::new(follow));
    details.add(list);
    details.mark("open", true);
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
    for Figure { name, figure } in &price.figures {
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
