//! Prices that fall when the run grows: «cheaper to order more».
//!
//! A price falls where a run enters another row of a table, so between two runs that read
//! different rows the border is searched by halving. What falls within a row is not looked for.

use tirage_pricing::decimal::{canonical, round_to};
use tirage_pricing::{Answer, Answers, Basis, Decimal, Direction, Numeric, RunQuote};

use super::probe::{Prober, describe, step};
use super::{Lint, Remark};

/// The most borders between two of the numbers tried, and the most falls that are told.
const MOST_BORDERS: usize = 8;
const MOST_TOLD: usize = 10;

/// A run that costs less than a smaller one.
struct Fall {
    answers: Answers,
    /// The smallest run known that costs more.
    from: Decimal,
    before: (Decimal, Decimal),
    after: (Decimal, Decimal),
}

pub(super) fn falls(prober: &mut Prober<'_>) -> Vec<Remark> {
    let template = prober.template;
    let Some(quantity) = template.quantity() else {
        return Vec::new();
    };
    let Some(numeric) = template.parameters()[quantity].kind.numeric() else {
        return Vec::new();
    };
    let variations = prober.singles();
    let numbers = prober.numbers(numeric);
    let mut falls: Vec<Fall> = Vec::new();
    for answers in variations {
        let mut curve = Curve {
            prober,
            quantity,
            numeric,
            answers,
        };
        let Some(found) = curve.falls(&numbers) else {
            break;
        };
        for fall in found {
            // One combination per border is enough to see it.
            if falls.iter().all(|known| known.after.0 != fall.after.0) {
                falls.push(fall);
            }
        }
    }
    falls.sort_by_key(|fall| fall.after.0);
    told(prober, quantity, &falls)
}

fn told(prober: &Prober<'_>, quantity: usize, falls: &[Fall]) -> Vec<Remark> {
    let pointer = prober.template.places().parameters[quantity].clone();
    let remark = |fall: &Fall| {
        let [run, total, next, less] =
            [fall.before.0, fall.before.1, fall.after.0, fall.after.1].map(canonical);
        let message = format!(
            "cheaper to order more: {next} cost {less}, but {run} cost {total} \
             ({}; from {} on {next} are cheaper)",
            describe(&fall.answers),
            canonical(fall.from),
        );
        Remark::new(Lint::CheaperToOrderMore, pointer.clone(), message)
    };
    let mut remarks: Vec<Remark> = falls.iter().take(MOST_TOLD).map(remark).collect();
    if falls.len() > MOST_TOLD {
        let message = format!(
            "cheaper to order more: at {} more runs",
            falls.len() - MOST_TOLD
        );
        remarks.push(Remark::new(Lint::CheaperToOrderMore, pointer, message));
    }
    remarks
}

/// The price over the run, for fixed other answers.
struct Curve<'p, 't> {
    prober: &'p mut Prober<'t>,
    quantity: usize,
    numeric: &'p Numeric,
    answers: Answers,
}

/// The price of one run.
struct Point {
    run: Decimal,
    total: Option<Decimal>,
    /// The rows that were read; equal for runs priced by the same rows.
    rows: Vec<(usize, usize, usize)>,
}

impl Curve<'_, '_> {
    /// None when the limit is reached.
    fn falls(&mut self, numbers: &[Decimal]) -> Option<Vec<Fall>> {
        let mut falls = Vec::new();
        let mut row_start = *numbers.first()?;
        let mut last: Option<Point> = None;
        for number in numbers {
            let next = self.point(*number)?;
            let Some(mut before) = last.take() else {
                last = Some(next);
                continue;
            };
            for _ in 0..MOST_BORDERS {
                if before.rows == next.rows {
                    break;
                }
                let (below, above) = self.border(before, next.run)?;
                if let Some(fall) = self.fall(row_start, &below, &above)? {
                    falls.push(fall);
                }
                row_start = above.run;
                before = above;
                if before.run >= next.run {
                    break;
                }
            }
            last = Some(next);
        }
        Some(falls)
    }

    /// The last run with the rows of `below` and the first one with others.
    fn border(&mut self, mut below: Point, end: Decimal) -> Option<(Point, Point)> {
        let mut above = self.point(end)?;
        while let Some(middle) = self.middle(below.run, above.run) {
            let point = self.point(middle)?;
            if point.rows == below.rows {
                below = point;
            } else {
                above = point;
            }
        }
        Some((below, above))
    }

    fn fall(&mut self, start: Decimal, below: &Point, above: &Point) -> Option<Option<Fall>> {
        let (Some(before), Some(after)) = (below.total, above.total) else {
            return Some(None);
        };
        if after >= before {
            return Some(None);
        }
        let costs_more = |point: &Point| point.total.is_some_and(|total| total > after);
        let mut from = below.run;
        let mut cheap = start;
        if costs_more(&self.point(start)?) {
            from = start;
        }
        while let Some(middle) = self.middle(cheap, from) {
            if costs_more(&self.point(middle)?) {
                from = middle;
            } else {
                cheap = middle;
            }
        }
        Some(Some(Fall {
            answers: self.answers.clone(),
            from,
            before: (below.run, before),
            after: (above.run, after),
        }))
    }

    /// A run between two that are not neighbours. Where runs are not counted in steps, a
    /// hundredth is near enough.
    fn middle(&self, low: Decimal, high: Decimal) -> Option<Decimal> {
        let step = step(self.numeric).unwrap_or(Decimal::new(1, 2));
        let half = low.checked_add(high)?.checked_div(Decimal::TWO)?;
        let middle = round_to(half, step, Direction::Down)?;
        (low < middle && middle < high).then_some(middle)
    }

    fn point(&mut self, run: Decimal) -> Option<Point> {
        let mut answers = self.answers.clone();
        let key = &self.prober.template.parameters()[self.quantity].key;
        answers.set(key, Answer::Number(run));
        let quote = self.prober.quote(&answers)?;
        let priced = quote.runs.into_iter().next();
        Some(Point {
            run,
            total: priced
                .as_ref()
                .and_then(|priced| priced.price.as_ref())
                .map(|price| price.total),
            rows: priced.map(rows).unwrap_or_default(),
        })
    }
}

fn rows(priced: RunQuote) -> Vec<(usize, usize, usize)> {
    let mut rows = Vec::new();
    let Some(price) = priced.price else {
        return rows;
    };
    for line in &price.lines {
        if !matches!(line.basis, Basis::Charge { .. }) {
            continue;
        }
        for lookup in price.lookups.of(line) {
            let rows_of = lookup.spots.iter().filter(|spot| !spot.between);
            rows.extend(rows_of.map(|spot| (line.line, lookup.table, spot.row)));
        }
    }
    rows
}
