//! A number: typed as people type it, or stepped by buttons and arrow keys.

use std::rc::Rc;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Decimal, NumberView, Numeric};

use super::choice::LIST;
use super::field::{Control, Place, shows_typed, typed};
use crate::locale::fill;
use crate::state::calculator::Input;
use crate::state::field::Shown;
use crate::state::words::Format;
use crate::ui::{El, el};

const STEPPER: &str = "div|class=stepper|part=stepper\n \
     button|type=button|part=step|=−\n \
     input|class=number|part=input|autocomplete=off\n \
     button|type=button|part=step|=+";

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
    let root = el(LIST);
    let select = root
        .line(1)
        .attr("id", &place.id)
        .attr("aria-describedby", &place.remark);
    let words = session.figures.words();
    let offers = offers(numeric);
    for (at, offer) in offers.iter().enumerate() {
        let number = words.format.number(*offer);
        let label = match &numeric.unit {
            Some(unit) => words.count(*offer, Some(unit)),
            None => number.clone(),
        };
        select.offer(&number, &label, at + 1 == offers.len());
    }
    let other = el("option");
    select.add(other);
    let own = Rc::clone(&session);
    let select = select.on("change", move || {
        session.act(index, Input::Typed(select.value()));
        session.leave(index);
    });
    Control::new(root, move |view| {
        if let Some(text) = view.text(&own.figures.words()) {
            other.show(false);
            select.set_value(&text);
            if select.value() != text {
                other.set("value", &text);
                other.set_text(&text);
                other.show(true);
                select.set_value(&text);
            }
        }
        select.set_invalid(!view.error.is_empty());
    })
}

/// A slider with its number beside it, which can be typed as well.
fn slider(place: &Place, numeric: &Numeric) -> Control {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let step = numeric.multiple.unwrap_or(Decimal::ONE);
    let [min, max, step] = [numeric.min, numeric.max, step].map(canonical);
    let range = el("input|type=range|part=slider")
        .attr("min", &min)
        .attr("max", &max)
        .attr("step", &step)
        .attr("aria-label", &place.name);
    let own = range;
    let range = range.on("input", move || {
        if let Some(number) = tirage_pricing::decimal::parse(&own.value()) {
            let text = Format::number(&session.figures, number);
            session.act(index, Input::Typed(text));
            session.leave(index);
        }
    });
    let typed = stepper(place, numeric);
    let root = el("div|class=slider").with(&[range, typed.root]);
    let locale = place.session.options.locale;
    Control::new(root, move |view| {
        typed.show(view);
        let number = match &view.shown {
            Shown::Number(figure) => Some(figure.0),
            Shown::Text(text) => locale.read_number(text),
            _ => None,
        };
        if let Some(number) = number {
            range.set_value(&canonical(number));
        }
    })
}

fn stepper(place: &Place, numeric: &Numeric) -> Control {
    let texts = place.session.options.locale.texts;
    let root = el(STEPPER);
    let [less, input, more] = [1, 2, 3].map(|line| root.line(line));
    let input = input
        .attr("id", &place.id)
        .attr("aria-describedby", &place.remark)
        .attr(
            "inputmode",
            if numeric.whole { "numeric" } else { "decimal" },
        );
    typed(place, input);
    let (session, index) = (Rc::clone(&place.session), place.index);
    let input = input.on_own("keydown", move |key| {
        let steps = match key {
            "ArrowUp" => Decimal::ONE,
            "ArrowDown" => Decimal::NEGATIVE_ONE,
            _ => return false,
        };
        session.act(index, Input::Step(steps));
        true
    });
    step(place, less, texts.less, Decimal::NEGATIVE_ONE);
    step(place, more, texts.more, Decimal::ONE);
    if let Some(unit) = &numeric.unit {
        root.place(el("span|class=unit").text(place.session.words_of(unit)), 2);
    }
    Control::new(root, shows_typed(place, input))
}

fn step(place: &Place, button: El, name: &str, steps: Decimal) {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let name = fill(name, &[("name", &place.name)]);
    let _ = button
        .attr("aria-label", &name)
        .on("click", move || session.act(index, Input::Step(steps)));
}
