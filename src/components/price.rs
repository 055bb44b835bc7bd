//! The price panel: total, the way into the cart, the live region, and the rest.

use std::rc::Rc;

use super::calculator::{Act, Button, Session};
use super::follow;
use crate::ui::{El, el, watch};

pub(super) fn show(session: &Rc<Session>) -> El {
    let texts = session.options.locale.texts;
    let panel = el("section|class=price|part=price").attr("aria-label", texts.total);
    panel.with(&[bar(session), follow::rest(session)])
}

/// What stays in sight: the total and the button.
fn bar(session: &Rc<Session>) -> El {
    let texts = session.options.locale.texts;
    let total = el("data|data-testid=total|part=total|class=total");
    let before = el("s|class=before|part=before");
    let unit = el("p|class=unit-price|part=unit-price");
    let problems = el("ul|class=problems|part=problems");
    let why = el("p|class=why").text(texts.reason_below);
    let shown = (total, unit, before);
    let price = session.price.clone();
    let (list, heading) = (problems, why);
    watch(move || {
        price.with(|price| {
            let (total, unit, before) = &shown;
            let none = price.total.is_empty();
            total.set("value", &price.exact);
            total.set_text(if none { texts.no_price } else { &price.total });
            before.set_text(&price.before);
            unit.set_text(&price.unit);
            unit.show(!none);
            list.show(none);
            heading.show(none);
            let sentences = price.problems.iter().map(|problem| el("li").text(problem));
            list.fill(&sentences.collect::<Vec<_>>());
        });
    });
    let sum = el("div|class=sum").with(&[
        el("p|class=caption").text(texts.total),
        el("p").with(&[total, before]),
        el("div|class=under").with(&[unit, why, problems]),
    ]);
    let said = el("p|class=said|role=status");
    let (region, live) = (said, session.said.clone());
    watch(move || live.with(|text| region.set_text(text)));
    el("div|class=bar|part=bar").with(&[sum, buttons(session), said])
}

fn buttons(session: &Rc<Session>) -> El {
    let texts = session.options.locale.texts;
    let add = el("button|type=button|class=main|part=add-to-cart");
    let own = Rc::clone(session);
    let add = add.on("click", move || {
        own.perform(Act::GoOn("buyer", Button::Continue));
    });
    let hold = el("p|class=why|part=hold");
    let done = el("p|class=done|part=added");
    let link = el("a|part=cart-link")
        .attr("href", &session.options.cart)
        .text(texts.open_cart);
    link.show(!session.options.cart.is_empty());
    let word = el("span").text(texts.in_cart);
    done.add(word);
    done.add(link);
    let (held, note, button) = (session.held.clone(), hold, add);
    watch(move || {
        held.with(|message| {
            note.set_text(message.as_deref().unwrap_or_default());
            note.show(message.is_some());
            button.set(
                "aria-disabled",
                if message.is_some() { "true" } else { "false" },
            );
        });
    });
    let label = session.mounted.label();
    let (session, button, line) = (Rc::clone(session), add, done);
    watch(move || {
        let added = session.added.with(|added| *added);
        line.mark("data-shown", added);
        let saves = session.is_editing() && !added;
        button.set_text(if saves { texts.save_changes } else { &label });
    });
    el("div|class=buttons").with(&[add, hold, done])
}
