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
use crate::ui::{El, digits, el, watch};

/// A control and how it takes what it has to show.
pub(super) struct Control {
    pub(super) root: El,
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
    pub(super) fn new(root: El, show: impl Fn(&FieldView) + 'static) -> Self {
        let show = Box::new(show);
        Self { root, show }
    }

    pub(super) fn show(&self, view: &FieldView) {
        self.show.take(view);
    }
}

/// Where a control stands.
pub(super) struct Place {
    pub(super) session: Rc<Session>,
    pub(super) index: usize,
    /// Id of the control.
    pub(super) id: String,
    /// Id of the line below.
    pub(super) remark: String,
    pub(super) name: String,
}

/// Name, control, and the line below; the control comes to stand before that.
const FIELD: &str = "div|class=field|part=field\n \
     label|class=name|part=label\n \
     p|class=remark|part=remark\n  \
     span";
/// The same for several controls of one answer.
const GROUP: &str = "fieldset|class=field|part=field\n \
     legend|class=name|part=label\n \
     p|class=remark|part=remark\n  \
     span";

pub(super) fn show(session: &Rc<Session>, index: usize, parameter: &'static Parameter) -> El {
    let id = ["f", &digits(index)].concat();
    let place = Place {
        session: Rc::clone(session),
        index,
        remark: [&id, "m"].concat(),
        name: session.words_of(&parameter.name).to_owned(),
        id,
    };
    let listed = parameter.kind.choice();
    let several = listed.is_some_and(|own| own.many || own.view != View::List);
    let group = several || is_free(&parameter.kind);
    let whole = el(if group { GROUP } else { FIELD });
    let [name, remark, said] = [1, 2, 3].map(|line| whole.line(line));
    name.set_text(&place.name);
    said.set("id", &place.remark);
    if group {
        whole.set("aria-describedby", &place.remark);
    } else {
        name.set("for", &place.id);
    }
    whole.set("data-key", &parameter.key);
    whole.set("data-kind", parameter.kind.as_str());
    let hint = hint(&place, parameter);
    let control = control(&place, parameter);
    whole.place(control.root, 1);
    if let Some(help) = &parameter.help {
        whole.place(el("p|class=help").text(session.words_of(help)), 1);
    }
    let may_be_empty =
        parameter.default.is_none() && !matches!(parameter.kind, Kind::YesNo | Kind::Choice(_));
    let optional = may_be_empty.then(|| {
        let optional = [" ", session.options.locale.texts.optional].concat();
        let optional = el("span|class=optional").text(&optional);
        name.add(optional);
        optional
    });
    let Some(field) = session.field(index) else {
        return whole;
    };
    let (shown, own) = (whole, Rc::clone(session));
    let held = Cell::new(false);
    watch(move || {
        field.with(|view| {
            // A choice that a rule took away says so in its place.
            shown.show(view.available || view.notice.is_some());
            shown.mark("data-gone", !view.available);
            if let Some(optional) = optional {
                optional.show(!view.required);
            }
            let notice = view.notice.as_ref();
            let notice = notice.map(|change| own.sentence(index, change));
            let (kind, text) = match (&*view.error, &notice) {
                ("", None) => ("hint", &*hint),
                ("", Some(notice)) => ("notice", &**notice),
                (error, _) => ("error", error),
            };
            remark.set("data-kind", kind);
            said.set_text(text);
            if held.replace(view.fixed) && !view.fixed {
                control.root.hold(false);
            }
            control.show(view);
            if view.fixed {
                control.root.hold(true);
            }
        });
    });
    whole
}

/// Whether an answer may be one that is not listed: then there are several controls.
fn is_free(kind: &Kind) -> bool {
    match kind {
        Kind::Size(own) => own.free.is_some(),
        Kind::Inks(own) => own.free.is_some(),
        _ => false,
    }
}

fn choose(place: &Place, own: &'static Choice) -> Control {
    if own.view == View::List && !own.many {
        choice::list(place, own)
    } else {
        choice::options(place, own)
    }
}

fn control(place: &Place, parameter: &'static Parameter) -> Control {
    match &parameter.kind {
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
            let root = el("div|class=files|part=files");
            Control::new(root, move |view| root.set_invalid(!view.error.is_empty()))
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
    control.root.set("type", "date");
    for (name, day) in [("min", dates.min), ("max", dates.max)] {
        control.root.set(name, &tirage_pricing::date::written(day));
    }
    control
}

fn switch(place: &Place) -> Control {
    let (session, index) = (Rc::clone(&place.session), place.index);
    let input = el("input|type=checkbox|role=switch|class=switch|part=switch")
        .attr("id", &place.id)
        .attr("aria-describedby", &place.remark);
    let own = input;
    let root = input.on("change", move || {
        session.act(index, Input::Flag(own.is_checked()));
    });
    Control::new(root, move |view| {
        input.set_checked(view.shown == Shown::Flag(true));
    })
}

fn text(place: &Place, limits: &TextLimits) -> Control {
    let input = el(if limits.multiline {
        "textarea|class=text|part=input"
    } else {
        "input|class=text|part=input"
    })
    .attr("id", &place.id)
    .attr("aria-describedby", &place.remark)
    .attr("maxlength", &digits(limits.max_length));
    typed(place, input);
    Control::new(input, shows_typed(place, input))
}

/// What every typed control does.
pub(super) fn typed(place: &Place, input: El) {
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
        input.set_invalid(!view.error.is_empty());
    }
}

/// The template's hint, else the bounds of a number.
fn hint(place: &Place, parameter: &Parameter) -> String {
    let session = &place.session;
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
