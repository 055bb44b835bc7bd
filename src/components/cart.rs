//! `<tirage-cart>`: what is in the cart, and ordering it.

use std::rc::Rc;

use tirage_pricing::Decimal;

use super::{checkout, shelf};
use crate::embed::Mounted;
use crate::locale::{Locale, fill};
use crate::state::cart::{CartItem, Chosen};
use crate::state::checkout::{Change, Receipt};
use crate::state::words::Format;
use crate::ui::{El, Figures, Live, el, watch};

/// A cart on the screen.
pub(super) struct Page {
    pub(super) mounted: Rc<Mounted>,
    pub(super) locale: &'static Locale,
    pub(super) items: Live<Vec<CartItem>>,
    pub(super) sending: Live<bool>,
    /// What went wrong, in words.
    pub(super) message: Live<String>,
    /// Prices the buyer has to agree to.
    pub(super) changes: Live<Vec<Change>>,
    /// The order this cart has become, with a remark.
    pub(super) placed: Live<Option<(Receipt, String)>>,
    /// What the live region says.
    said: Live<String>,
}

pub(crate) fn show(mounted: &Rc<Mounted>) -> El {
    let page = Rc::new(Page {
        mounted: Rc::clone(mounted),
        locale: mounted.options().locale,
        items: Live::new(shelf::cart().items),
        sending: Live::new(false),
        message: Live::new(String::new()),
        changes: Live::new(Vec::new()),
        placed: Live::new(None),
        said: Live::new(String::new()),
    });
    let listening = Rc::clone(&page);
    shelf::listen(&mounted.api().signal, move || {
        listening.items.set(shelf::cart().items);
    });
    let said = el("p", &[("class", "said"), ("role", "status")]);
    let (region, live) = (said.clone(), page.said.clone());
    watch(move || live.with(|text| region.set_text(text)));

    let filled = el("div", &[("class", "cart"), ("part", "cart")])
        .with(&[&lines(&page), &checkout::show(&page)]);
    let texts = page.locale.texts;
    let empty = el("div", &[("class", "empty"), ("part", "empty")]).with(&[
        &el("p", &[("class", "big")]).text(texts.cart_empty),
        &el("p", &[]).text(texts.cart_empty_hint),
    ]);
    let thanks = el("div", &[("class", "placed"), ("part", "placed")]);
    let whole = el("div", &[("class", "cart-page")]).with(&[&filled, &empty, &thanks, &said]);
    watch(move || {
        let count = page.items.with(Vec::len);
        page.placed.with(|placed| {
            filled.show(count > 0 && placed.is_none());
            empty.show(count == 0 && placed.is_none());
            thanks.show(placed.is_some());
            if let Some((receipt, remark)) = placed {
                thanks.fill(&confirmation(&page, receipt, remark));
                if let Some(heading) = thanks.find("h2") {
                    heading.focus();
                }
            }
        });
    });
    whole
}

fn lines(page: &Rc<Page>) -> El {
    let texts = page.locale.texts;
    let list = el("ul", &[("class", "items"), ("part", "items")]);
    let total = el("data", &[("data-testid", "cart-total"), ("class", "total")]);
    let sum = el("p", &[("class", "cart-sum")]).with(&[
        &el("span", &[("class", "caption")]).text(texts.total),
        &total,
    ]);
    let heading = el("h2", &[("class", "heading"), ("tabindex", "-1")]);
    let whole = el("div", &[("class", "cart-lines")]).with(&[&heading, &list, &sum]);
    let page = Rc::clone(page);
    watch(move || {
        page.changes.with(|changes| {
            page.items.with(|items| {
                let made: Vec<El> = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| {
                        let change = changes.iter().find(|change| change.line == at);
                        line(&page, &heading, item, change)
                    })
                    .collect();
                list.fill(&made);
                let count = Decimal::from(items.len());
                let text = page.locale.plural(page.locale.texts.lines_in_cart, count);
                heading.set_text(&fill(text, &[("n", &count.to_string())]));
                let cart = shelf::cart();
                let sum = cart.total().filter(|_| !items.is_empty());
                total.set("value", &crate::state::checkout::exact(sum));
                total.set_text(&sum.map(|sum| money(&page, items, sum)).unwrap_or_default());
            });
        });
    });
    whole
}

/// What was chosen, in the language of a tag.
pub(super) fn summary(chosen: &[Chosen], tag: &str) -> El {
    let list = el("dl", &[("class", "summary")]);
    for Chosen { name, value } in chosen {
        list.add(&el("div", &[]).with(&[
            &el("dt", &[]).text(name.get(tag)),
            &el("dd", &[]).text(value.get(tag)),
        ]));
    }
    list
}

/// An amount in the cart's currency.
pub(super) fn money(page: &Page, items: &[CartItem], amount: Decimal) -> String {
    let currency = items.first().map_or("", |item| &item.currency);
    Figures::new(page.locale, currency).money(amount)
}

fn line(page: &Rc<Page>, heading: &El, item: &CartItem, change: Option<&Change>) -> El {
    let texts = page.locale.texts;
    let tag = page.locale.tag;
    let figures = Figures::new(page.locale, &item.currency);
    let name = item.name.get(tag);
    let count = figures.words().count(item.run, item.unit.as_ref());
    let summary = summary(&item.summary, tag);
    let total = el(
        "data",
        &[("class", "amount"), ("value", &item.total.to_string())],
    )
    .text(&figures.money(item.total));
    let body = el("li", &[("class", "item"), ("part", "item")]).with(&[
        &el("h3", &[]).with(&[
            &el("span", &[]).text(name),
            &el("span", &[("class", "run")]).text(&count),
        ]),
        &total,
        &summary,
    ]);
    if let Some(change) = change {
        body.add(&changed(page.locale, &figures, item, change));
    }
    let address = [&item.page, shelf::LINE, &item.id].concat();
    let edit = el(
        "a",
        &[("class", "quiet"), ("part", "edit"), ("href", &address)],
    )
    .text(texts.edit);
    let label = [texts.remove, ": ", name].concat();
    let (own, id, heading) = (Rc::clone(page), item.id.clone(), heading.clone());
    let removed = fill(texts.removed, &[("name", name)]);
    let remove = el(
        "button",
        &[
            ("type", "button"),
            ("class", "quiet"),
            ("part", "remove"),
            ("aria-label", &label),
        ],
    )
    .text(texts.remove)
    .on("click", move |_| {
        own.changes.set(Vec::new());
        shelf::change(own.mounted.host(), |cart| {
            cart.remove(&id);
        });
        own.said.set(removed.clone());
        heading.focus();
    });
    body.with(&[&el("p", &[("class", "actions")]).with(&[&edit, &remove])])
}

fn changed(locale: &Locale, figures: &Figures, item: &CartItem, change: &Change) -> El {
    let texts = locale.texts;
    let text = match change.total {
        Some(total) => fill(
            texts.changed_price,
            &[
                ("old", &figures.money(item.total)),
                ("new", &figures.money(total)),
            ],
        ),
        None => texts.line_not_priced.to_owned(),
    };
    el("p", &[("class", "change"), ("part", "change")]).text(&text)
}

fn confirmation(page: &Page, receipt: &Receipt, remark: &str) -> [El; 4] {
    let texts = page.locale.texts;
    let figures = Figures::new(page.locale, &receipt.currency);
    let title = fill(texts.placed_title, &[("number", &receipt.number)]);
    let sum = fill(
        texts.agree_total,
        &[("price", &figures.money(receipt.total))],
    );
    [
        el(
            "h2",
            &[
                ("class", "heading"),
                ("tabindex", "-1"),
                ("data-order", &receipt.number),
            ],
        )
        .text(&title),
        el("p", &[("class", "big")]).text(&sum),
        el("p", &[]).text(if remark.is_empty() {
            texts.placed_text
        } else {
            remark
        }),
        el(
            "a",
            &[
                ("class", "main"),
                ("part", "order-link"),
                ("href", &receipt.url),
            ],
        )
        .text(texts.order_page),
    ]
}
