//! A number: typed as people type it, or stepped by buttons and arrow keys.

use std::rc::Rc;

use tirage_pricing::{Decimal, Numeric};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::field::{Control, Place, show_typed, typed};
use crate::locale::fill;
use crate::state::calculator::Input;
use crate::ui::{El, el};

pub(super) fn stepper(place: &Place, numeric: &Numeric) -> Control {
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
