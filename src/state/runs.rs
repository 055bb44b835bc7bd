//! The table of other quantities for the current options, and what a larger one would cost.
//!
//! Prices may fall when the quantity rises; that is said, never hidden.

use tirage_pricing::{Decimal, decimal::canonical};

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
    let template = calculator.template();
    let quantity = template.quantity().and_then(|index| {
        let parameter = template.parameters().get(index)?;
        parameter.kind.numeric()
    });
    let Some(numeric) = quantity.filter(|numeric| !numeric.suggest.is_empty()) else {
        return Runs::default();
    };
    let current = calculator.current();
    let offers = template.quote(calculator.answers(), &numeric.suggest).runs;
    let unit = numeric.unit.as_ref();
    let rows = offers
        .iter()
        .map(|offer| {
            let price = offer.price.as_ref();
            RunRow {
                run: offer.run,
                label: words.count(offer.run, unit),
                exact: price.map(|p| canonical(p.total)).unwrap_or_default(),
                total: price
                    .map(|p| words.format.money(p.total))
                    .unwrap_or_default(),
                unit: price
                    .map(|p| words.format.money(p.unit_price))
                    .unwrap_or_default(),
                current: current.is_some_and(|current| current.run == offer.run),
            }
        })
        .collect();
    let now = current.and_then(|run| Some((run.run, run.price.as_ref()?.total)));
    let priced: Vec<(Decimal, Decimal)> = offers
        .iter()
        .filter_map(|offer| Some((offer.run, offer.price.as_ref()?.total)))
        .collect();
    let hint = now.and_then(|now| worth_more(now, &priced)).map(|offer| {
        let (run, total) = offer;
        let (now_run, now_total) = now.unwrap_or_default();
        let label = words.count(run, unit);
        let money = |amount: Decimal| words.format.money(amount);
        let texts = words.locale.texts;
        let sentence = if total < now_total {
            let saving = money(now_total - total);
            let price = money(total);
            fill(
                texts.cheaper,
                &[("run", &label), ("price", &price), ("saving", &saving)],
            )
        } else {
            let count = words.pieces(run - now_run, unit);
            let (extra, price) = (money(total - now_total), money(total));
            fill(
                texts.little_more,
                &[
                    ("count", &count),
                    ("extra", &extra),
                    ("run", &label),
                    ("price", &price),
                ],
            )
        };
        Hint { run, sentence }
    });
    Runs { rows, hint }
}

/// The larger quantity that costs less, else the next one whose extra pieces cost at most half of
/// what a piece costs now.
fn worth_more(
    (run, total): (Decimal, Decimal),
    offers: &[(Decimal, Decimal)],
) -> Option<(Decimal, Decimal)> {
    let larger = || offers.iter().copied().filter(move |(more, _)| *more > run);
    let cheaper = larger()
        .filter(|(_, price)| *price < total)
        .min_by_key(|(_, price)| *price);
    cheaper.or_else(|| {
        let (more, price) = larger().next()?;
        let twice_extra = price.checked_sub(total)?.checked_mul(Decimal::TWO)?;
        let half_worth =
            twice_extra.checked_mul(run)? <= total.checked_mul(more.checked_sub(run)?)?;
        half_worth.then_some((more, price))
    })
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
