//! Prices that somebody else computes: who is asked for a product, and what their word makes of a
//! quote.

mod desk;
mod fill;
mod shelf;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tirage_connectors::prices::PriceSource;
use tirage_pricing::Answers;
use tirage_wire::quote::Quote;

use crate::catalogue::Stored;
use crate::clock::Clock;
use crate::config::PricesConfig;
use desk::Desk;

pub(crate) use desk::Trust;

/// The desks of all products whose prices somebody else computes, by the product's key.
#[derive(Debug)]
pub(crate) struct Prices {
    settings: PricesConfig,
    clock: Arc<dyn Clock>,
    desks: RwLock<HashMap<String, Arc<Desk>>>,
}

impl Prices {
    pub(crate) fn new(settings: PricesConfig, clock: Arc<dyn Clock>) -> Self {
        Self {
            settings,
            clock,
            desks: RwLock::default(),
        }
    }

    /// From now on this source is asked for a product.
    pub(crate) fn open(&self, product: &str, source: Arc<dyn PriceSource>) {
        let desk = Desk::new(source, self.settings.clone(), Arc::clone(&self.clock));
        let mut desks = self.desks.write().unwrap_or_else(PoisonError::into_inner);
        desks.insert(product.to_owned(), Arc::new(desk));
    }

    /// Whether anybody is to be asked for a product.
    pub(crate) fn has_source(&self, product: &str) -> bool {
        self.desk(product).is_some()
    }

    fn desk(&self, product: &str) -> Option<Arc<Desk>> {
        let desks = self.desks.read().unwrap_or_else(PoisonError::into_inner);
        desks.get(product).cloned()
    }

    /// Asks for every run of a quote that waits for its source's word, and writes it in.
    ///
    /// Where nobody is to be asked, the quote stays as it is. `locale` is what the sentences are
    /// in; without one they come in every language.
    pub(crate) async fn fill(
        &self,
        (product, stored): (&str, &Stored),
        answers: &Answers,
        quote: &mut Quote,
        (trust, locale): (Trust, Option<&str>),
    ) {
        if !stored.template.is_priced_remotely() {
            return;
        }
        let Some(desk) = self.desk(product) else {
            return;
        };
        let asked = fill::asked(stored, answers, quote);
        let words = desk
            .ask(stored, asked.iter().map(|(_, own)| own), trust)
            .await;
        for ((at, _), word) in asked.iter().zip(words) {
            if let Some(run) = quote.runs.get_mut(*at) {
                fill::write(run, &word, locale);
            }
        }
    }
}
