//! A number: typed as people type it, or stepped by buttons and arrow keys.

use std::rc::Rc;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Decimal, NumberView, Numeric};

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
    let select = el("select|part=select")
        .attr("id", &place.id)
        .attr("aria-describedby", &place.remark);
    let words = session.figures.words();
    for offer in offers(numeric) {
        let number = words.format.number(*offer);
        let label = match &numeric.unit {
            Some(unit) => words.count(*offer, Some(unit)),
            None => number.clone(),
        };
        select.add(el("option").attr("value", &number).text(&label));
    }
    let other = el("option");
    select.add(other);
    let own = select;
    let select = select.on("change", move || {
        session.act(index, Input::Typed(own.value()));
        session.leave(index);
    });
    Control {
        root: el("span|class=list").with(&[select]),
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
    let input = el("input|class=number|part=input|autocomplete=off")
        .attr("id", &place.id)
        .attr("aria-describedby", &place.remark)
        .attr(
            "inputmode",
            if numeric.whole { "numeric" } else { "decimal" },
        );
    typed(place, input);
    let (session, index) = (Rc::clone(&place.session), place.index);
    let input = input.on_own("keydown", move |key| {
        let steps = match &*key {
            "ArrowUp" => Decimal::ONE,
            "ArrowDown" => Decimal::NEGATIVE_ONE,
            _ => return false,
        };
        session.act(index, Input::Step(steps));
        true
    });
    let less = button(place, "−", texts.less, Decimal::NEGATIVE_ONE);
    let more = button(place, "+", texts.more, Decimal::ONE);
    let root = el("div|class=stepper|part=stepper").with(&[less, input]);
    if let Some(unit) = &numeric.unit {
        root.add(el("span|class=unit").text(place.session.words_of(unit)));
    }
    root.add(more);
    Control {
        root,
        show: Box::new(move |view| show_typed(input, view)),
    }
}

fn button(place: &Place, sign: &str, name: &str, steps: Decimal) -> El {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let name = fill(name, &[("name", &place.name)]);
    el("button|type=button|part=step")
        .attr("aria-label", &name)
        .text(sign)
        .on("click", move || session.act(index, Input::Step(steps)))
}
