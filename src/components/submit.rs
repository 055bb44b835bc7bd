//! Sending an order: one per cart, whatever the network does.
//!
//! What was sent stays in the browser's storage until its outcome is known; without a connection
//! it goes out by itself as soon as there is one, also after a reload and from another tab.

use std::rc::Rc;

use wasm_bindgen::prelude::Closure;

use super::checkout::Form;
use super::shelf;
use crate::locale::fill;
use crate::state::cart::{Attempt, Cart};
use crate::state::checkout::{Outcome, body, outcome};
use crate::ui::browser;

/// How long to wait before trying again without a connection; doubled with every try.
const FIRST_WAIT_MS: i32 = 4_000;
const MOST_DOUBLINGS: u32 = 4;

impl Form {
    pub(super) fn submit(self: &Rc<Self>) {
        let page = &self.page;
        if page.sending.with(|sending| *sending) {
            return;
        }
        let mistakes = self.contact.borrow().mistakes(&self.today);
        if !mistakes.is_empty() {
            self.mark(mistakes);
            return;
        }
        let agreed = page.changes.with(Clone::clone);
        // The page may have stood open over midnight: what that changes was not agreed to.
        page.review();
        if page.changes.with(|changes| *changes != agreed) {
            page.message
                .set(page.locale.cart_texts().changed_title.to_owned());
            return;
        }
        if !self.agree() {
            return;
        }
        let text = body(&shelf::cart(), &self.contact.borrow(), page.locale);
        let Some(text) = text else {
            page.message
                .set(page.locale.cart_texts().not_computable.to_owned());
            return;
        };
        self.begin(text);
    }

    fn begin(self: &Rc<Self>, text: String) {
        let mut attempt = None;
        shelf::change(self.page.mounted.host(), |cart| {
            attempt = Some(cart.begin(text, shelf::random));
        });
        if let Some(attempt) = attempt {
            self.page.sending.set(true);
            self.page.message.set(String::new());
            self.send(attempt);
        }
    }

    /// Takes new prices over; only pressing the button that names them leads here.
    fn agree(&self) -> bool {
        let changes = self.page.changes.with(Clone::clone);
        if changes.iter().any(|change| change.total.is_none()) {
            return false;
        }
        if !changes.is_empty() {
            shelf::change(self.page.mounted.host(), |cart| cart.accept(changes));
            self.page.changes.set(Vec::new());
        }
        true
    }

    /// Goes on with what was sent before the page was reloaded, and when the connection is back.
    pub(super) fn resume(self: &Rc<Self>) {
        self.again();
        let own = Rc::clone(self);
        let online: Box<dyn Fn()> = Box::new(move || own.again());
        let life = self.page.mounted.api().life;
        browser::listen("online", Closure::wrap(online).into_js_value(), &life);
    }

    /// Sends what waits, byte for byte, unless it is on its way.
    fn again(self: &Rc<Self>) {
        let pending = shelf::cart().pending;
        if !pending.is_empty() && !self.page.sending.with(|sending| *sending) {
            self.begin(pending);
        }
    }

    fn wait(self: &Rc<Self>) {
        let tries = self.tries.get();
        self.tries.set(tries.saturating_add(1));
        let own = Rc::clone(self);
        let life = self.page.mounted.api().life;
        let again = Closure::once_into_js(move |over: Option<String>| {
            if over.is_none() {
                own.again();
            }
        });
        browser::after(FIRST_WAIT_MS << tries.min(MOST_DOUBLINGS), again, &life);
    }

    fn send(self: &Rc<Self>, attempt: Attempt) {
        let form = Rc::clone(self);
        let api = self.page.mounted.api();
        let (key, body) = (attempt.key.clone(), attempt.body.clone());
        api.submit(&key, &body, move |status, text| {
            form.answered(&attempt, status, &text);
        });
    }

    fn answered(self: &Rc<Self>, attempt: &Attempt, status: u16, text: &str) {
        let page = &self.page;
        let texts = page.locale.cart_texts();
        if status == 0 {
            page.message.set(texts.network.to_owned());
            page.sending.set(false);
            self.wait();
            return;
        }
        let outcome = outcome(status, text);
        if let (Outcome::AlreadyPlaced, Some(earlier)) = (&outcome, &attempt.earlier) {
            // The first try had arrived after all: its receipt is had by repeating it.
            self.send(Attempt {
                key: attempt.key.clone(),
                body: earlier.clone(),
                earlier: None,
            });
            page.message.set(texts.reused.to_owned());
            return;
        }
        page.sending.set(false);
        if outcome != Outcome::Busy {
            shelf::change(page.mounted.host(), |cart| cart.pending.clear());
        }
        self.settle(outcome);
    }

    fn settle(self: &Rc<Self>, outcome: Outcome) {
        let page = &self.page;
        let texts = page.locale.cart_texts();
        match outcome {
            Outcome::Placed(receipt) => {
                let remark = page.message.with(String::clone);
                page.placed.set(Some((receipt, remark)));
                shelf::change(page.mounted.host(), Cart::ordered_away);
            }
            Outcome::Changed(changes) => {
                page.message.set(texts.changed_title.to_owned());
                page.changes.set(changes);
                page.look_again();
            }
            Outcome::Invalid(fields) => self.mark(fields),
            Outcome::Unconfirmed => page.message.set(texts.not_confirmed.to_owned()),
            Outcome::Busy => {
                page.message.set(texts.service_busy.to_owned());
                self.wait();
            }
            Outcome::AlreadyPlaced => {
                shelf::change(page.mounted.host(), |cart| cart.key.clear());
                page.message.set(texts.service_busy.to_owned());
            }
            Outcome::Refused(detail) => {
                page.message
                    .set(fill(texts.refused, &[("detail", &detail)]));
            }
        }
    }
}
