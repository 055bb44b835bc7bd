//! `<tirage-order>`: where an order stands; asks again, ever less often, while it is on its way.

use std::rc::Rc;

use wasm_bindgen::prelude::Closure;

use crate::embed::{Mounted, Show};
use crate::locale::{Locale, fill};
use crate::state::cart::Group;
use crate::state::order::{Order, OrderLine, ask_again_ms, forwarding, shipping, status};
use crate::state::words::Format;
use crate::ui::{El, Figures, Live, browser, el, paper, watch};

/// Loads the order and shows it.
pub(crate) fn start(mounted: &Rc<Mounted>) {
    mounted.dress(super::cart::STYLE);
    let own = Rc::clone(mounted);
    let token = mounted.options().token;
    mounted.api().order(&token, move |answer| match answer {
        Ok(view) => {
            let loaded = Rc::new(Loaded::new(view));
            own.take_up(Rc::clone(&loaded) as Rc<dyn Show>);
            loaded.follow(&own, 0);
        }
        Err(error) => own.fail(&error),
    });
}

/// An order as the service last told it.
#[derive(Debug)]
struct Loaded {
    view: Live<Order>,
}

impl Loaded {
    fn new(view: Order) -> Self {
        Self {
            view: Live::new(view),
        }
    }

    /// Asks again when its time comes, until the order has settled or the element is gone.
    fn follow(self: &Rc<Self>, mounted: &Rc<Mounted>, asked: u32) {
        let Some(wait) = self.view.with(|view| ask_again_ms(view.forwarding, asked)) else {
            return;
        };
        let (own, mounted) = (Rc::clone(self), Rc::clone(mounted));
        let api = mounted.api();
        let life = api.life.clone();
        let ask = Closure::once_into_js(move |over: Option<String>| {
            if over.is_some() {
                return;
            }
            let token = mounted.options().token;
            api.order(&token, move |answer| {
                // A failed look is only a look missed.
                if let Ok(view) = answer {
                    own.view.set(view);
                }
                own.follow(&mounted, asked + 1);
            });
        });
        browser::after(wait, ask, &life);
    }
}

impl Show for Loaded {
    fn show(self: Rc<Self>, mounted: &Rc<Mounted>) -> El {
        show(mounted, &self)
    }
}

fn show(mounted: &Rc<Mounted>, loaded: &Rc<Loaded>) -> El {
    let locale = mounted.options().locale;
    let heading = el("h2|class=heading");
    let placed = el("p|class=when");
    let state = el("p|class=status|part=status|data-testid=status");
    let forward = el("p|class=forwarding|part=forwarding|role=status");
    let handover = el("p|class=when|part=handover");
    let lines = el("ul|class=items|part=items");
    let total = el("data|class=total|data-testid=order-total");
    let whole = el("div|class=order|part=order").with(&[
        el("div|class=order-head").with(&[heading, placed, state, forward, handover]),
        lines,
        el("p|class=cart-sum").with(&[
            el("span|class=caption").text(locale.cart_texts().total),
            total,
        ]),
    ]);
    let view = loaded.view.clone();
    watch(move || {
        view.with(|order| {
            let texts = locale.cart_texts();
            let figures = Figures::new(locale, &order.currency);
            heading.set_text(&fill(texts.order_number, &[("number", &order.number)]));
            let date = browser::moment(locale.tag, &order.placed_at);
            placed.set_text(&fill(texts.ordered_at, &[("date", &date)]));
            state.set_text(status(order.status, locale));
            state.set("data-status", order.status.as_str());
            forward.set_text(&forwarding(order, locale));
            forward.set("data-forwarding", order.forwarding.as_str());
            handover.set_text(&handed_over(order, locale));
            lines.fill(&[]);
            for own in &order.lines {
                let around = match &own.group {
                    Some(group) => block(lines, group, order, &figures),
                    None => lines,
                };
                around.add(line(own, locale, &figures));
            }
            total.set("value", &tirage_pricing::decimal::canonical(order.total));
            total.set_text(&figures.money(order.total));
        });
    });
    whole
}

/// How the order comes to the buyer and when they would like to have it.
fn handed_over(order: &Order, locale: &Locale) -> String {
    let mut text = String::new();
    if let Some(method) = order.shipping_method {
        text.push_str(locale.cart_texts().shipping);
        text.push_str(": ");
        text.push_str(shipping(method, locale));
    }
    if !order.issue_date.is_empty() {
        if !text.is_empty() {
            text.push_str(". ");
        }
        text.push_str(locale.cart_texts().issue_date);
        text.push_str(": ");
        text.push_str(&paper::day_in_words(locale.tag, &order.issue_date));
    }
    text
}

/// Where the lines of a group are listed, below its name and their sum.
fn block(lines: El, group: &Group, order: &Order, figures: &Figures) -> El {
    let list = [".items[data-group=\"", &group.id, "\"]"].concat();
    if let Some(known) = lines.find(&list) {
        return known;
    }
    let list = el("ul|class=items").attr("data-group", &group.id);
    let sum = order.subtotal(&group.id).map(|sum| figures.money(sum));
    lines.add(el("li|class=group|part=group").with(&[
        el("h3").text(group.name.get(figures.words().locale.tag)),
        el("data|class=amount").text(&sum.unwrap_or_default()),
        list,
    ]));
    list
}

fn line(line: &OrderLine, locale: &'static Locale, figures: &Figures) -> El {
    let summary = super::cart::summary(&line.summary, locale.tag);
    let run = figures.words().count(line.run, None);
    let heading = if line.group.is_some() { "h4" } else { "h3" };
    el("li|class=item|part=item").with(&[
        el(heading).with(&[
            el("span").text(line.name.get(locale.tag)),
            el("span|class=run").text(&run),
        ]),
        el("data|class=amount").text(&figures.money(line.total)),
        summary,
    ])
}
