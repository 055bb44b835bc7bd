//! A parameter: its name, its control, and one line below for hint, remark or mistake.
//!
//! The line is always there, so nothing moves when it begins to say something.

use std::cell::Cell;
use std::rc::Rc;

use tirage_pricing::{Choice, Dates, Kind, Numeric, Parameter, TextLimits, View};

use super::calculator::Session;
use super::{choice, figures, number};
use crate::state::calculator::Input;
use crate::state::field::{FieldView, Shown};
use crate::state::problem::bounds;
use crate::ui::{El, alike, digits, el, el_of, lines, watch};

/// A field around its control: what is made of these words is one copy, control and all. The control
/// stands on the lines between, and begins with the third.
macro_rules! field {
    ($control:expr) => {
        concat!(
            "div|class=field|part=field|data-key=$|data-kind=%\n ",
            "label|class=name|part=label|for=f#|=%\n ",
            $control,
            "\n p|class=remark|part=remark|data-kind=hint\n  span|id=f#m|=%"
        )
    };
}

/// The same around several controls of one answer.
macro_rules! group {
    ($control:expr) => {
        concat!(
            "fieldset|class=field|part=field|data-key=$|data-kind=%|aria-describedby=f#m\n ",
            "legend|class=name|part=label|=%\n ",
            $control,
            "\n p|class=remark|part=remark|data-kind=hint\n  span|id=f#m|=%"
        )
    };
}

pub(super) use {field, group};

/// Where a control stands.
pub(super) struct Place {
    pub(super) session: Rc<Session>,
    pub(super) index: usize,
    pub(super) parameter: &'static Parameter,
    /// What the field is a part of.
    around: El,
    pub(super) name: String,
    hint: String,
}

impl Place {
    /// Makes the field with its control, of words by [`field`] or [`group`]: with these texts, and
    /// what its list [offers](crate::ui::entry). Parts of a product often ask the same, so all but
    /// the key may come again.
    pub(super) fn make(&self, words: &'static str, texts: &[&str], entries: &str) -> Frame {
        let Parameter { key, kind, .. } = self.parameter;
        let texts = [&[kind.as_str(), &*self.name], texts, &[&*self.hint]].concat();
        let mut same = String::new();
        for text in texts {
            alike(&mut same, text);
        }
        same.push_str(entries);
        let whole = el_of(words, Some(self.around), self.index, &same, &[key]);
        let remark = whole.line(lines(words) - 2);
        Frame { whole, remark }
    }
}

/// A field as it was made.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    whole: El,
    remark: El,
}

impl Frame {
    /// What stands on this line of the control's own words.
    pub(super) fn line(self, line: u32) -> El {
        self.whole.line(2 + line)
    }
}

/// A field and how its control takes what it has to show.
pub(super) struct Control {
    pub(super) frame: Frame,
    show: Box<dyn Take>,
}

/// A trait of our own for the reason that `ui/live.rs` has.
trait Take {
    fn take(&self, view: &FieldView);
}

impl<F: Fn(&FieldView)> Take for F {
    fn take(&self, view: &FieldView) {
        self(view);
    }
}

impl Control {
    pub(super) fn new(frame: Frame, show: impl Fn(&FieldView) + 'static) -> Self {
        let show = Box::new(show);
        Self { frame, show }
    }

    pub(super) fn show(&self, view: &FieldView) {
        self.show.take(view);
    }
}

/// How a field stands beside what its control shows; at first as its words make it.
#[derive(Clone, Copy, Default, PartialEq)]
struct Stand {
    is_hidden: bool,
    is_gone: bool,
    is_required: bool,
    has_notice: bool,
    is_wrong: bool,
}

impl Stand {
    fn of(view: &FieldView) -> Self {
        Self {
            // A choice that a rule took away says so in its place.
            is_hidden: !view.available && view.notice.is_none(),
            is_gone: !view.available,
            is_required: view.required,
            has_notice: view.notice.is_some(),
            is_wrong: !view.error.is_empty(),
        }
    }
}

/// Shows a parameter as the last part of an element.
pub(super) fn show(session: &Rc<Session>, around: El, index: usize, parameter: &'static Parameter) {
    let place = Place {
        session: Rc::clone(session),
        index,
        parameter,
        around,
        name: session.words_of(&parameter.name).to_owned(),
        hint: hint(session, parameter),
    };
    let control = control(&place);
    let Frame { whole, remark } = control.frame;
    let root = control.frame.line(0);
    if let Some(help) = &parameter.help {
        whole.place(el("p|class=help").text(session.words_of(help)), 1);
    }
    let may_be_empty =
        parameter.default.is_none() && !matches!(parameter.kind, Kind::YesNo | Kind::Choice(_));
    let optional = may_be_empty.then(|| {
        let optional = [" ", session.options.locale.texts.optional].concat();
        let optional = el("span|class=optional").text(&optional);
        whole.line(1).add(optional);
        optional
    });
    let Some(field) = session.field(index) else {
        return;
    };
    let stood = Cell::new(Stand::default());
    let held = Cell::new(false);
    watch(move || {
        field.with(|view| {
            let stand = Stand::of(view);
            // Words of a notice or a mistake may be others.
            let before = stood.replace(stand);
            if before.is_wrong != stand.is_wrong {
                whole.judge(stand.is_wrong);
            }
            if before != stand || stand.has_notice || stand.is_wrong {
                whole.show(!stand.is_hidden);
                whole.mark("data-gone", stand.is_gone);
                if let Some(optional) = optional {
                    optional.show(!stand.is_required);
                }
                remark_on(&place, view, remark);
            }
            if held.replace(view.fixed) && !view.fixed {
                root.hold(false);
            }
            control.show(view);
            if view.fixed {
                root.hold(true);
            }
        });
    });
}

/// Says in the line below what there is to say: a mistake before a notice, and that before the hint.
fn remark_on(place: &Place, view: &FieldView, remark: El) {
    let notice = view.notice.as_ref();
    let notice = notice.map(|change| place.session.sentence(place.index, change));
    let (kind, text) = match (&*view.error, &notice) {
        ("", None) => ("hint", &*place.hint),
        ("", Some(notice)) => ("notice", &**notice),
        (error, _) => ("error", error),
    };
    remark.set("data-kind", kind);
    remark.line(1).set_text(text);
}

fn choose(place: &Place, own: &'static Choice) -> Control {
    if own.view == View::List && !own.many {
        choice::list(place, own)
    } else {
        choice::options(place, own)
    }
}

fn control(place: &Place) -> Control {
    match &place.parameter.kind {
        Kind::Choice(own) => choose(place, own),
        Kind::YesNo => switch(place),
        Kind::Number(own) | Kind::Run(own) | Kind::Pages(own) => number::show(place, own),
        Kind::Size(own) => match &own.free {
            Some(free) => figures::size(place, &own.choice, free),
            None => choose(place, &own.choice),
        },
        Kind::Inks(own) => match own.free {
            Some(free) => figures::inks(place, &own.choice, free),
            None => choose(place, &own.choice),
        },
        Kind::Date(own) => date(place, own),
        Kind::Text(limits) => text(place, limits),
        // The place that `www/tirage_files.js` fills; the others are never asked.
        Kind::File(_) | Kind::Constant(_) | Kind::PassThrough => {
            let words = field!("div|class=files|part=files|aria-invalid=false");
            Control::new(place.make(words, &[], ""), |_| {})
        }
    }
}

/// A size, inks or a day, as they are written.
const SHORT: TextLimits = TextLimits {
    max_length: 40,
    multiline: false,
};

/// A day by the browser's own calendar; what is no working day, the template's rules say.
fn date(place: &Place, dates: &Dates) -> Control {
    let control = text(place, &SHORT);
    let input = control.frame.line(0);
    input.set("type", "date");
    for (name, day) in [("min", dates.min), ("max", dates.max)] {
        input.set(name, &tirage_pricing::date::written(day));
    }
    control
}

fn switch(place: &Place) -> Control {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let frame = place.make(
        field!(
            "input|type=checkbox|role=switch|class=switch|part=switch|id=f#|aria-describedby=f#m"
        ),
        &[],
        "",
    );
    let input = frame.line(0);
    let _ = input.on("change", move || {
        session.act(index, Input::Flag(input.is_checked()));
    });
    Control::new(frame, move |view| {
        input.set_checked(view.shown == Shown::Flag(true));
    })
}

fn text(place: &Place, limits: &TextLimits) -> Control {
    let words = if limits.multiline {
        field!(
            "textarea|class=text|part=input|aria-invalid=false|id=f#|aria-describedby=f#m|maxlength=%"
        )
    } else {
        field!(
            "input|class=text|part=input|aria-invalid=false|id=f#|aria-describedby=f#m|maxlength=%"
        )
    };
    let frame = place.make(words, &[&digits(limits.max_length)], "");
    let input = frame.line(0);
    typed(place, input);
    Control::new(frame, shows_typed(place, input))
}

/// What every typed control does.
fn typed(place: &Place, input: El) {
    let (session, index, own) = (Rc::clone(&place.session), place.index, input);
    let input = input.on("input", move || {
        session.act(index, Input::Typed(own.value()));
    });
    let session = Rc::clone(&place.session);
    let _ = input.on("change", move || session.leave(index));
}

/// What every typed control shows.
pub(super) fn shows_typed(place: &Place, input: El) -> impl Fn(&FieldView) + 'static {
    let session = Rc::clone(&place.session);
    move |view| {
        let text = view.text(&session.figures.words());
        input.set_value(&text.unwrap_or_default());
    }
}

/// The template's hint, else the bounds of a number.
fn hint(session: &Session, parameter: &Parameter) -> String {
    match (&parameter.hint, parameter.kind.numeric()) {
        (Some(hint), _) => session.words_of(hint).to_owned(),
        (None, Some(numeric)) if numeric.only.is_empty() => number_hint(session, numeric),
        (None, _) => String::new(),
    }
}

fn number_hint(session: &Session, numeric: &Numeric) -> String {
    let words = session.figures.words();
    let texts = session.options.locale.texts;
    let mut hint = bounds(texts.from_to, Some(numeric), &words);
    if let Some(step) = numeric.multiple {
        let step = crate::state::words::Format::number(&session.figures, step);
        hint.push_str(", ");
        hint.push_str(&crate::locale::fill(texts.step_of, &[("step", &step)]));
    }
    hint
}
