//! A number: typed as people type it, or stepped by buttons and arrow keys.

use std::rc::Rc;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Decimal, NumberView, Numeric};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::field::{Control, Place, show_typed, typed};
use crate::locale::fill;
use crate::state::calculator::Input;
use crate::state::field::Shown;
use crate::state::words::Format;
use crate::ui::{El, el};

pub(super) fn show(place: &Place, numeric: &Numeric) -> Control {
    let offers = offers(numeric);
    match numeric.view {
        NumberView::Slider => slider(place, numeric),
        NumberView::List if !offers.is_empty() => list(place, numeric),
        NumberView::List | NumberView::Stepper => stepper(place, numeric),
    }
}

/// The numbers that are offered, or those that are suggested.
fn offers(numeric: &Numeric) -> &[Decimal] {
    if numeric.only.is_empty() {
        &numeric.suggest
    } else {
        &numeric.only
    }
}

/// A drop-down list of what is offered; an answer that is not in it stands at its end.
fn list(place: &Place, numeric: &Numeric) -> Control {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let select = el(
        "select",
        &[
            ("part", "select"),
            ("id", &place.id),
            ("aria-describedby", &place.remark),
        ],
    );
    let words = session.figures.words();
    for offer in offers(numeric) {
        let number = words.format.number(*offer);
        let label = match &numeric.unit {
            Some(unit) => words.count(*offer, Some(unit)),
            None => number.clone(),
        };
        select.add(&el("option", &[("value", &number)]).text(&label));
    }
    let other = el("option", &[]);
    select.add(&other);
    let own = select.clone();
    let select = select.on("change", move |_| {
        session.act(index, Input::Typed(own.value()));
        session.leave(index);
    });
    Control {
        root: el("span", &[("class", "list")]).with(&[&select]),
        show: Box::new(move |view| {
            if let Shown::Text(text) = &view.shown {
                other.show(false);
                select.set_value(text);
                if select.value() != *text {
                    other.set("value", text);
                    other.set_text(text);
                    other.show(true);
                    select.set_value(text);
                }
            }
            select.set_invalid(!view.error.is_empty());
        }),
    }
}

/// A slider with its number beside it, which can be typed as well.
fn slider(place: &Place, numeric: &Numeric) -> Control {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let step = numeric.multiple.unwrap_or(Decimal::ONE);
    let [min, max, step] = [numeric.min, numeric.max, step].map(canonical);
    let range = el(
        "input",
        &[
            ("type", "range"),
            ("part", "slider"),
            ("min", &min),
            ("max", &max),
            ("step", &step),
            ("aria-label", &place.name),
        ],
    );
    let own = range.clone();
    let range = range.on("input", move |_| {
        if let Some(number) = tirage_pricing::decimal::parse(&own.value()) {
            let text = Format::number(&session.figures, number);
            session.act(index, Input::Typed(text));
            session.leave(index);
        }
    });
    let typed = stepper(place, numeric);
    let root = el("div", &[("class", "slider")]).with(&[&range, &typed.root]);
    let (show, locale) = (typed.show, place.session.options.locale);
    Control {
        root,
        show: Box::new(move |view| {
            show(view);
            if let Shown::Text(text) = &view.shown
                && let Some(number) = locale.read_number(text)
            {
                range.set_value(&canonical(number));
            }
        }),
    }
}

fn stepper(place: &Place, numeric: &Numeric) -> Control {
    let texts = place.session.options.locale.texts;
    let input = el(
        "input",
        &[
            ("class", "number"),
            ("part", "input"),
            ("id", &place.id),
            ("aria-describedby", &place.remark),
            (
                "inputmode",
                if numeric.whole { "numeric" } else { "decimal" },
            ),
            ("autocomplete", "off"),
        ],
    );
    typed(place, &input);
    let (session, index) = (Rc::clone(&place.session), place.index);
    let input = input.on("keydown", move |event| {
        let steps = match &*event.unchecked_ref::<KeyboardEvent>().key() {
            "ArrowUp" => Decimal::ONE,
            "ArrowDown" => Decimal::NEGATIVE_ONE,
            _ => return,
        };
        event.prevent_default();
        session.act(index, Input::Step(steps));
    });
    let less = button(place, "−", texts.less, Decimal::NEGATIVE_ONE);
    let more = button(place, "+", texts.more, Decimal::ONE);
    let root = el("div", &[("class", "stepper"), ("part", "stepper")]).with(&[&less, &input]);
    if let Some(unit) = &numeric.unit {
        root.add(&el("span", &[("class", "unit")]).text(place.session.words_of(unit)));
    }
    root.add(&more);
    Control {
        root,
        show: Box::new(move |view| show_typed(&input, view)),
    }
}

fn button(place: &Place, sign: &str, name: &str, steps: Decimal) -> El {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let name = fill(name, &[("name", &place.name)]);
    el(
        "button",
        &[("type", "button"), ("part", "step"), ("aria-label", &name)],
    )
    .text(sign)
    .on("click", move |_| session.act(index, Input::Step(steps)))
}
