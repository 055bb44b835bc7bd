//! How much of a text is used, beside its name; told while typing only when little is left.

use std::rc::Rc;

use tirage_pricing::{Decimal, Kind};

use super::calculator::Session;
use crate::locale::fill;
use crate::state::field::Shown;
use crate::state::words::Format as _;
use crate::ui::{digits, el, watch};

/// At so few characters left, whatever the limit.
const FEW: usize = 5;

/// Shows a count at every text.
pub(super) fn show(session: &Rc<Session>) {
    let template = session.loaded.state.borrow().template();
    for (index, parameter) in template.parameters().iter().enumerate() {
        if let Kind::Text(limits) = &parameter.kind {
            count(session, index, limits.max_length);
        }
    }
}

fn count(session: &Rc<Session>, index: usize, most: usize) {
    let id = ["f", &digits(index)].concat();
    let place = session.mounted.find(&[".field:has(> #", &id, ")"].concat());
    let (Some(place), Some(field)) = (place, session.field(index)) else {
        return;
    };
    let own_id = [&id, "n"].concat();
    let (figures, spoken) = (el("span|aria-hidden=true"), el("span|class=said"));
    let left = el("span|class=said|role=status");
    let whole = el("span|class=count|part=count").with(&[
        figures,
        el("span").attr("id", &own_id).with(&[spoken]),
        left,
    ]);
    if let Some(control) = place.find("input, textarea") {
        control.set("aria-describedby", &[&id, "m ", &own_id].concat());
    }
    place.add(whole);
    let session = Rc::clone(session);
    watch(move || {
        let used = field.with(|view| match &view.shown {
            Shown::Text(text) => text.chars().count(),
            _ => 0,
        });
        let number = |count: usize| session.figures.number(Decimal::from(count));
        let (now, max) = (number(used), number(most));
        let texts = session.options.locale.more_texts();
        figures.set_text(&[&now, "\u{a0}/\u{a0}", &max].concat());
        spoken.set_text(&fill(texts.used_of, &[("used", &now), ("max", &max)]));
        let rest = most.saturating_sub(used);
        let is_close = used > 0 && rest <= FEW.max(most / 10);
        let words = if is_close {
            let text = session
                .options
                .locale
                .plural(texts.characters_left, rest.into());
            fill(text, &[("n", &number(rest))])
        } else {
            String::new()
        };
        left.set_text(&words);
        whole.mark("data-full", rest == 0);
    });
}
