//! The table of other quantities for the current options, and what a larger one would cost.
//!
//! Prices may fall when the quantity rises; that is said, never hidden.

use tirage_pricing::Decimal;
use tirage_pricing::decimal::{self, canonical};

use super::calculator::Calculator;
use super::words::Words;
use crate::locale::fill;

/// A quantity with its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The quantity.
    pub run: Decimal,
    /// The quantity for people, with its unit.
    pub label: String,
    /// The total as the wire writes it; empty where there is no price.
    pub exact: String,
    /// The total for people.
    pub total: String,
    /// The price of one.
    pub unit: String,
    /// Whether this quantity is the answered one.
    pub current: bool,
}

/// A larger quantity worth mentioning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The quantity.
    pub run: Decimal,
    /// What to say about it.
    pub sentence: String,
}

/// The table and the hint below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    /// The suggested quantities, ascending; none when the template suggests none.
    pub rows: Vec<RunRow>,
    /// The hint.
    pub hint: Option<Hint>,
}

/// The table of a calculator.
#[must_use]
pub fn view(calculator: &Calculator, words: &Words<'_>) -> Runs {
    let mut runs = Runs::default();
    let Some(numeric) = calculator.quantity() else {
        return runs;
    };
    if numeric.suggest.is_empty() {
        return runs;
    }
    let current = calculator.current();
    let now = current.map(|current| current.run);
    let mut priced = Vec::new();
    let quote = calculator.offers(&numeric.suggest);
    for offer in &quote.runs {
        let mut row = RunRow {
            run: offer.run,
            label: words.count(offer.run, numeric.unit.as_ref()),
            exact: String::new(),
            total: String::new(),
            unit: String::new(),
            current: now == Some(offer.run),
        };
        if let Some(price) = &offer.price {
            row.exact = canonical(price.total);
            row.total = words.format.money(price.total);
            row.unit = words.format.money(price.unit_price);
            priced.push((offer.run, price.total));
        }
        runs.rows.push(row);
    }
    let price = current.and_then(|current| current.price.as_ref());
    if let (Some(run), Some(price)) = (now, price) {
        let now = (run, price.total);
        runs.hint = worth_more(now, &priced).and_then(|offer| hint(calculator, now, offer, words));
    }
    runs
}

fn hint(
    calculator: &Calculator,
    now: (Decimal, Decimal),
    (run, total): (Decimal, Decimal),
    words: &Words<'_>,
) -> Option<Hint> {
    let texts = words.locale.texts;
    let money = |amount: Decimal| words.format.money(amount);
    let label = words.count(run, calculator.unit());
    let price = money(total);
    let saving = decimal::subtract(now.1, total)?;
    let sentence = if saving.is_sign_negative() || saving.is_zero() {
        let more = decimal::subtract(run, now.0)?;
        let count = words.pieces(more, calculator.unit());
        let values = [
            ("count", &*count),
            ("extra", &*money(-saving)),
            ("run", &*label),
            ("price", &*price),
        ];
        fill(texts.little_more, &values)
    } else {
        let values = [
            ("run", &*label),
            ("price", &*price),
            ("saving", &*money(saving)),
        ];
        fill(texts.cheaper, &values)
    };
    Some(Hint { run, sentence })
}

/// The larger quantity that costs least and less than now, else the next one whose extra pieces
/// cost at most half of what a piece costs now. The offers ascend by quantity.
fn worth_more(
    (run, total): (Decimal, Decimal),
    offers: &[(Decimal, Decimal)],
) -> Option<(Decimal, Decimal)> {
    let mut next = None;
    let mut cheaper = None;
    let mut least = total;
    for offer in offers {
        if decimal::compare(run, offer.0).is_ge() {
            continue;
        }
        next = next.or(Some(*offer));
        if decimal::compare(offer.1, least).is_lt() {
            least = offer.1;
            cheaper = Some(*offer);
        }
    }
    if cheaper.is_some() {
        return cheaper;
    }
    let (more, price) = next?;
    let extra = decimal::subtract(price, total)?;
    let twice = decimal::multiply(decimal::add(extra, extra)?, run)?;
    let worth = decimal::multiply(total, decimal::subtract(more, run)?)?;
    decimal::compare(worth, twice)
        .is_ge()
        .then_some((more, price))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(run: u32, total: u32) -> (Decimal, Decimal) {
        (run.into(), total.into())
    }

    #[test]
    fn a_larger_quantity_is_mentioned_only_where_it_is_worth_it() {
        let offers = [
            pair(100, 500),
            pair(250, 800),
            pair(500, 790),
            pair(900, 2000),
        ];
        for (now, mentioned) in [
            (pair(100, 500), Some(pair(250, 800))),
            (pair(300, 900), Some(pair(500, 790))),
            (pair(250, 800), Some(pair(500, 790))),
            (pair(500, 790), None),
            (pair(900, 2000), None),
        ] {
            assert_eq!(worth_more(now, &offers), mentioned, "{now:?}");
        }
        assert_eq!(worth_more(pair(100, 500), &[pair(200, 990)]), None);
    }
}
