//! A choice: a drop-down list, or options side by side as radio buttons, tiles or swatches.

use std::rc::Rc;

use tirage_pricing::Choice;

use super::field::{Control, Place};
use super::figures::OTHER;
use crate::state::calculator::Input;
use crate::state::field::{FieldView, Shown};
use crate::ui::{El, digits, el};

pub(super) fn list(place: &Place, choice: &Choice) -> Control {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let select = el("select|part=select")
        .attr("id", &place.id)
        .attr("aria-describedby", &place.remark);
    let nothing = el("option|value").text(session.options.locale.texts.choose);
    select.add(nothing);
    let labels: Vec<String> = choice
        .values
        .iter()
        .map(|value| session.words_of(&value.label).to_owned())
        .collect();
    let options: Vec<El> = labels
        .iter()
        .enumerate()
        .map(|(at, label)| el("option").attr("value", &digits(at)).text(label))
        .collect();
    for (option, value) in options.iter().zip(&choice.values) {
        option.mark("hidden", value.hidden);
        select.add(*option);
    }
    let own = select;
    let select = select.on("change", move || {
        let value = own.value();
        // Another one is not in the list: its own fields are heard instead.
        if value != OTHER {
            let input = value.parse().map_or(Input::Nothing, Input::Value);
            session.act(index, input);
        }
    });
    let root = el("span|class=list").with(&[select]);
    let show = move |view: &FieldView| {
        for (at, option) in options.iter().enumerate() {
            let reason = reason(view, at);
            option.mark("disabled", reason.is_some());
            match reason {
                Some(reason) if !reason.is_empty() => {
                    option.set_text(&[&*labels[at], " — ", reason].concat());
                }
                _ => option.set_text(&labels[at]),
            }
        }
        let chosen = match &view.shown {
            Shown::Values(values) => values.first().map(|at| digits(*at)),
            _ => None,
        };
        nothing.show(chosen.is_none() || !view.required);
        select.set_value(&chosen.unwrap_or_default());
        select.set_invalid(!view.error.is_empty());
    };
    Control {
        root,
        show: Box::new(show),
    }
}

pub(super) fn options(place: &Place, choice: &Choice) -> Control {
    let kind = if choice.many { "checkbox" } else { "radio" };
    let root = el("div|class=options").attr("data-view", choice.view.as_str());
    let mut shown = Vec::new();
    for (at, value) in choice.values.iter().enumerate() {
        let session = Rc::clone(&place.session);
        let hint_id = [&place.id, "h", &digits(at)].concat();
        let hint = value
            .hint
            .as_ref()
            .map_or("", |hint| session.words_of(hint));
        let small = el("span|class=hint").attr("id", &hint_id);
        let label = el("span|class=label").text(session.words_of(&value.label));
        let input = el("input")
            .attr("type", kind)
            .attr("name", &place.id)
            .attr("aria-describedby", &hint_id);
        let (index, many) = (place.index, choice.many);
        let hint = hint.to_owned();
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
        shown.push((input, small, hint));
    }
    let show = move |view: &FieldView| {
        for (at, (input, small, hint)) in shown.iter().enumerate() {
            let chosen = matches!(&view.shown, Shown::Values(values) if values.contains(&at));
            input.set_checked(chosen);
            let reason = reason(view, at);
            input.mark("disabled", reason.is_some());
            small.set_text(reason.filter(|reason| !reason.is_empty()).unwrap_or(hint));
        }
    };
    Control {
        root,
        show: Box::new(show),
    }
}

/// Why a value cannot be chosen; none for one that can.
fn reason(view: &FieldView, at: usize) -> Option<&str> {
    let gone = view.unavailable.iter().find(|(value, _)| *value == at);
    gone.map(|(_, reason)| reason.as_str())
}
