//! Prices that the print house computes: asked of the service as the buyer answers, a chunk of its
//! own.
//!
//! The last price stays where it is, marked as preliminary, until the one of the answers of now is
//! confirmed. Only the latest question counts: another one ends it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::calculator::Session;
use crate::embed::Mounted;
use crate::state::calculator::Calculator;
use crate::state::remote::{Configuration, Outlook, SourcePrices, Told, answer, question};
use crate::ui::{El, browser, el};

const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/remote.css"));
/// How long the buyer has to pause until the answers are asked for.
const PAUSE_MS: i32 = 120;
/// How long a question may take before it is shown that something is waited for.
const SLOW_MS: i32 = 300;
/// How soon a price of before is asked for again; doubled with every try.
const AGAIN_MS: i32 = 2_000;
const MOST_TRIES: u32 = 4;

/// Asks for a calculator's prices, as long as it is on the screen.
struct Asking {
    session: Weak<Session>,
    note: Note,
    now: RefCell<Now>,
}

/// Where it is said how far the price can be relied on.
#[derive(Clone, Copy)]
struct Note {
    whole: El,
    text: El,
    retry: El,
}

#[derive(Default)]
struct Now {
    phase: Phase,
    /// What was asked last.
    asked: Option<Configuration>,
    /// Ends the question and everything that waits with it.
    life: Option<JsValue>,
    /// What was told last, and of what.
    told: Option<(Configuration, Rc<SourcePrices>)>,
    tries: u32,
}

/// How far the price of the answers of now is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    /// There is nothing to ask, or the answer is there.
    #[default]
    Settled,
    Asking,
    /// It did not come.
    Failed,
}

/// Begins to ask for the prices of a calculator.
pub(crate) fn begin(session: &Rc<Session>) {
    let Some(place) = session.mounted.find(".under") else {
        return;
    };
    if place.find(".standing").is_some() {
        return;
    }
    session.mounted.dress(STYLE);
    let asking = Rc::new(Asking {
        session: Rc::downgrade(session),
        note: note(place),
        now: RefCell::default(),
    });
    let own = Rc::downgrade(&asking);
    let texts = session.options.locale.texts;
    let retry = asking.note.retry.text(texts.try_again);
    let _ = retry.on("click", move || {
        if let Some(asking) = own.upgrade() {
            asking.ask();
        }
    });
    let follow = move |_| asking.follow();
    // First: what is shown after it knows whether the price is preliminary.
    session.follow.borrow_mut().insert(0, Rc::new(follow));
    session.refresh("rule", &[]);
    finish(session);
}

fn note(place: El) -> Note {
    let text = el("span");
    let retry = el("button|type=button|class=quiet|part=retry|hidden");
    let spinner = el("span|class=spinner|aria-hidden=true");
    let whole = el("p|class=standing|part=standing|hidden").with(&[spinner, text, retry]);
    place.add(whole);
    Note { whole, text, retry }
}

/// Does what waited for the price.
fn finish(session: &Rc<Session>) {
    if !session.loaded.state.borrow().is_preliminary()
        && let Some(act) = session.loaded.waiting.take()
    {
        session.perform(act);
    }
}

impl Asking {
    /// The calculator, unless another one stands in its place.
    fn session(&self) -> Option<Rc<Session>> {
        let session = self.session.upgrade()?;
        let shown = session.mounted.session()?;
        Rc::ptr_eq(&session, &shown).then_some(session)
    }

    /// Asks if the answers have become others that nothing is known of.
    fn follow(self: &Rc<Self>) {
        let Some(session) = self.session() else {
            return;
        };
        let wanted = Configuration::of(&session.loaded.state.borrow());
        let Some(wanted) = wanted else {
            return self.settle(&session);
        };
        let (phase, same, known) = {
            let now = self.now.borrow();
            let told = now.told.as_ref();
            let known = told.is_some_and(|(of, prices)| of.covers(&wanted, prices));
            (now.phase, now.asked.as_ref() == Some(&wanted), known)
        };
        let waits = session.loaded.waiting.borrow().is_some();
        match phase {
            Phase::Asking if same => self.show(&session),
            Phase::Failed if same && !waits => {}
            // What was told of before is not confirmed for ever: a failed question is asked again.
            Phase::Settled | Phase::Asking if known && !same => {
                self.now.borrow_mut().asked = Some(wanted);
                self.settle(&session);
            }
            Phase::Settled if same && known => {}
            _ => self.ask(),
        }
    }

    /// Nothing is asked any more.
    fn settle(&self, session: &Session) {
        self.end(Phase::Settled);
        session.loaded.state.borrow_mut().set_preliminary(false);
        self.show(session);
    }

    /// Ends what is being asked.
    fn end(&self, phase: Phase) {
        let mut now = self.now.borrow_mut();
        now.phase = phase;
        if let Some(life) = now.life.take() {
            drop(now);
            browser::end(&life);
        }
    }

    /// Asks for the answers of now, as soon as the buyer pauses.
    fn ask(self: &Rc<Self>) {
        let Some(session) = self.session() else {
            return;
        };
        self.end(Phase::Asking);
        let mut state = session.loaded.state.borrow_mut();
        let Some(wanted) = Configuration::of(&state) else {
            return;
        };
        state.set_preliminary(true);
        session.added.set(false);
        let body = question(&session.loaded.product.key, &state);
        drop(state);
        let life = browser::life(&session.mounted.api().life);
        let is_first = {
            let mut now = self.now.borrow_mut();
            now.asked = Some(wanted);
            now.life = Some(life.clone());
            now.tries = 0;
            now.told.is_none()
        };
        self.show(&session);
        self.after(SLOW_MS, &life, Self::slow);
        if is_first {
            return self.send(&body);
        }
        self.after(PAUSE_MS, &life, move |own| own.send(&body));
    }

    /// Calls it later, unless the question ends before.
    fn after(self: &Rc<Self>, pause: i32, life: &JsValue, then: impl FnOnce(&Rc<Self>) + 'static) {
        let own = Rc::clone(self);
        let done = Closure::once_into_js(move |over: Option<String>| {
            if over.is_none() {
                then(&own);
            }
        });
        browser::after(pause, done, life);
    }

    fn send(self: &Rc<Self>, body: &str) {
        let life = self.now.borrow().life.clone();
        let (Some(session), Some(life)) = (self.session(), life) else {
            return;
        };
        let mut api = session.mounted.api();
        api.life = life;
        let (own, again) = (Rc::clone(self), body.to_owned());
        api.quote(body, move |status, body| {
            own.answered(status, &body, &again);
        });
    }

    fn answered(self: &Rc<Self>, status: u16, body: &[u8], again: &str) {
        let asked = self.now.borrow().asked.clone();
        let (Some(session), Some(asked)) = (self.session(), asked) else {
            return;
        };
        let told = answer(status, body, asked.run());
        let outlook = told
            .as_ref()
            .map_or(Outlook::Silent, |(_, outlook)| *outlook);
        let had = self.now.borrow().told.is_some();
        // The last good price stays when there is no new one.
        if let Some((prices, _)) = told.filter(|_| outlook != Outlook::Silent || !had) {
            let prices = Rc::new(prices);
            session
                .loaded
                .state
                .borrow_mut()
                .tell(Some(Rc::clone(&prices) as Rc<dyn Told>));
            if outlook != Outlook::Silent {
                self.now.borrow_mut().told = Some((asked, prices));
            }
        }
        match outlook {
            Outlook::Confirmed => self.confirm(&session),
            Outlook::Preliminary if self.tries_again(again) => session.refresh("rule", &[]),
            Outlook::Preliminary | Outlook::Silent => self.fail(&session),
        }
    }

    fn confirm(&self, session: &Rc<Session>) {
        let was_slow = self.note.whole.find("[data-slow] > span").is_some();
        self.settle(session);
        session.refresh("rule", &[]);
        if was_slow {
            let texts = session.options.locale.remote_texts();
            let news = session.said.with(Clone::clone);
            session.said.set([texts.confirmed, " ", &news].concat());
        }
        finish(session);
    }

    /// Asks once more after a while, if that was not done too often.
    fn tries_again(self: &Rc<Self>, body: &str) -> bool {
        let (tries, life) = {
            let mut now = self.now.borrow_mut();
            now.tries += 1;
            (now.tries, now.life.clone())
        };
        let Some(life) = life.filter(|_| tries <= MOST_TRIES) else {
            return false;
        };
        let body = body.to_owned();
        self.after(AGAIN_MS << (tries - 1), &life, move |own| own.send(&body));
        true
    }

    fn fail(&self, session: &Rc<Session>) {
        self.end(Phase::Failed);
        session.loaded.waiting.take();
        session.refresh("rule", &[]);
        self.show(session);
        let texts = session.options.locale.remote_texts();
        session.said.set(texts.no_answer.to_owned());
    }

    /// The question takes long enough to say so.
    fn slow(self: &Rc<Self>) {
        self.note.whole.mark("data-slow", true);
        if let Some(session) = self.session() {
            let texts = session.options.locale.remote_texts();
            session
                .said
                .set(self.words(&session, texts.asking).to_owned());
        }
    }

    fn show(&self, session: &Session) {
        let phase = self.now.borrow().phase;
        let texts = session.options.locale.remote_texts();
        let Note { whole, text, retry } = self.note;
        text.set_text(match phase {
            Phase::Settled => "",
            Phase::Asking => self.words(session, texts.preliminary),
            Phase::Failed => texts.no_answer,
        });
        whole.show(phase != Phase::Settled);
        retry.show(phase == Phase::Failed);
        if phase != Phase::Asking {
            whole.mark("data-slow", false);
        }
    }

    /// What is said while the price is asked for.
    fn words(&self, session: &Session, otherwise: &'static str) -> &'static str {
        let texts = session.options.locale.remote_texts();
        if session.loaded.waiting.borrow().is_some() {
            texts.goes_on
        } else if self.now.borrow().told.is_none() {
            texts.asking
        } else {
            otherwise
        }
    }
}

/// What becomes of a question about one line of a cart: its prices once they are confirmed.
pub(crate) type Priced = Box<dyn FnOnce(Option<Rc<dyn Told>>)>;

/// Asks for the prices of one line of a cart, as its calculator is answered.
pub(crate) fn price(mounted: &Mounted, product: &str, calculator: &Calculator, done: Priced) {
    let Some(asked) = Configuration::of(calculator) else {
        return done(None);
    };
    let question = question(product, calculator);
    mounted.api().quote(&question, move |status, body| {
        let told = answer(status, &body, asked.run());
        let confirmed = told.filter(|(_, outlook)| *outlook == Outlook::Confirmed);
        done(confirmed.map(|(prices, _)| Rc::new(prices) as Rc<dyn Told>));
    });
}
