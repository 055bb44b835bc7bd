//! What follows from what the buyer does: the price, what is shown beside it, and what the page is
//! told.

use std::rc::Rc;

use super::calculator::{Act, Button, Session};
use super::{runs, share};
use crate::chunks::{Keep, Why};
use crate::embed::Standing;
use crate::locale::fill;
use crate::state::field::views;
use crate::state::price::PriceView;
use crate::state::public;
use crate::state::runs::Runs;
use crate::ui::{El, Live, el};

/// What stands beside the price, and how it follows.
pub(super) fn rest(session: &Rc<Session>) -> El {
    let runs = Live::new(runs_of(session));
    let reasons = reasons(session);
    let rest = el("div|class=more").with(&[
        runs::show(session, &runs),
        reasons,
        share::button(session),
        session.trouble,
    ]);
    let own = Rc::downgrade(session);
    let follow = move |is_news| {
        let Some(session) = own.upgrade() else {
            return;
        };
        runs.set(runs_of(&session));
        let state = session.loaded.state.borrow();
        let price = state.current().and_then(|current| current.price.as_ref());
        reasons.mark(
            "data-empty",
            price.is_none_or(|price| price.lines.is_empty()),
        );
        if is_news {
            session.shared.set("");
        }
    };
    follow(false);
    session.follow.borrow_mut().push(Rc::new(follow));
    rest
}

fn runs_of(session: &Session) -> Runs {
    crate::state::runs::view(&session.loaded.state.borrow(), &session.figures.words())
}

/// Where the price is explained as soon as the buyer wants to know.
fn reasons(session: &Rc<Session>) -> El {
    let details = el("details|class=how|part=explanation");
    let own = Rc::downgrade(session);
    let summary = el("summary").text(session.options.locale.texts.how_made);
    // The browser opens them only when there is something to read, so that nothing jumps.
    let summary = summary.on_own("click", move |_| {
        let is_empty = details.find("ul").is_none();
        if let (Some(session), true) = (own.upgrade(), is_empty) {
            Why::bring(&session, move |session, why| why.open(session, details));
        }
        is_empty
    });
    details.with(&[summary])
}

impl Session {
    /// Does what the buyer did, or the page in the buyer's place.
    pub(crate) fn perform(self: &Rc<Self>, act: Act) {
        let more = self.mounted.more();
        if let Some(more) = more {
            more.remember(self, &act);
        }
        if !self.loaded.is_welcome.get() {
            // As it stood before: what is told then is the buyer's.
            self.tell_all();
        }
        let state = &self.loaded.state;
        match act {
            Act::Input(index, input) => {
                state
                    .borrow_mut()
                    .input(index, input, &self.figures.words());
                self.refresh("buyer", &[index]);
            }
            Act::Leave(index) => {
                state.borrow_mut().settle(index);
                self.refresh("buyer", &[index]);
            }
            Act::Run(run) => {
                state.borrow_mut().choose_run(run);
                let quantity = state.borrow().template().quantity();
                self.refresh("buyer", quantity.as_slice());
            }
            // The page may want to hold the buyer back, and was not asked yet.
            Act::GoOn(..) | Act::Rearrange(..) | Act::Share if !self.loaded.is_welcome.get() => {
                self.loaded.waiting.replace(Some(act));
                self.begin();
            }
            // It waits for the price to be confirmed; what asks for it hears of that.
            Act::GoOn(source, _) if state.borrow().is_preliminary() => {
                self.loaded.waiting.replace(Some(act));
                self.refresh(source, &[]);
            }
            Act::Share => {
                if let Some(more) = more {
                    more.share(self);
                }
            }
            Act::Rearrange(section, how) => {
                if let Some(more) = more {
                    more.rearrange(self, section, how);
                }
            }
            Act::GoOn(source, button) => {
                if !self.go_on(source, button) {
                    self.mounted.focus_mistake();
                }
            }
        }
        if let Some(more) = more {
            more.offer(self);
        }
    }

    /// Shows what follows from the answers; only what became another one is touched.
    /// `own` are the parameters that `source` answered: what else changed, rules have changed.
    pub(crate) fn refresh(&self, source: &str, own: &[usize]) {
        let state = self.loaded.state.borrow();
        let words = self.figures.words();
        let mut remarks = String::new();
        let mut changed = Vec::new();
        let views = views(&state, &words).into_iter().enumerate();
        for ((index, view), live) in views.zip(&self.fields) {
            let notice =
                live.with(|before| view.notice.clone().filter(|_| before.notice != view.notice));
            if let Some(change) = notice {
                remarks.push_str(&self.sentence(index, &change));
                remarks.push_str(". ");
            }
            if live.change(view) {
                changed.push(index);
            }
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
        self.follow(is_news);
        self.tell(source, own, &changed);
    }

    /// Shows again what stands beside the price, told whether there is news.
    pub(super) fn follow(&self, is_news: bool) {
        let follow = self.follow.borrow().clone();
        for follow in follow {
            follow(is_news);
        }
    }

    /// Tells the page where the calculator stands; `changed` are the parameters that may have another
    /// answer than when it was told last, and `own` those that `source` answered.
    pub(crate) fn tell(&self, source: &str, own: &[usize], changed: &[usize]) {
        self.held.set(self.mounted.held());
        let state = self.loaded.state.borrow();
        let standing = Standing {
            news: public::news(&state, changed, own),
            line: public::line(&self.loaded.product, &state),
            total: self.price.with(|price| price.exact.clone()),
            currency: &self.loaded.product.currency,
            problem: self.held.with(Clone::clone).unwrap_or_else(|| {
                let first = |price: &PriceView| price.problems.first().cloned();
                self.price.with(first).unwrap_or_else(|| {
                    let asks = state.is_preliminary();
                    let texts = self.options.locale.texts;
                    if asks { texts.priced_remotely } else { "" }.to_owned()
                })
            }),
            is_preliminary: state.is_preliminary(),
        };
        drop(state);
        self.mounted.tell(source, &standing);
    }

    /// Goes on with the answers, into the cart unless the page or the shop wants something else; returns
    /// whether they could go on.
    fn go_on(self: &Rc<Self>, source: &str, button: Button) -> bool {
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
        if self.mounted.ask_page(source, button.as_str()) {
            let answers = self.loaded.state.borrow().answers().clone();
            Keep::bring(self, move |session, keep| {
                keep.put(session, &answers, button);
            });
        }
        true
    }
}
