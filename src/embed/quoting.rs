//! A mounted calculator: its product, and what the page asks of it and does to it.

use std::rc::Rc;

use tirage_pricing::Template;

use super::{Mounted, Standing, desk};
use crate::chunks::{Keep, More};
use crate::components::calculator::{Loaded, Session};
use crate::components::shelf::{self, Found};
use crate::state::product::Product;
use crate::ui::flush;

impl Mounted {
    /// Loads the product and shows its calculator.
    pub(super) fn start_calculator(self: &Rc<Self>) {
        let turn = self.turn.get().wrapping_add(1);
        self.turn.set(turn);
        let this = Rc::clone(self);
        let options = self.options();
        self.api()
            .calculator(&options.product, &options.shown, move |answer| {
                // Meanwhile the element may have become another product's.
                if this.turn.get() != turn {
                    return;
                }
                match answer {
                    Ok((calculator, template)) => this.find_answers(calculator, template),
                    Err(error) => this.fail(&error),
                }
            });
    }

    /// Takes the answers that the page's address may ask for.
    fn find_answers(self: &Rc<Self>, product: Product, template: &'static Template) {
        if !shelf::asks() {
            return self.begin_calculator(product, template, Found::default());
        }
        let this = Rc::clone(self);
        Keep::load(self, move |keep| match keep {
            Ok(keep) => {
                let found = keep.find(&product.key, template);
                this.begin_calculator(product, template, found);
            }
            Err(error) => this.fail(&error),
        });
    }

    fn begin_calculator(
        self: &Rc<Self>,
        mut product: Product,
        template: &'static Template,
        found: Found,
    ) {
        self.stored.replace(std::mem::take(&mut product.options));
        let loaded = Loaded::new(product, template, found);
        desk::forget(&self.host);
        self.take_up(Rc::new(loaded));
    }

    /// Tells the page that a calculator is there, and what happened since its first price.
    pub(crate) fn welcome(&self, session: &Session, more: More) {
        self.more.set(Some(more));
        let options = self.options.borrow().whole.clone();
        flush();
        desk::begin(&self.host, &options, &session.loaded.product.key);
    }

    /// What comes right after the price, once it is there.
    pub(crate) fn more(&self) -> Option<More> {
        self.more.get()
    }

    /// The calculator with all that a page may do to it, once that is there.
    pub(super) fn open(&self) -> Option<(Rc<Session>, More)> {
        Some((self.session()?, self.more.get()?))
    }

    /// The calculator on the screen, once there is one.
    pub(crate) fn session(&self) -> Option<Rc<Session>> {
        self.session.borrow().upgrade()
    }

    pub(crate) fn remember(&self, session: &Rc<Session>) {
        self.session.replace(Rc::downgrade(session));
    }

    pub(crate) fn tell(&self, source: &str, standing: &Standing<'_>) {
        let options = self.options.borrow().whole.clone();
        flush();
        desk::tell(
            &self.host,
            &options,
            source,
            &standing.news,
            standing.line.as_deref(),
            &standing.total,
            standing.currency,
            &standing.problem,
            standing.is_preliminary,
        );
    }

    /// Whether the page leaves it to the calculator to go on, by this button.
    pub(crate) fn ask_page(&self, source: &str, button: &str) -> bool {
        flush();
        desk::ask(&self.host, source, button)
    }

    /// Why the buyer may not go on: the page's latest word.
    pub(crate) fn held(&self) -> Option<String> {
        self.holds
            .borrow()
            .last()
            .map(|(_, message)| message.clone())
    }

    /// Holds the buyer back under a name, or no longer.
    pub(crate) fn hold(&self, name: &str, message: Option<String>) {
        let mut holds = self.holds.borrow_mut();
        holds.retain(|(known, _)| known != name);
        holds.extend(message.map(|message| (name.to_owned(), message)));
    }
}
