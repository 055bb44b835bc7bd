//! Days that can be chosen, beside a question for one: the next ones once the buyer is there, and
//! the nearest to a day that is not possible.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tirage_pricing::{Decimal, Kind, date};

use super::calculator::Session;
use crate::locale::fill;
use crate::state::calculator::Input;
use crate::state::field::Shown;
use crate::ui::{El, browser, digits, el, paper};

/// A question for a day, and what is offered for it.
struct Days {
    index: usize,
    input: El,
    row: El,
    /// Whether the buyer was there: before that nothing appears and moves the page.
    is_open: Cell<bool>,
    offered: RefCell<Vec<Decimal>>,
}

/// Offers days at every question for one.
pub(super) fn show(session: &Rc<Session>) {
    let days = all(session);
    if days.is_empty() {
        return;
    }
    let own = Rc::downgrade(session);
    let follow = move |_| {
        for day in &days {
            if let Some(session) = own.upgrade() {
                day.offer(&session);
            }
        }
    };
    follow(false);
    session.follow.borrow_mut().push(Rc::new(follow));
}

fn all(session: &Rc<Session>) -> Vec<Rc<Days>> {
    let template = session.loaded.state.borrow().template();
    let mut all = Vec::new();
    for (index, parameter) in template.parameters().iter().enumerate() {
        if !matches!(parameter.kind, Kind::Date(_)) {
            continue;
        }
        let id = ["#f", &digits(index)].concat();
        let field = session.mounted.find(&[".field:has(> ", &id, ")"].concat());
        let (Some(field), Some(input)) = (field, session.mounted.find(&id)) else {
            continue;
        };
        let name = [("name", session.words_of(&parameter.name))];
        let texts = session.options.locale.more_texts();
        let row = el("div|class=days|part=days|role=group|hidden")
            .attr("aria-label", &fill(texts.possible_days, &name));
        field.add(row);
        let days = Rc::new(Days {
            index,
            input,
            row,
            is_open: Cell::default(),
            offered: RefCell::default(),
        });
        let (own, opened) = (Rc::clone(session), Rc::clone(&days));
        let _ = input.on("focusin", move || {
            opened.is_open.set(true);
            opened.offer(&own);
        });
        all.push(days);
    }
    all
}

impl Days {
    /// Offers what is possible now. What stays is not touched: it may be pressed right now.
    fn offer(&self, session: &Rc<Session>) {
        let days = self.find(session);
        if *self.offered.borrow() == days {
            return;
        }
        let buttons = days.iter().map(|day| self.button(session, *day));
        let mut parts =
            vec![el("span|class=help").text(session.options.locale.more_texts().possible)];
        parts.extend(buttons);
        self.row.fill(&parts);
        self.row.show(!days.is_empty());
        self.offered.replace(days);
    }

    fn find(&self, session: &Session) -> Vec<Decimal> {
        let Some(field) = session.field(self.index) else {
            return Vec::new();
        };
        let (is_wrong, chosen) = field.with(|view| {
            let chosen = match &view.shown {
                Shown::Text(text) => date::read(text),
                _ => None,
            };
            (!view.error.is_empty(), chosen)
        });
        if !self.is_open.get() && !is_wrong {
            return Vec::new();
        }
        let state = session.loaded.state.borrow();
        let Some(today) = date::read(&browser::today()) else {
            return Vec::new();
        };
        let next = state.days_from(self.index, today);
        if let Some(first) = next.first() {
            // The browser's own calendar begins with it.
            self.input.set("min", &date::written(*first));
        }
        match chosen {
            Some(day) if is_wrong => state.days_near(self.index, day, today),
            _ => next,
        }
    }

    fn button(&self, session: &Rc<Session>, day: Decimal) -> El {
        let text = date::written(day);
        let words = paper::weekday(session.options.locale.tag, &text);
        let (own, index, input) = (Rc::clone(session), self.index, self.input);
        el("button|type=button|part=day")
            .text(&words)
            .on("click", move || {
                own.act(index, Input::Typed(text.clone()));
                own.leave(index);
                input.focus();
            })
    }
}
