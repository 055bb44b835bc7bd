//! A number: typed as people type it, or stepped by buttons and arrow keys.

use std::rc::Rc;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Decimal, NumberView, Numeric};

use super::choice::LIST;
use super::field::{Control, Place, field, shows_typed};
use crate::locale::fill;
use crate::state::calculator::Input;
use crate::state::field::{FieldView, Shown};
use crate::state::words::Format;
use crate::ui::{El, LINES, el, entry, lines};

/// Two buttons and what is typed between them, with what its lines begin with.
macro_rules! steps {
    ($line:literal) => {
        concat!(
            "div|class=stepper|part=stepper",
            $line,
            " button|type=button|value=less|part=step|aria-label=%|=−",
            $line,
            " input|class=number|part=input|autocomplete=off|aria-invalid=false|id=f#|aria-describedby=f#m|inputmode=%",
            $line,
            " button|type=button|value=more|part=step|aria-label=%|=+"
        )
    };
}

const STEPPER: &str = field!(steps!("\n "));
const SLIDER: &str = field!(concat!(
    "div|class=slider\n  ",
    "input|type=range|part=slider|min=%|max=%|step=%|aria-label=%\n  ",
    steps!("\n  ")
));
/// No words are longer.
const _: () = assert!(lines(SLIDER) <= LINES);

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
    let words = session.figures.words();
    let mut entries = String::new();
    for offer in offers(numeric) {
        let number = words.format.number(*offer);
        let label = match &numeric.unit {
            Some(unit) => words.count(*offer, Some(unit)),
            None => number.clone(),
        };
        entry(&mut entries, &number, &label);
    }
    let frame = place.make(LIST, &[], &entries);
    let select = frame.line(1);
    let other = el("option");
    select.add(other);
    let own = Rc::clone(&session);
    let select = select.on("change", move || {
        session.act(index, Input::Typed(select.value()));
        session.leave(index);
    });
    Control::new(frame, move |view| {
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
    })
}

/// A slider with its number beside it, which can be typed as well.
fn slider(place: &Place, numeric: &Numeric) -> Control {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let step = numeric.multiple.unwrap_or(Decimal::ONE);
    let [min, max, step] = [numeric.min, numeric.max, step].map(canonical);
    let (less, keys, more) = said(place, numeric);
    let texts = [&*min, &max, &step, &place.name, &less, keys, &more];
    let frame = place.make(SLIDER, &texts, "");
    let range = frame.line(1);
    let range = range.on("input", move || {
        if let Some(number) = tirage_pricing::decimal::parse(&range.value()) {
            let text = Format::number(&session.figures, number);
            session.act(index, Input::Typed(text));
            session.leave(index);
        }
    });
    let show = stepped(place, numeric, frame.line(2));
    let locale = place.session.options.locale;
    Control::new(frame, move |view| {
        show(view);
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
    let (less, keys, more) = said(place, numeric);
    let frame = place.make(STEPPER, &[&less, keys, &more], "");
    Control::new(frame, stepped(place, numeric, frame.line(0)))
}

/// What differs from one stepper to the next: the names of its buttons, and which keys a phone shows.
fn said(place: &Place, numeric: &Numeric) -> (String, &'static str, String) {
    let texts = place.session.options.locale.texts;
    let [less, more] = [texts.less, texts.more].map(|name| fill(name, &[("name", &place.name)]));
    let keys = if numeric.whole { "numeric" } else { "decimal" };
    (less, keys, more)
}

/// What a stepper does, and how it shows its number.
fn stepped(place: &Place, numeric: &Numeric, root: El) -> impl Fn(&FieldView) + 'static {
    let input = root.line(2);
    let (session, index) = (Rc::clone(&place.session), place.index);
    let _ = root.on_own("input change click", move |word| {
        session.act(
            index,
            match word {
                "input" => Input::Typed(input.value()),
                "less" => Input::Step(Decimal::NEGATIVE_ONE),
                "more" => Input::Step(Decimal::ONE),
                "change" => {
                    session.leave(index);
                    return false;
                }
                _ => return false,
            },
        );
        false
    });
    let session = Rc::clone(&place.session);
    let _ = input.on_own("keydown", move |key| {
        let steps = match key {
            "ArrowUp" => Decimal::ONE,
            "ArrowDown" => Decimal::NEGATIVE_ONE,
            _ => return false,
        };
        session.act(index, Input::Step(steps));
        true
    });
    if let Some(unit) = &numeric.unit {
        root.place(el("span|class=unit").text(place.session.words_of(unit)), 2);
    }
    shows_typed(place, input)
}
