//! Holding a template to its worked examples.

use std::fmt;

use super::{Expectation, ExpectedLine, Template};
use crate::decimal::canonical;
use crate::{Basis, Decimal, Price, ProblemCode, Quote};

/// A number of a quote that is not the expected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Which number, such as `total` or `lines/print/amount`.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}`: expected {}, found {}",
            self.what, self.expected, self.found
        )
    }
}

impl Template {
    /// The worked examples that do not come out as they say: index and what differs.
    #[must_use]
    pub fn failing_examples(&self) -> Vec<(usize, Vec<Mismatch>)> {
        let outcome = |example: &super::Example| {
            example
                .expect
                .mismatches(self, &self.quote(&example.answers, &[]))
        };
        let examples = self.examples().iter().map(outcome).enumerate();
        examples
            .filter(|(_, mismatches)| !mismatches.is_empty())
            .collect()
    }
}

impl Expectation {
    /// What differs between this outcome and the first run of a quote.
    #[must_use]
    pub fn mismatches(&self, template: &Template, quote: &Quote) -> Vec<Mismatch> {
        let price = quote.runs.first().and_then(|run| run.price.as_ref());
        let mut comparison = Comparison {
            template,
            mismatches: Vec::new(),
        };
        match (self, price) {
            (Self::Problem(code), None) if codes(quote).any(|found| found == *code) => {}
            (Self::Problem(code), None) => {
                comparison.differs("problem", code.as_str(), problems(quote));
            }
            (Self::Problem(code), Some(price)) => {
                comparison.differs(
                    "problem",
                    code.as_str(),
                    format!("the price {}", canonical(price.total)),
                );
            }
            (Self::Price { total, .. }, None) => {
                comparison.differs("total", canonical(*total), problems(quote));
            }
            (
                Self::Price {
                    total,
                    values,
                    lines,
                },
                Some(price),
            ) => {
                comparison.number("total", Some(*total), Some(price.total));
                for (key, expected) in values {
                    comparison.value(key, *expected, price);
                }
                for (key, expected) in lines {
                    comparison.line(key, expected, price);
                }
            }
        }
        comparison.mismatches
    }
}

fn codes(quote: &Quote) -> impl Iterator<Item = ProblemCode> {
    let of_runs = quote.runs.iter().take(1).flat_map(|run| &run.problems);
    quote
        .problems
        .iter()
        .chain(of_runs)
        .map(|problem| problem.code)
}

fn problems(quote: &Quote) -> String {
    codes(quote)
        .map(ProblemCode::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

struct Comparison<'t> {
    template: &'t Template,
    mismatches: Vec<Mismatch>,
}

impl Comparison<'_> {
    fn differs(&mut self, what: &str, expected: impl Into<String>, found: impl Into<String>) {
        let (what, expected, found) = (what.to_owned(), expected.into(), found.into());
        self.mismatches.push(Mismatch {
            what,
            expected,
            found,
        });
    }

    fn number(&mut self, what: &str, expected: Option<Decimal>, found: Option<Decimal>) {
        if let Some(expected) = expected.filter(|expected| Some(*expected) != found) {
            self.differs(
                what,
                canonical(expected),
                found.map_or("none".to_owned(), canonical),
            );
        }
    }

    fn value(&mut self, key: &str, expected: Decimal, price: &Price) {
        let index = self
            .template
            .values()
            .iter()
            .position(|value| value.key == key);
        let found = index.and_then(|index| price.values.get(index).copied().flatten());
        self.number(&format!("values/{key}"), Some(expected), found);
    }

    /// A line that does not apply counts as an amount of 0.
    fn line(&mut self, key: &str, expected: &ExpectedLine, price: &Price) {
        let Some(index) = self
            .template
            .lines()
            .iter()
            .position(|line| line.key == key)
        else {
            return self.differs(&format!("lines/{key}"), "a line of the template", "none");
        };
        let line = price.lines.iter().find(|line| line.line == index);
        let amount = line.map_or(Decimal::ZERO, |line| line.amount);
        let (unit, times) = match line.map(|line| &line.basis) {
            Some(Basis::Charge { price, times, .. }) => (Some(*price), *times),
            _ => (None, None),
        };
        self.number(&format!("lines/{key}/price"), expected.price, unit);
        self.number(&format!("lines/{key}/times"), expected.times, times);
        self.number(
            &format!("lines/{key}/amount"),
            expected.amount,
            Some(amount),
        );
    }
}
