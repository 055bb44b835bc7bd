//! Holding a template to its worked examples.

use std::fmt;

use super::{Example, Expectation, ExpectedFacts, ExpectedLine, Template};
use crate::decimal::canonical;
use crate::{Basis, Decimal, Notice, Price, Problem, Quote, date};

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
        let outcome = |example: &Example| {
            let quote = self.quote(&example.answers, &[]);
            let mut mismatches = self.unfit(example, &quote);
            mismatches.extend(example.expect.mismatches(self, &quote));
            mismatches
        };
        let examples = self.examples().iter().map(outcome).enumerate();
        examples
            .filter(|(_, mismatches)| !mismatches.is_empty())
            .collect()
    }

    /// Answers that the template does not ask for, and the day that it counts from, which nobody
    /// fills in for an example.
    fn unfit(&self, example: &Example, quote: &Quote) -> Vec<Mismatch> {
        let unfit = |key: &str, expected: &str| Mismatch {
            what: format!("answers/{key}"),
            expected: expected.to_owned(),
            found: "none".to_owned(),
        };
        let unknown = quote.notices.iter().filter_map(|notice| match notice {
            Notice::Unknown { path, .. } => Some(unfit(path, "a parameter of this path")),
            _ => None,
        });
        let parameters = self.parameters().iter();
        let today = parameters.filter(|parameter| {
            parameter.is_today() && example.answers.answer(&parameter.key).is_none()
        });
        let today =
            today.map(|parameter| unfit(&parameter.key, "the day from which the example counts"));
        unknown.chain(today).collect()
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
            (Self::Problem(code), None) if all(quote).any(|problem| problem.code == *code) => {}
            (Self::Problem(code), None) => {
                comparison.differs("problem", code.as_str(), problems(template, quote));
            }
            (Self::Problem(code), Some(price)) => {
                comparison.differs(
                    "problem",
                    code.as_str(),
                    format!("the price {}", canonical(price.total)),
                );
            }
            (Self::Price { total, .. }, None) => {
                comparison.differs("total", canonical(*total), problems(template, quote));
            }
            (
                Self::Price {
                    total,
                    facts,
                    values,
                    lines,
                },
                Some(price),
            ) => {
                comparison.number("total", Some(*total), Some(price.total));
                comparison.facts(facts, price);
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

fn all(quote: &Quote) -> impl Iterator<Item = &Problem> {
    let of_runs = quote.runs.iter().take(1).flat_map(|run| &run.problems);
    quote.problems.iter().chain(of_runs)
}

/// The codes of what is wrong, each with what it is about and the answer it found.
fn problems(template: &Template, quote: &Quote) -> String {
    let told = all(quote).map(|problem| {
        let mut told = problem.code.as_str().to_owned();
        let about = problem
            .parameter
            .and_then(|index| template.parameters().get(index));
        if let Some(parameter) = about {
            told += &format!(": `{}`", parameter.key);
        }
        if let Some((_, value)) = problem.arguments.iter().find(|(name, _)| *name == "value") {
            told += &format!(" is `{value}`");
        }
        told
    });
    told.collect::<Vec<_>>().join(", ")
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

    fn facts(&mut self, expected: &ExpectedFacts, price: &Price) {
        let before = (expected.total_before_discount, price.total_before_discount);
        for (what, (expected, found)) in [
            ("total_before_discount", before),
            ("vat", (expected.vat, price.vat)),
            ("weight", (expected.weight, price.weight)),
            ("production", (expected.production, price.production)),
        ] {
            self.number(what, expected, found);
        }
    }

    fn value(&mut self, key: &str, expected: Decimal, price: &Price) {
        let index = self
            .template
            .values()
            .iter()
            .position(|value| value.key == key);
        let found = index.and_then(|index| price.values.get(index).copied().flatten());
        let is_day = index.is_some_and(|index| self.template.values()[index].date);
        let what = format!("values/{key}");
        if is_day && found.is_some_and(|found| found != expected) {
            let found = found.map_or_else(String::new, date::written);
            return self.differs(&what, date::written(expected), found);
        }
        self.number(&what, Some(expected), found);
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
