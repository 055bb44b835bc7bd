//! The cart as an offer: a page to print or to save as a file, good until a day.

use std::rc::Rc;

use tirage_pricing::Direction;
use tirage_pricing::decimal::round_places;

use super::cart::{Page, money, summary};
use super::shelf;
use crate::locale::fill;
use crate::state::cart::{CartItem, Group, Lines};
use crate::state::checkout::exact;
use crate::state::words::Format;
use crate::ui::{El, Figures, browser, el, paper, watch};

/// How long the prices hold unless the page says otherwise (`valid-days`).
const VALID_DAYS: i32 = 14;

pub(super) fn show(page: &Rc<Page>) -> El {
    let texts = page.locale.cart_texts();
    let valid = browser::attribute(page.mounted.host(), "valid-days");
    let valid = valid
        .and_then(|days| days.parse().ok())
        .unwrap_or(VALID_DAYS);
    let date = |ahead| paper::day_in_words(page.locale.tag, &paper::day(ahead));
    let from = fill(texts.offer_from, &[("date", &date(0))]);
    let until = fill(texts.offer_until, &[("date", &date(valid))]);
    let title = el("h2|class=heading").text(texts.offer);
    let head = el("div|class=offer-head").with(&[
        title,
        el("p|class=when").text(&from),
        el("p|class=until").text(&until),
    ]);
    let print = el("button|type=button|class=main|part=print")
        .text(texts.print)
        .on("click", paper::print_page);
    let table = el("div");
    let settle = el("p|class=message|role=alert").text(texts.settle_lines);
    let note = el("p|class=note").text(texts.offer_note);
    let whole = el("div|class=offer|part=offer").with(&[head, table, note, settle, print]);
    let empty = el("p|class=big").text(texts.cart_empty);
    let outer = el("div").with(&[whole, empty]);
    let page = Rc::clone(page);
    watch(move || {
        let asks = page.changes.with(|changes| !changes.is_empty());
        settle.show(asks);
        print.show(!asks);
        page.items.with(|items| {
            let ordered: Vec<&CartItem> = items.iter().filter(|item| !item.saved).collect();
            whole.show(!ordered.is_empty());
            empty.show(ordered.is_empty());
            table.fill(&[lines(&page, items, &ordered)]);
        });
    });
    outer
}

fn lines(page: &Page, items: &[CartItem], ordered: &[&CartItem]) -> El {
    let texts = page.locale.cart_texts();
    let head = el("tr");
    for name in [
        texts.position,
        texts.quantity,
        texts.unit_of_offer,
        texts.sum,
    ] {
        head.add(el("th|scope=col").text(name));
    }
    let body = el("tbody");
    let mut before = None;
    for item in ordered {
        let group = item.group.as_ref();
        if let Some(group) = group.filter(|own| before != Some(*own)) {
            body.add(heading(page, item, group));
        }
        before = group;
        body.add(row(page, item));
    }
    let sum = shelf::cart().total();
    let total = el("data|data-testid=offer-total")
        .attr("value", &exact(sum))
        .text(&sum.map(|sum| money(page, items, sum)).unwrap_or_default());
    let last = el("tr").with(&[
        el("th|scope=row|colspan=3").text(texts.total),
        el("td").with(&[total]),
    ]);
    el("table|class=offer-lines").with(&[
        el("thead").with(&[head]),
        body,
        el("tfoot").with(&[last]),
    ])
}

/// The name of a group and the sum of its lines, which follow.
fn heading(page: &Page, item: &CartItem, group: &Group) -> El {
    let lines = Lines::Group {
        id: group.id.clone(),
        saved: false,
    };
    let sum = shelf::cart().subtotal(&lines);
    let sum = sum.map(|sum| Figures::new(page.locale, &item.currency).money(sum));
    el("tr|class=group").with(&[
        el("th|scope=row|colspan=3").text(group.name.get(page.locale.tag)),
        el("td").text(&sum.unwrap_or_default()),
    ])
}

fn row(page: &Page, item: &CartItem) -> El {
    let figures = Figures::new(page.locale, &item.currency);
    let name = el("strong").text(item.name.get(page.locale.tag));
    let chosen = summary(&item.summary, page.locale.tag);
    let count = figures.words().count(item.run, item.unit.as_ref());
    // For display, as everywhere: the total is what counts.
    let each = item.total.checked_div(item.run);
    let each = each.map(|each| figures.money(round_places(each, 2, Direction::HalfEven)));
    el("tr").with(&[
        el("th|scope=row").with(&[name, chosen]),
        el("td").text(&count),
        el("td").text(&each.unwrap_or_default()),
        el("td").text(&figures.money(item.total)),
    ])
}
