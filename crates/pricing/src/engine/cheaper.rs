//! Larger runs that cost less: where a border of a table makes more pieces cheaper.

use crate::decimal::{Direction, add, at_most, compare, divide, multiply, subtract};
use crate::{Answers, Basis, Decimal, Numeric, Price, Template};

/// How many runs are priced in search of borders; with each run at a handful of microseconds
/// that is a page's blink at most.
const TRIES: usize = 256;

/// How many suggested runs are looked at.
const SUGGESTIONS: usize = 64;

/// A larger run that costs less in total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cheaper {
    /// The run.
    pub run: Decimal,
    /// What it costs.
    pub total: Decimal,
}

/// What a price was made of: a run with other rows is on the other side of a border.
type Rows = Option<Vec<(usize, usize, Decimal)>>;

struct Search<'t> {
    template: &'t Template,
    answers: &'t Answers,
    step: Decimal,
    max: Decimal,
    tries: usize,
}

/// The runs above this one that cost less, ascending; see [`Template::cheaper`].
pub(crate) fn cheaper(template: &Template, answers: &Answers, run: Decimal) -> Vec<Cheaper> {
    let mut found: Vec<Cheaper> = Vec::new();
    let Some(numeric) = template.quantity().and_then(|quantity| {
        let parameter = &template.parameters()[quantity];
        parameter.kind.numeric()
    }) else {
        return found;
    };
    let Some(total) = total(template, answers, run) else {
        return found;
    };
    let mut consider = |run: Decimal, candidate: Option<Decimal>| {
        let place = found.partition_point(|other| !at_most(run, other.run));
        let known = found
            .get(place)
            .is_some_and(|other| compare(other.run, run).is_eq());
        if let Some(candidate) = candidate.filter(|candidate| !at_most(total, *candidate) && !known)
        {
            let total = candidate;
            found.insert(place, Cheaper { run, total });
        }
    };
    let suggested = numeric
        .suggest
        .iter()
        .filter(|suggested| !at_most(**suggested, run));
    for suggested in suggested.take(SUGGESTIONS) {
        consider(*suggested, self::total(template, answers, *suggested));
    }
    let mut search = Search::new(template, answers, numeric);
    let mut at = run;
    while let Some((border, total)) = search.next_border(at) {
        consider(border, total);
        at = border;
    }
    found
}

fn price(template: &Template, answers: &Answers, run: Decimal) -> Option<Price> {
    let quote = template.quote(answers, &[run]);
    quote.runs.into_iter().next()?.price
}

fn total(template: &Template, answers: &Answers, run: Decimal) -> Option<Decimal> {
    price(template, answers, run).map(|price| price.total)
}

impl<'t> Search<'t> {
    fn new(template: &'t Template, answers: &'t Answers, numeric: &Numeric) -> Self {
        Self {
            template,
            answers,
            step: numeric.multiple.unwrap_or(Decimal::ONE),
            max: numeric.max,
            tries: TRIES,
        }
    }

    /// The next run that is priced by other rows than this one, and what it costs. First in
    /// strides that double, then by halving the last one.
    fn next_border(&mut self, at: Decimal) -> Option<(Decimal, Option<Decimal>)> {
        let (rows, _) = self.look(at)?;
        let mut stride = self.step;
        let mut below = at;
        let (mut border, mut total) = loop {
            let next = add(below, stride)?;
            let beyond = !at_most(next, self.max);
            if beyond && compare(stride, self.step).is_eq() {
                return None;
            }
            // The last stride may be too long; it begins again with a short one.
            if beyond {
                stride = self.step;
                continue;
            }
            let (other, total) = self.look(next)?;
            if other != rows {
                break (next, total);
            }
            below = next;
            stride = add(stride, stride)?;
        };
        loop {
            let steps = divide(subtract(border, below)?, self.step)?;
            if at_most(steps, Decimal::ONE) {
                return Some((border, total));
            }
            let half = Direction::Down.whole(divide(steps, Decimal::TWO)?);
            let middle = add(below, multiply(half, self.step)?)?;
            let (other, cost) = self.look(middle)?;
            if other == rows {
                below = middle;
            } else {
                (border, total) = (middle, cost);
            }
        }
    }

    /// What a run is made of and what it costs, as long as there are tries.
    fn look(&mut self, run: Decimal) -> Option<(Rows, Option<Decimal>)> {
        self.tries = self.tries.checked_sub(1)?;
        let price = price(self.template, self.answers, run);
        let total = price.as_ref().map(|price| price.total);
        Some((price.as_ref().map(rows), total))
    }
}

/// The lines there are, the rows that charges and shares read, and the shares that are taken.
fn rows(price: &Price) -> Vec<(usize, usize, Decimal)> {
    let mut rows = Vec::new();
    for line in &price.lines {
        rows.push(match line.basis {
            Basis::Charge { .. } => (line.line, 0, Decimal::ZERO),
            Basis::Percent { percent, .. } => (line.line, 0, percent),
            // What these add follows from the lines before.
            Basis::Rounding { .. } | Basis::Minimum { .. } | Basis::Vat { .. } => continue,
        });
        for lookup in price.lookups.of(line) {
            for spot in lookup.spots {
                rows.push((line.line, lookup.table + 1, Decimal::from(spot.row)));
            }
        }
    }
    rows
}
