//! What follows the first price: everything that changes it, what is shown beside it, and what the
//! page is told. It is a chunk of its own, fetched as soon as the price is there.

use std::rc::Rc;

use tirage_pricing::{Decimal, Kind, Parameter};
use wasm_bindgen::JsValue;

use super::calculator::{Act, Session};
use super::{count, days, failure, keep, reason, runs, undo};
use crate::chunks;
use crate::embed::{Standing, warn, written};
use crate::locale::fill;
use crate::state::calculator::Input;
use crate::state::field::views;
use crate::state::price::{PriceView, explain};
use crate::state::public;
use crate::ui::{El, Live};

/// Shows the rest of the panel, tells the page, and does what waited for it.
pub(crate) fn begin(session: &Rc<Session>) {
    let is_new = session.follow.borrow().is_none();
    if is_new {
        let parts = session.mounted.within(|| {
            count::show(session);
            rest(session)
        });
        session.rest.fill(&parts);
    }
    if !session.loaded.is_welcome.replace(true) {
        session.mounted.welcome(session);
    }
    let waiting = session.loaded.waiting.take();
    for act in waiting {
        perform(session, act);
    }
    if is_new {
        ask_for_files(session);
    }
}

/// Has the controls of questions for files shown, by a script that only they need.
fn ask_for_files(session: &Rc<Session>) {
    let template = session.loaded.state.borrow().template();
    let asked = |parameter: &Parameter| matches!(parameter.kind, Kind::File(_));
    if !template.parameters().iter().any(asked) {
        return;
    }
    let own = Rc::clone(session);
    chunks::load_files(&session.mounted, move |loaded| {
        let (Err(error), Some(place)) = (loaded, own.mounted.find(".files")) else {
            return;
        };
        own.mounted.report(&error);
        let again = Rc::clone(&own);
        let failure = failure::show(&error, own.options.locale, move || ask_for_files(&again));
        place.fill(&[failure]);
    });
}

/// What stands beside the price, and how it follows.
fn rest(session: &Rc<Session>) -> [El; 3] {
    let (runs, reasons) = {
        let state = session.loaded.state.borrow();
        let words = session.figures.words();
        (
            Live::new(crate::state::runs::view(&state, &words)),
            Live::new(explain(&state, &words)),
        )
    };
    let shared = Live::new("");
    let parts = [
        runs::show(session, &runs),
        reason::show(session, &reasons),
        keep::button(session, &shared),
    ];
    let days = days::show(session);
    let own = Rc::downgrade(session);
    session.follow.replace(Some(Rc::new(move |is_news| {
        let Some(session) = own.upgrade() else {
            return;
        };
        let state = session.loaded.state.borrow();
        let words = session.figures.words();
        runs.set(crate::state::runs::view(&state, &words));
        reasons.set(explain(&state, &words));
        for day in &days {
            day.offer(&session);
        }
        if is_news {
            shared.set("");
        }
    })));
    parts
}

/// Does what the buyer did, or the page in the buyer's place.
pub(crate) fn perform(session: &Rc<Session>, act: Act) {
    let state = &session.loaded.state;
    match &act {
        Act::Input(index, Input::Typed(_)) => undo::remember(session, Some(*index)),
        Act::Input(..) | Act::Rearrange(..) => undo::remember(session, None),
        Act::Leave(_) => undo::end(session),
        Act::GoOn(_) => {}
    }
    match act {
        Act::Input(index, input) => {
            state
                .borrow_mut()
                .input(index, input, &session.figures.words());
            session.refresh("buyer", &session.key(Some(index)));
        }
        Act::Leave(index) => {
            state.borrow_mut().settle(index);
            session.refresh("buyer", &session.key(Some(index)));
        }
        Act::Rearrange(section, how) => {
            state.borrow_mut().rearrange(section, how);
            session.refresh("buyer", &[]);
        }
        Act::GoOn(source) => {
            if !session.go_on(source) {
                session.mounted.focus_mistake();
            }
        }
    }
    undo::offer(session);
}

/// What the page reads; empty for a name that is none.
pub(crate) fn read(session: &Rc<Session>, what: &str) -> String {
    let state = session.loaded.state.borrow();
    match what {
        "state" => public::state(&state),
        "schema" => public::schema(&session.loaded.product, state.template()),
        "quote" => public::quote(&session.loaded.product, &state),
        _ => String::new(),
    }
}

/// Takes over what the page or a script of ours writes, and says in the console what it could not.
pub(crate) fn write(session: &Rc<Session>, answers: &JsValue, all: bool, source: &str) {
    let written = written(answers);
    let keys: Vec<String> = if all {
        let state = session.loaded.state.borrow();
        let known = state.template().parameters();
        known
            .iter()
            .map(|parameter| parameter.key.clone())
            .collect()
    } else {
        written.iter().map(|(key, _)| key.clone()).collect()
    };
    let refused = public::write(&mut session.loaded.state.borrow_mut(), written, all);
    undo::forget(session);
    session.refresh(source, &keys);
    undo::offer(session);
    if !refused.is_empty() {
        warn(session.mounted.host(), refused);
    }
}

/// Holds the buyer back under a name, with the reason; without one, no longer.
pub(crate) fn hold(session: &Rc<Session>, name: &str, message: Option<String>) {
    session.mounted.hold(name, message);
    session.tell("page", &[]);
}

impl Session {
    pub(super) fn choose_run(self: &Rc<Self>, run: Decimal) {
        undo::remember(self, None);
        self.loaded.state.borrow_mut().choose_run(run);
        let quantity = self.loaded.state.borrow().template().quantity();
        self.refresh("buyer", &self.key(quantity));
        undo::offer(self);
    }

    fn key(&self, index: Option<usize>) -> Vec<String> {
        let state = self.loaded.state.borrow();
        let parameter = index.and_then(|index| state.template().parameters().get(index));
        parameter
            .map(|known| known.key.clone())
            .into_iter()
            .collect()
    }

    /// Shows what follows from the answers; only what became another one is touched.
    /// `keys` are the parameters that `source` answered: what else changed, rules have changed.
    pub(super) fn refresh(&self, source: &str, keys: &[String]) {
        let state = self.loaded.state.borrow();
        let words = self.figures.words();
        let mut remarks = String::new();
        for (view, live) in views(&state, &words).into_iter().zip(&self.fields) {
            let news = live.with(|before| before.notice != view.notice) && !view.notice.is_empty();
            if news {
                remarks.push_str(&view.notice);
                remarks.push_str(". ");
            }
            live.set(view);
        }
        let price = crate::state::price::view(&state, &words);
        let texts = self.options.locale.texts;
        let news = match price.problems.first() {
            Some(problem) => [texts.no_price, ". ", problem].concat(),
            None => fill(texts.price_is, &[("price", &price.total)]),
        };
        let other = self.price.with(|before| *before != price);
        self.price.set(price);
        drop(state);
        let is_news = other || !remarks.is_empty();
        if is_news {
            self.said.set([remarks, news].concat());
            self.added.set(false);
        }
        let follow = self.follow.borrow().clone();
        if let Some(follow) = follow {
            follow(is_news);
        }
        self.tell(source, keys);
    }

    /// Tells the page where the calculator stands.
    pub(crate) fn tell(&self, source: &str, keys: &[String]) {
        self.held.set(self.mounted.held());
        let state = self.loaded.state.borrow();
        let standing = Standing {
            answers: public::state(&state),
            line: public::line(&self.loaded.product, &state),
            total: self.price.with(|price| price.exact.clone()),
            currency: &self.loaded.product.currency,
            problem: self.held.with(Clone::clone).unwrap_or_else(|| {
                let first = |price: &PriceView| price.problems.first().cloned();
                self.price.with(first).unwrap_or_default()
            }),
        };
        drop(state);
        self.mounted.tell(source, keys, &standing);
    }

    /// Goes on with the answers, into the cart unless the page takes them; returns whether they
    /// could go on.
    fn go_on(self: &Rc<Self>, source: &str) -> bool {
        if let Some(message) = self.mounted.held() {
            self.said.set(message);
            return false;
        }
        let is_priced = self
            .loaded
            .state
            .borrow()
            .current()
            .is_some_and(|run| run.price.is_some());
        if !is_priced {
            self.loaded.state.borrow_mut().insist();
            self.refresh(source, &[]);
            return false;
        }
        if self.mounted.ask_page(source) {
            keep::put(self);
        }
        true
    }
}
