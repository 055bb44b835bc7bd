//! The seam to whoever computes the prices of a product whose template carries none.
//!
//! A source answers one question at a time and knows nothing of buyers, caches or time limits:
//! remembering, waiting and giving up belong to the service.

mod memory;

use std::fmt;

use async_trait::async_trait;
use tirage_pricing::{Answers, Decimal, Texts};

use crate::error::ConnectorError;

pub use memory::{MemoryPrices, UnfitPriceList};

/// Computes the prices of products.
#[async_trait]
pub trait PriceSource: fmt::Debug + Send + Sync + 'static {
    /// Prices every run of a question; the answers come in the order of its runs.
    ///
    /// # Errors
    /// When there is no proper answer: a run that is not sold is one.
    async fn prices(&self, question: &PriceQuestion) -> Result<Vec<PriceAnswer>, ConnectorError>;
}

/// What a price is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceQuestion {
    /// Revision of the template that the answers are of.
    pub revision: String,
    /// ISO 4217 code of the prices.
    pub currency: String,
    /// The answers that count, without the one that says how many.
    pub answers: Answers,
    /// The parameter that says how many, where the template counts anything.
    pub quantity: Option<String>,
    /// How many; just one of them where the template counts nothing.
    pub runs: Vec<Decimal>,
}

impl PriceQuestion {
    /// The answers with this run among them.
    #[must_use]
    pub fn answers_for(&self, run: Decimal) -> Answers {
        let mut answers = self.answers.clone();
        if let Some(quantity) = &self.quantity {
            answers.set(quantity, tirage_pricing::Answer::Number(run));
        }
        answers
    }
}

/// A source's word on one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceAnswer {
    /// What it costs.
    Price(SourcePrice),
    /// It is not sold like that, in words for the buyer.
    Refused(Texts),
}

/// A price as its source tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePrice {
    /// The price to pay.
    pub total: Decimal,
    /// What it is made up of, as far as the source tells; then they add up to the total.
    pub lines: Vec<SourceLine>,
    /// In grams.
    pub weight: Option<Decimal>,
    /// How long production takes.
    pub production: Option<ProductionTime>,
}

/// A part of a source's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Its key, stable for this source.
    pub key: String,
    /// Its name.
    pub name: Texts,
    /// What it adds to the total; may be negative.
    pub amount: Decimal,
}

/// How long production takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductionTime {
    /// In working days.
    Days(Decimal),
    /// In working hours.
    Hours(Decimal),
}
