//! Answers made of several numbers: a size with its proportions, inks of both sides.

use std::rc::Rc;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Choice, ChoiceValue, FreeInks, FreeSize, INK_FIGURES, SIZE_FIGURES};

use super::choice;
use super::field::{Control, Frame, Place, group};
use crate::state::calculator::Input;
use crate::state::field::{FieldView, Shown};
use crate::ui::{El, digits, el, el_of};

/// A list, and room behind it for what is not in it.
const FREE: &str = group!(
    "div|class=free\n  \
     span|class=list\n   \
     select|part=select|aria-invalid=false|id=f#|aria-describedby=f#m|aria-label=%"
);

/// The value in the list that stands for "another one".
pub(super) const OTHER: &str = "other";

/// A listed size or any other within limits.
pub(super) fn size(place: &Place, listed: &'static Choice, free: &FreeSize) -> Control {
    let texts = place.session.options.locale.texts;
    let limits = [&free.width, &free.height].map(|own| {
        let words = place.session.figures.words();
        crate::state::problem::bounds(texts.from_to, Some(own), &words)
    });
    let stage = el("span|class=stage\n span|class=sheet|aria-hidden=true");
    let preview = stage.line(1);
    let frame = place.make(FREE, &[&place.name], &choice::entries(place, listed));
    let inputs = [
        number(place, "w", texts.width, &limits[0]),
        number(place, "h", texts.height, &limits[1]),
    ];
    let sizes = figures_of(listed, &SIZE_FIGURES);
    let shape = move |figures: &[String]| {
        for (name, figure) in ["--w", "--h"].iter().zip(figures) {
            // Only digits reach a style.
            let plain = figure.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            preview.set_property(name, if plain { figure } else { "" });
        }
    };
    let extra = el("div|class=figures").with(&[
        inputs[0].0,
        el("span").text("×"),
        inputs[1].0,
        el("span|class=unit").text(texts.millimetres),
    ]);
    let fields = inputs.map(|(_, input)| input);
    let other = (listed, texts.other_size);
    let show = free_or_listed(place, frame, other, (extra, &fields), 'x');
    frame.line(0).add(stage);
    Control::new(frame, move |view| {
        show(view);
        let typed;
        let known: &[String] = match &view.shown {
            Shown::Values(values) => values
                .first()
                .and_then(|at| sizes.get(*at))
                .map_or(&[], Vec::as_slice),
            Shown::Text(text) => {
                typed = parts(text, 'x');
                &typed
            }
            _ => &[],
        };
        stage.show(known.len() == 2);
        shape(known);
    })
}

/// Listed inks such as 4+0, or any numbers of process and Pantone inks on both sides.
pub(super) fn inks(place: &Place, listed: &'static Choice, free: FreeInks) -> Control {
    let texts = place.session.options.locale.texts;
    let mut fields = Vec::new();
    let extra = el("div|class=inks");
    for (side, name) in [("f", texts.face), ("b", texts.back)] {
        let row = el("div|class=figures");
        row.add(el("span|class=side").text(name));
        for (ink, kind, most) in [
            ("c", "CMYK", free.max_cmyk),
            ("p", "Pantone", free.max_pantone),
        ] {
            let label = [name, ", ", kind].concat();
            let (field, input) = number(place, &[side, ink].concat(), &label, "");
            field.line(1).set_text(kind);
            input.set("type", "number");
            input.set("min", "0");
            input.set("max", &digits(most.into()));
            row.add(field);
            field.show(most > 0);
            fields.push(input);
        }
        extra.add(row);
    }
    let frame = place.make(FREE, &[&place.name], &choice::entries(place, listed));
    let other = (listed, texts.other_inks);
    let show = free_or_listed(place, frame, other, (extra, &fields), '+');
    Control::new(frame, show)
}

/// The numbers of every listed value, in the order of the fields.
fn figures_of(listed: &Choice, names: &[&str]) -> Vec<Vec<String>> {
    let number = |value: &ChoiceValue, name: &str| {
        let found = value.numbers.iter().find(|(known, _)| known == name);
        found.map_or_else(String::new, |(_, number)| canonical(*number))
    };
    let figures = |value| names.iter().map(|name| number(value, name)).collect();
    listed.values.iter().map(figures).collect()
}

/// A small field of its own name.
fn number(place: &Place, part: &str, name: &str, hint: &str) -> (El, El) {
    let id = ["f", &digits(place.index), part].concat();
    let label = [&place.name, ": ", name].concat();
    let whole = el_of(
        "label|class=figure|for=$\n \
         span|class=help|=$\n \
         input|class=text|part=input|inputmode=decimal|autocomplete=off|aria-invalid=false|aria-describedby=f#m|id=$|aria-label=$|placeholder=$",
        None,
        place.index,
        "",
        &[&id, name, &id, &label, hint],
    );
    (whole, whole.line(2))
}

/// A list whose last entry opens the fields of a free answer, written as one text.
fn free_or_listed(
    place: &Place,
    frame: Frame,
    (listed, other): (&'static Choice, &str),
    (extra, fields): (El, &[El]),
    cross: char,
) -> impl Fn(&FieldView) + 'static {
    let [root, list, select] = [0, 1, 2].map(|line| frame.line(line));
    let show = choice::choose(place, listed, select);
    let entry = el("option").attr("value", OTHER).text(other);
    select.add(entry);
    let (session, index, own) = (Rc::clone(&place.session), place.index, fields.to_vec());
    let _ = select.on("change", move || {
        if select.value() == OTHER {
            session.act(index, Input::Typed(joined(&own, cross)));
            if let Some(first) = own.first() {
                first.focus();
            }
        }
    });
    for field in fields {
        let (session, index, all) = (Rc::clone(&place.session), place.index, fields.to_vec());
        let field = (*field).on("input", move || {
            session.act(index, Input::Typed(joined(&all, cross)));
        });
        let (session, index) = (Rc::clone(&place.session), place.index);
        let _ = field.on("change", move || session.leave(index));
    }
    let names: &[&str] = if fields.len() == 2 {
        &SIZE_FIGURES
    } else {
        &INK_FIGURES
    };
    let known = figures_of(listed, names);
    let fields = fields.to_vec();
    root.add(extra);
    let only_free = listed.values.is_empty();
    list.show(!only_free);
    move |view| {
        show(view);
        let free = matches!(&view.shown, Shown::Text(_)) || only_free;
        extra.show(free);
        if free {
            select.set_value(OTHER);
        }
        // Behind the list the fields follow it, so that another size begins at this one.
        let figures = match &view.shown {
            Shown::Text(text) => parts(text, cross),
            Shown::Values(values) => {
                let value = values.first().and_then(|at| known.get(*at));
                value.cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        for (field, figure) in fields.iter().zip(&figures) {
            field.set_value(figure);
        }
    }
}

/// The text of all fields: `210x297`, or `4p1+0` for inks.
fn joined(fields: &[El], cross: char) -> String {
    let read = |field: El| {
        let typed = field.value();
        let meant = typed.chars().filter(|char| *char != ' ');
        meant
            .map(|char| if char == ',' { '.' } else { char })
            .collect()
    };
    let values: Vec<String> = fields.iter().copied().map(read).collect();
    let cross = String::from(cross);
    match values.as_slice() {
        [a, b] => [a, &*cross, b].concat(),
        [a, p, b, q] => {
            let side = |cmyk: &str, pantone: &str| {
                let zero = |text: &str| if text.is_empty() { "0" } else { text }.to_owned();
                match pantone {
                    "" | "0" => zero(cmyk),
                    pantone => [&zero(cmyk), "p", pantone].concat(),
                }
            };
            [&*side(a, p), &cross, &side(b, q)].concat()
        }
        _ => String::new(),
    }
}

/// The fields of a text; the opposite of `joined`.
fn parts(text: &str, cross: char) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = Some(text);
    while let Some(sides) = rest {
        let (side, others) = match sides.split_once(cross) {
            Some((side, others)) => (side, Some(others)),
            None => (sides, None),
        };
        rest = others;
        match side.split_once('p') {
            Some((cmyk, pantone)) => parts.extend([cmyk.to_owned(), pantone.to_owned()]),
            None if cross == '+' => parts.extend([side.to_owned(), "0".to_owned()]),
            None => parts.push(side.to_owned()),
        }
    }
    parts
}
