//! What the template promises of its prices, and two prices that do not keep to it.
//!
//! One number grows in small and large steps while all other answers stay. Where the next number
//! reads other rows or other percentages, the border between them is searched by halving: there
//! prices fall, and at the numbers that the template names itself.

use std::collections::BTreeSet;

use tirage_pricing::decimal::{canonical, parse, round_to};
use tirage_pricing::json::Json;
use tirage_pricing::{
    Answer, Answers, Basis, Broken, Decimal, Direction, Numeric, Promise, Promised, Quote, Trend,
};

use super::probe::{Prober, describe, step};
use super::{Lint, Remark, Tried};
use crate::cli::source::Loaded;

/// So many numbers are all tried with the default answers, else only those that stand out.
const ALL_OF: usize = 2_000;
/// The most borders between two of the numbers tried.
const MOST_BORDERS: usize = 8;

/// Looks at every promise, each with as many prices as the whole of the other lints.
pub(super) fn remarks(loaded: &Loaded<'_>) -> (Vec<Remark>, Tried) {
    let mut remarks = Vec::new();
    let mut tried = Tried {
        all: true,
        combinations: 0,
    };
    for (index, promise) in loaded.template.promises().iter().enumerate() {
        let mut prober = Prober::new(&loaded.template);
        let found = Search::new(&mut prober, promise, &loaded.json).run();
        let pointer = format!("/promises/{index}");
        remarks.extend(found.remarks(loaded, promise, &pointer));
        let of_it = prober.tried();
        tried.combinations += of_it.combinations;
        tried.all &= of_it.all;
    }
    (remarks, tried)
}

/// Two prices that break a promise, and with how many other answers it is broken too.
struct Breach {
    broken: Broken,
    numbers: [Decimal; 2],
    answers: Answers,
    more: usize,
    last: Answers,
}

#[derive(Default)]
struct Found {
    breaches: Vec<Breach>,
    compared: usize,
}

struct Search<'s, 't> {
    prober: &'s mut Prober<'t>,
    promise: &'s Promise,
    numeric: Option<&'t Numeric>,
    /// Ascending.
    numbers: Vec<Decimal>,
    offered: Vec<Decimal>,
    found: Found,
}

/// A number with its price.
struct Point {
    number: Decimal,
    quote: Quote,
    marks: Vec<(usize, usize, Decimal)>,
}

impl<'s, 't> Search<'s, 't> {
    fn new(prober: &'s mut Prober<'t>, promise: &'s Promise, json: &Json) -> Self {
        let numeric = prober.template.parameters()[promise.with].kind.numeric();
        let (mut numbers, mut offered) = (Vec::new(), Vec::new());
        if let Some(numeric) = numeric {
            let named = numeric.only.iter().chain(&numeric.suggest);
            offered = sorted(named.chain([&numeric.min, &numeric.max]).copied());
            numbers = if numeric.only.is_empty() {
                standing_out(prober, numeric, json)
            } else {
                sorted(numeric.only.iter().copied())
            };
        }
        Self {
            prober,
            promise,
            numeric,
            numbers,
            offered,
            found: Found::default(),
        }
    }

    /// The default answers, each single other answer, and each pair, as long as the limit allows.
    fn run(mut self) -> Found {
        let defaults = self.prober.with(&[]);
        let all = self.numeric.and_then(all_of);
        let mut whole = match all {
            Some(all) => self.compare(&defaults, &all),
            None => Some(()),
        };
        let variations = self.prober.singles().into_iter();
        for answers in variations.chain(self.prober.pairs()) {
            let numbers = self.numbers.clone();
            let offered = self.offered.clone();
            whole = whole
                .and_then(|()| self.compare(&answers, &numbers))
                .and_then(|()| self.compare(&answers, &offered));
        }
        self.found
    }

    /// Compares the prices of neighbours among the numbers; none when the limit is reached.
    fn compare(&mut self, answers: &Answers, numbers: &[Decimal]) -> Option<()> {
        let mut last: Option<Point> = None;
        for number in numbers {
            let next = self.point(answers, *number)?;
            if let Some(before) = last.take() {
                self.judge(answers, &before, &next);
                self.borders(answers, before, &next)?;
            }
            last = Some(next);
        }
        Some(())
    }

    /// Compares on both sides of each border between two numbers.
    fn borders(&mut self, answers: &Answers, mut before: Point, end: &Point) -> Option<()> {
        for _ in 0..MOST_BORDERS {
            if before.marks == end.marks {
                break;
            }
            let mut above: Option<Point> = None;
            loop {
                let high = above.as_ref().map_or(end.number, |point| point.number);
                let Some(middle) = self.middle(before.number, high) else {
                    break;
                };
                let point = self.point(answers, middle)?;
                if point.marks == before.marks {
                    before = point;
                } else {
                    above = Some(point);
                }
            }
            self.judge(answers, &before, above.as_ref().unwrap_or(end));
            match above {
                Some(point) => before = point,
                None => break,
            }
        }
        Some(())
    }

    fn judge(&mut self, answers: &Answers, smaller: &Point, larger: &Point) {
        let template = self.prober.template;
        let broken = self.promise.broken(template, &smaller.quote, &larger.quote);
        let Some(broken) = broken else {
            return;
        };
        self.found.compared += 1;
        for broken in broken {
            let same = |known: &&mut Breach| known.broken.promised == broken.promised;
            match self.found.breaches.iter_mut().find(same) {
                Some(known) if known.last == *answers => {}
                Some(known) => {
                    known.more += 1;
                    known.last = answers.clone();
                }
                None => self.found.breaches.push(Breach {
                    broken,
                    numbers: [smaller.number, larger.number],
                    answers: answers.clone(),
                    more: 0,
                    last: answers.clone(),
                }),
            }
        }
    }

    fn point(&mut self, answers: &Answers, number: Decimal) -> Option<Point> {
        let mut answers = answers.clone();
        let key = &self.prober.template.parameters()[self.promise.with].key;
        answers.set(key, Answer::Number(number));
        let quote = self.prober.quote(&answers)?;
        Some(Point {
            number,
            marks: marks(&quote),
            quote,
        })
    }

    fn middle(&self, low: Decimal, high: Decimal) -> Option<Decimal> {
        let numeric = self.numeric.filter(|numeric| numeric.only.is_empty())?;
        let half = low.checked_add(high)?.checked_div(Decimal::TWO)?;
        let middle = round_to(half, grain(numeric), Direction::Down)?;
        (low < middle && middle < high).then_some(middle)
    }
}

impl Found {
    fn remarks(&self, loaded: &Loaded<'_>, promise: &Promise, pointer: &str) -> Vec<Remark> {
        let template = &loaded.template;
        let with = &template.parameters()[promise.with].key;
        if self.compared == 0 {
            let message = format!("no two prices were found that differ in `{with}` alone");
            return vec![Remark::new(Lint::UntriedPromise, pointer, message)];
        }
        let remark = |breach: &Breach| {
            let Breach {
                broken, numbers, ..
            } = breach;
            let (what, place) = match broken.promised {
                Promised::Total => ("the total".to_owned(), "total".to_owned()),
                Promised::UnitPrice => ("the unit price".to_owned(), "unit_price".to_owned()),
                Promised::Line(line) => {
                    let key = &template.lines()[line].key;
                    (format!("the line `{key}`"), format!("lines/{key}"))
                }
            };
            let verb = match broken.trend {
                Trend::NeverFalls => "fall",
                Trend::NeverRises => "rise",
            };
            let [from, to] = numbers.map(canonical);
            let [before, after] = [broken.smaller, broken.larger].map(canonical);
            let more = match breach.more {
                0 => String::new(),
                more => format!(", and with {more} more of those tried"),
            };
            let message = format!(
                "expected {what} never to {verb} with `{with}`, \
                 found {before} for {from} and {after} for {to} ({}{more})",
                describe(&breach.answers)
            );
            Remark::new(Lint::BrokenPromise, format!("{pointer}/{place}"), message)
        };
        self.breaches.iter().map(remark).collect()
    }
}

/// What a price is made of: the lines there are, the rows they read, the shares that are taken.
fn marks(quote: &Quote) -> Vec<(usize, usize, Decimal)> {
    let price = quote.runs.first().and_then(|run| run.price.as_ref());
    let mut marks = Vec::new();
    let Some(price) = price else {
        return marks;
    };
    for line in &price.lines {
        marks.push(match line.basis {
            Basis::Percent { percent, .. } => (line.line, 0, percent),
            _ => (line.line, 0, Decimal::ZERO),
        });
        for lookup in price.lookups.of(line) {
            let spots = lookup.spots.iter().filter(|spot| !spot.between);
            marks.extend(spots.map(|spot| (line.line, lookup.table + 1, spot.row.into())));
        }
    }
    marks
}

/// The numbers the other lints try and those that stand anywhere in the template, such as the one
/// in `if run > 300`, each with its neighbours.
fn standing_out(prober: &Prober<'_>, numeric: &Numeric, json: &Json) -> Vec<Decimal> {
    let mut written = BTreeSet::new();
    numbers_in(json, &mut written);
    let grain = grain(numeric);
    let wanted = prober.numbers(numeric).into_iter().chain(written);
    let fitting = wanted.filter_map(|number| round_to(number, grain, Direction::Down));
    let neighbours = |number: Decimal| {
        let around = [number.checked_sub(grain), number.checked_add(grain)];
        [Some(number)].into_iter().chain(around).flatten()
    };
    let within = |number: &Decimal| (numeric.min..=numeric.max).contains(number);
    sorted(fitting.flat_map(neighbours).filter(within))
}

fn numbers_in(json: &Json, into: &mut BTreeSet<Decimal>) {
    match json {
        Json::Text(text) => {
            let digits = |character: char| !character.is_ascii_digit() && character != '.';
            into.extend(text.split(digits).filter_map(parse));
        }
        Json::Number(number) => into.extend(parse(number)),
        Json::List(items) => items.iter().for_each(|item| numbers_in(item, into)),
        // The numbers of worked examples are prices.
        Json::Object(fields) => fields
            .iter()
            .filter(|(key, _)| key != "examples")
            .for_each(|(_, value)| numbers_in(value, into)),
        Json::Null | Json::Bool(_) => {}
    }
}

/// All numbers there are, if they are not too many.
fn all_of(numeric: &Numeric) -> Option<Vec<Decimal>> {
    if !numeric.only.is_empty() {
        return None;
    }
    let grain = grain(numeric);
    let first = round_to(numeric.min, grain, Direction::Up)?;
    let mut all = Vec::new();
    let mut next = Some(first);
    while let Some(number) = next.filter(|number| *number <= numeric.max) {
        if all.len() == ALL_OF {
            return None;
        }
        all.push(number);
        next = number.checked_add(grain);
    }
    Some(all)
}

/// The distance of two answers; a hundredth where they are not counted in steps.
fn grain(numeric: &Numeric) -> Decimal {
    step(numeric).unwrap_or(Decimal::new(1, 2))
}

fn sorted(numbers: impl Iterator<Item = Decimal>) -> Vec<Decimal> {
    let all: BTreeSet<Decimal> = numbers.collect();
    all.into_iter().collect()
}
