//! Prices by a price list that stays on the server: a second template with the same parameters.
//!
//! It stands in for a print house's system that computes prices, and serves shops whose prices no
//! competitor shall read in a page.

use std::time::Duration;

use async_trait::async_trait;
use tirage_pricing::{Kind, Price, RunQuote, Template, Texts, TimeUnit};

use super::{PriceAnswer, PriceQuestion, PriceSource, ProductionTime, SourceLine, SourcePrice};
use crate::error::ConnectorError;

/// A price list in memory.
#[derive(Debug)]
pub struct MemoryPrices {
    list: Template,
    delay: Duration,
}

/// Why a price list cannot price a product.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnfitPriceList {
    /// It asks somebody else.
    #[error("expected a template with prices of its own, found `\"prices\": \"remote\"`")]
    Remote,
    /// It prices in another currency.
    #[error("expected prices in {expected}, as the product's template has them, found {found}")]
    Currency {
        /// The product's currency.
        expected: String,
        /// The list's currency.
        found: String,
    },
    /// It lacks a question of the product, or asks it in another way.
    #[error("expected the parameter `{parameter}` of kind `{expected}`, found {found}")]
    Parameter {
        /// The parameter.
        parameter: String,
        /// Its kind in the product's template.
        expected: &'static str,
        /// Its kind here, or that there is none.
        found: String,
    },
}

impl MemoryPrices {
    /// Prices a product by a list, each answer after this delay.
    ///
    /// # Errors
    /// When the list does not know every question of the product's template.
    pub fn new(
        product: &Template,
        list: Template,
        delay: Duration,
    ) -> Result<Self, UnfitPriceList> {
        if list.is_priced_remotely() {
            return Err(UnfitPriceList::Remote);
        }
        if list.currency() != product.currency() {
            return Err(UnfitPriceList::Currency {
                expected: product.currency().to_owned(),
                found: list.currency().to_owned(),
            });
        }
        for asked in product.parameters() {
            // What passes through is never priced.
            if matches!(asked.kind, Kind::PassThrough) {
                continue;
            }
            let known = list.parameters().iter().find(|own| own.key == asked.key);
            let kind = known.map(|own| own.kind.as_str());
            if kind != Some(asked.kind.as_str()) {
                return Err(UnfitPriceList::Parameter {
                    parameter: asked.key.clone(),
                    expected: asked.kind.as_str(),
                    found: kind.map_or_else(|| "none".to_owned(), |kind| format!("`{kind}`")),
                });
            }
        }
        Ok(Self { list, delay })
    }

    fn answer(&self, question: &PriceQuestion, run: tirage_pricing::Decimal) -> PriceAnswer {
        let quote = self.list.quote(&question.answers_for(run), &[]);
        let counts = quote.notices.is_empty() && quote.problems.is_empty();
        match quote.runs.into_iter().next() {
            Some(RunQuote {
                price: Some(price), ..
            }) if counts => PriceAnswer::Price(self.told(&price)),
            run => {
                let of_run = run.map(|run| run.problems).unwrap_or_default();
                let mut problems = quote.problems.into_iter().chain(of_run);
                let words = problems.find_map(|problem| problem.message);
                PriceAnswer::Refused(words.unwrap_or_else(refusal))
            }
        }
    }

    fn told(&self, price: &Price) -> SourcePrice {
        let line = |line: &tirage_pricing::Line| {
            let info = self.list.lines().get(line.line)?;
            Some(SourceLine {
                key: info.key.clone(),
                name: info.name.clone(),
                amount: line.amount,
            })
        };
        let time = |time| match self.list.production()? {
            TimeUnit::Days => Some(ProductionTime::Days(time)),
            TimeUnit::Hours => Some(ProductionTime::Hours(time)),
        };
        SourcePrice {
            total: price.total,
            lines: price.lines.iter().filter_map(line).collect(),
            weight: price.weight,
            production: price.production.and_then(time),
        }
    }
}

#[async_trait]
impl PriceSource for MemoryPrices {
    async fn prices(&self, question: &PriceQuestion) -> Result<Vec<PriceAnswer>, ConnectorError> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let answer = |run: &tirage_pricing::Decimal| self.answer(question, *run);
        Ok(question.runs.iter().map(answer).collect())
    }
}

/// What is said where the list has no words of its own.
fn refusal() -> Texts {
    Texts::of([
        (
            "ru",
            "Для таких ответов цены нет, измените что-нибудь или напишите нам",
        ),
        (
            "en",
            "There is no price for these options, please change one or write to us",
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use tirage_pricing::{Answer, Answers, Decimal};

    const ASKED: &str = r#"{"format": 1, "key": "pads", "name": "Pads", "currency": "EUR",
        "prices": "remote", "parameters": [
            {"key": "run", "kind": "run", "name": "Run", "min": 1, "max": 1000, "default": 100}]}"#;
    const LIST: &str = r#"{"format": 1, "key": "pads", "name": "Pads", "currency": "EUR",
        "parameters": [
            {"key": "run", "kind": "run", "name": "Run", "min": 1, "max": 1000, "default": 100}],
        "tables": [{"key": "each", "axes": [{"key": "run", "ranges": [[1, 500]]}], "cells": ["1.25"]}],
        "lines": [{"key": "pads", "name": "Pads", "price": "each[run]", "times": "run"}]}"#;

    fn list(text: &str) -> Template {
        Template::parse(text).unwrap()
    }

    #[tokio::test]
    async fn every_run_gets_the_price_of_the_list_or_words() {
        let source = MemoryPrices::new(&list(ASKED), list(LIST), Duration::ZERO).unwrap();
        let question = PriceQuestion {
            revision: "r".to_owned(),
            currency: "EUR".to_owned(),
            answers: Answers::new(),
            quantity: Some("run".to_owned()),
            runs: vec![100.into(), 600.into()],
        };
        let answers = source.prices(&question).await.unwrap();
        let [PriceAnswer::Price(price), PriceAnswer::Refused(words)] = &answers[..] else {
            panic!("{answers:?}");
        };
        assert_eq!(price.total, Decimal::from(125));
        assert_eq!(price.lines[0].amount, price.total);
        assert_ne!(words.get("ru"), words.get("en"));
        let mut odd = question;
        odd.answers.set("colour", Answer::Flag(true));
        let answers = source.prices(&odd).await.unwrap();
        assert!(matches!(answers[0], PriceAnswer::Refused(_)), "{answers:?}");
    }

    #[test]
    fn a_list_that_does_not_fit_the_product_is_refused() {
        let refusal = |text: &str| {
            MemoryPrices::new(&list(ASKED), list(text), Duration::ZERO)
                .unwrap_err()
                .to_string()
        };
        assert!(refusal(ASKED).contains("remote"));
        assert!(refusal(&LIST.replace("EUR", "RUB")).contains("found RUB"));
        let bare = r#"{"format": 1, "key": "t", "name": "T", "currency": "EUR",
            "lines": [{"key": "a", "name": "A", "price": "1"}]}"#;
        assert!(refusal(bare).contains("`run`"), "{}", refusal(bare));
    }
}
