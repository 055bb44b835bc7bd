//! A choice: a drop-down list, or options side by side as radio buttons, tiles or swatches.

use std::cell::Cell;
use std::rc::Rc;

use tirage_pricing::Choice;

use super::field::{Control, Place, field, group};
use super::figures::OTHER;
use crate::state::calculator::Input;
use crate::state::field::{FieldView, Shown};
use crate::ui::{El, digits, el, entry};

/// A drop-down list as a field of its own.
pub(super) const LIST: &str =
    field!("span|class=list\n  select|part=select|aria-invalid=false|id=f#|aria-describedby=f#m");

pub(super) fn list(place: &Place, choice: &'static Choice) -> Control {
    let frame = place.make(LIST, &[], &entries(place, choice));
    Control::new(frame, choose(place, choice, frame.line(1)))
}

/// What a list of these values offers, behind that nothing is chosen.
pub(super) fn entries(place: &Place, choice: &Choice) -> String {
    let session = &place.session;
    let mut entries = String::new();
    entry(&mut entries, "", session.options.locale.texts.choose);
    for (at, value) in choice.values.iter().enumerate() {
        entry(&mut entries, &digits(at), session.words_of(&value.label));
    }
    entries
}

/// Shows in a list which of its values is chosen, and which cannot be.
pub(super) fn choose(
    place: &Place,
    choice: &'static Choice,
    select: El,
) -> impl Fn(&FieldView) + 'static {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let nothing = session.options.locale.texts.choose;
    for (at, value) in choice.values.iter().enumerate() {
        if value.hidden {
            select.change_offer(1 + at, session.words_of(&value.label), false, true);
        }
    }
    let own = Rc::clone(&session);
    // As they stand: that the first one is there, and that all others can be chosen.
    let (has_nothing, is_plain) = (Cell::new(true), Cell::new(true));
    let select = select.on("change", move || {
        let value = select.value();
        // Another one is not in the list: its own fields are heard instead.
        if value != OTHER {
            let input = value.parse().map_or(Input::Nothing, Input::Value);
            session.act(index, input);
        }
    });
    move |view| {
        let all = view.unavailable.is_empty();
        if !is_plain.replace(all) || !all {
            for (at, value) in choice.values.iter().enumerate() {
                let mut words = own.words_of(&value.label).to_owned();
                let reason = reason(view, at);
                if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
                    words.push_str(" — ");
                    words.push_str(reason);
                }
                select.change_offer(1 + at, &words, reason.is_some(), value.hidden);
            }
        }
        let chosen = match &view.shown {
            Shown::Values(values) => values.first().map(|at| digits(*at)),
            _ => None,
        };
        let empty = chosen.is_none() || !view.required;
        if has_nothing.replace(empty) != empty {
            select.change_offer(0, nothing, false, !empty);
        }
        select.set_value(&chosen.unwrap_or_default());
    }
}

pub(super) fn options(place: &Place, choice: &'static Choice) -> Control {
    let kind = if choice.many { "checkbox" } else { "radio" };
    let frame = place.make(
        group!("div|class=options|data-view=%"),
        &[choice.view.as_str()],
        "",
    );
    let root = frame.line(0);
    let name = ["f", &digits(place.index)].concat();
    let mut shown = Vec::new();
    for (at, value) in choice.values.iter().enumerate() {
        let session = Rc::clone(&place.session);
        let hint_id = [&*name, "h", &digits(at)].concat();
        let small = el("span|class=hint").attr("id", &hint_id);
        let label = el("span|class=label").text(session.words_of(&value.label));
        let input = el("input")
            .attr("type", kind)
            .attr("name", &name)
            .attr("aria-describedby", &hint_id);
        let (index, many) = (place.index, choice.many);
        let input = input.on("change", move || {
            let input = if many {
                Input::Toggle(at)
            } else {
                Input::Value(at)
            };
            session.act(index, input);
        });
        let option = el("label|class=option|part=option").with(&[input]);
        option.mark("hidden", value.hidden);
        if let Some(address) = &value.picture {
            option.add(el("img|alt|loading=lazy").attr("src", address));
        }
        if let Some(color) = &value.color {
            let swatch = el("span|class=swatch");
            swatch.set_property("--color", color);
            option.add(swatch);
        }
        root.add(option.with(&[el("span|class=words").with(&[label, small])]));
        shown.push((input, small));
    }
    let session = Rc::clone(&place.session);
    let show = move |view: &FieldView| {
        for (at, ((input, small), value)) in shown.iter().zip(&choice.values).enumerate() {
            let hint = value.hint.as_ref();
            let hint = hint.map_or("", |hint| session.words_of(hint));
            let chosen = matches!(&view.shown, Shown::Values(values) if values.contains(&at));
            input.set_checked(chosen);
            let reason = reason(view, at);
            input.mark("disabled", reason.is_some());
            small.set_text(reason.filter(|reason| !reason.is_empty()).unwrap_or(hint));
        }
    };
    Control::new(frame, show)
}

/// Why a value cannot be chosen; none for one that can.
fn reason(view: &FieldView, at: usize) -> Option<&str> {
    let gone = view.unavailable.iter().find(|(value, _)| *value == at);
    gone.map(|(_, reason)| reason.as_str())
}
