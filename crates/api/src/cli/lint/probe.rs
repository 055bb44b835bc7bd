//! Prices a bounded, always equal set of answers and keeps what the lints ask about.

use std::collections::{BTreeMap, BTreeSet};

use tirage_pricing::decimal::{canonical, round_to};
use tirage_pricing::{
    Answer, Answers, Between, Choice, Decimal, Direction, Effective, Expectation, Kind, Long,
    Numeric, Parameter, Problem, ProblemCode, Quote, Rows, Template, date,
};

use tirage_api::words::shown;

/// The most answers that are priced, and how much work they may be all together: a quote takes
/// about as long as the template has parts.
const MOST: usize = 20_000;
const MOST_WORK: usize = 4_000_000;
const LEAST: usize = 500;
/// The most answers that are added to those tried, because these bring questions of their own.
const MOST_ADDED: usize = 8;
/// The most numbers that are tried of one parameter.
const MOST_NUMBERS: usize = 400;

/// Prices answers as long as the limit allows.
#[derive(Debug)]
pub(super) struct Prober<'t> {
    pub(super) template: &'t Template,
    pub(super) observed: Observed,
    /// What a buyer has to answer for there to be a price; the rest are defaults.
    given: Answers,
    left: usize,
    tried: usize,
    refused: bool,
}

/// What the priced answers have shown.
#[derive(Debug, Default)]
pub(super) struct Observed {
    /// Values of choices that had a price: parameter and value.
    pub(super) priced: BTreeSet<(usize, usize)>,
    /// Numbers that fell between two ranges: table, axis, row below; the first number seen.
    pub(super) gaps: BTreeMap<(usize, usize, usize), Decimal>,
    pub(super) totals: Totals,
}

/// Totals that are hardly meant.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) zero: Seen,
    pub(super) negative: Seen,
}

/// How often something was seen, and the first time.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) count: usize,
    pub(super) first: Option<(String, Decimal)>,
}

impl<'t> Prober<'t> {
    pub(super) fn new(template: &'t Template) -> Self {
        let values = template.parameters().iter().map(|parameter| {
            1 + parameter
                .kind
                .choice()
                .map_or(0, |choice| choice.values.len() / 8)
        });
        let size = values.sum::<usize>() + template.values().len() + template.lines().len();
        Self {
            template,
            observed: Observed::default(),
            given: given(template),
            left: (MOST_WORK / size.max(1)).clamp(LEAST, MOST),
            tried: 0,
            refused: false,
        }
    }

    pub(super) fn tried(&self) -> super::Tried {
        super::Tried {
            combinations: self.tried,
            all: !self.refused,
        }
    }

    /// Prices answers, with what else has to be answered then, and observes; none when the limit is
    /// reached.
    pub(super) fn quote(&mut self, answers: &Answers) -> Option<Quote> {
        if self.left == 0 {
            self.refused = true;
            return None;
        }
        self.left -= 1;
        self.tried += 1;
        let mut answers = answers.clone();
        let quote = completed(self.template, &mut answers, MOST_ADDED);
        self.observe(&answers, &quote);
        Some(quote)
    }

    /// The template with each single answer of the buyer, else the defaults.
    pub(super) fn vary_one(&mut self) {
        for parameter in 0..self.template.parameters().len() {
            for answer in self.answers_of(parameter) {
                if self.quote(&self.with(&[(parameter, answer)])).is_none() {
                    return;
                }
            }
        }
    }

    /// The defaults, and each other answer to a choice or to a yes and no.
    pub(super) fn singles(&self) -> Vec<Answers> {
        let parameters = 0..self.template.parameters().len();
        let varied = parameters.flat_map(|index| {
            let chosen = self.chosen(index).into_iter();
            chosen.map(move |answer| self.with(&[(index, answer)]))
        });
        std::iter::once(self.with(&[])).chain(varied).collect()
    }

    /// The same with each pair of values of choices and of flags.
    pub(super) fn vary_two(&mut self) {
        for answers in self.pairs() {
            if self.quote(&answers).is_none() {
                return;
            }
        }
    }

    /// Each pair of values of choices and of flags; no more than one beyond the limit.
    pub(super) fn pairs(&self) -> Vec<Answers> {
        let count = self.template.parameters().len();
        let chosen: Vec<Vec<Answer>> = (0..count).map(|index| self.chosen(index)).collect();
        let chosen = &chosen;
        let places =
            (0..count).flat_map(|first| (first + 1..count).map(move |other| (first, other)));
        let pairs = places.flat_map(|(first, second)| {
            chosen[first].iter().flat_map(move |one| {
                let others = chosen[second].iter();
                others.map(move |other| [(first, one.clone()), (second, other.clone())])
            })
        });
        pairs
            .take(self.left + 1)
            .map(|pair| self.with(&pair))
            .collect()
    }

    /// Answers to some parameters, by index, and to those that have to be answered.
    pub(super) fn with(&self, answers: &[(usize, Answer)]) -> Answers {
        let mut given = self.given.clone();
        for (index, answer) in answers {
            given.set(&self.template.parameters()[*index].key, answer.clone());
        }
        given
    }

    /// What is tried of a choice or of a yes and no.
    pub(super) fn chosen(&self, parameter: usize) -> Vec<Answer> {
        chosen(&self.template.parameters()[parameter].kind)
    }

    /// What is tried of any parameter.
    fn answers_of(&self, parameter: usize) -> Vec<Answer> {
        match self.template.parameters()[parameter].kind.numeric() {
            Some(numeric) => self
                .numbers(numeric)
                .into_iter()
                .map(Answer::Number)
                .collect(),
            None => self.chosen(parameter),
        }
    }

    /// Numbers of a parameter, ascending: its bounds, what it suggests, the ends of all ranges
    /// of the tables and their neighbours, and 1, 2, 5, 10, 20, 50 and so on.
    pub(super) fn numbers(&self, numeric: &Numeric) -> Vec<Decimal> {
        let mut wanted: Vec<Decimal> = vec![numeric.min, numeric.max];
        wanted.extend(&numeric.suggest);
        let mut decade = Decimal::new(1, if numeric.whole { 0 } else { 2 });
        while decade <= numeric.max {
            let steps = [1, 2, 5].map(|step| decade.checked_mul(Decimal::from(step)));
            wanted.extend(steps.into_iter().flatten());
            let Some(next) = decade.checked_mul(Decimal::TEN) else {
                break;
            };
            decade = next;
        }
        for axis in self.template.tables().iter().flat_map(|table| &table.axes) {
            match &axis.rows {
                Rows::Keys(_) => {}
                Rows::Numbers(numbers) => {
                    wanted.extend(numbers);
                    if axis.between == Between::Step {
                        let below = |number: &Decimal| number.checked_sub(Decimal::ONE);
                        wanted.extend(numbers.iter().filter_map(below));
                    }
                }
                Rows::Ranges(ranges) => {
                    for end in ranges
                        .iter()
                        .flat_map(|(from, to)| [Some(*from), *to])
                        .flatten()
                    {
                        let neighbours =
                            [end.checked_sub(Decimal::ONE), end.checked_add(Decimal::ONE)];
                        wanted.push(end);
                        wanted.extend(neighbours.into_iter().flatten());
                    }
                }
            }
        }
        let step = step(numeric);
        let fitting = wanted.into_iter().filter_map(|number| match step {
            Some(step) => round_to(number, step, Direction::Down),
            None => Some(number),
        });
        let fitting: BTreeSet<Decimal> = fitting
            .filter(|number| (numeric.min..=numeric.max).contains(number))
            .collect();
        fitting.into_iter().take(MOST_NUMBERS).collect()
    }

    fn observe(&mut self, answers: &Answers, quote: &Quote) {
        let mut remote = false;
        for problem in problems(quote) {
            self.observe_gap(problem);
            remote |= problem.code == ProblemCode::PricedRemotely;
        }
        let price = quote.runs.first().and_then(|run| run.price.as_ref());
        if price.is_some() || remote {
            self.observe_priced(quote);
        }
        let Some(price) = price else {
            return;
        };
        let seen = if price.total.is_zero() {
            &mut self.observed.totals.zero
        } else if price.total < Decimal::ZERO {
            &mut self.observed.totals.negative
        } else {
            return;
        };
        seen.count += 1;
        if seen.first.is_none() {
            seen.first = Some((describe(answers), price.total));
        }
    }

    fn observe_priced(&mut self, quote: &Quote) {
        for (parameter, field) in quote.fields.iter().enumerate() {
            match &field.answer {
                Some(Effective::Value(value)) => {
                    self.observed.priced.insert((parameter, *value));
                }
                Some(Effective::Long(long)) => {
                    if let Long::Values(values) = &**long {
                        let values = values.iter().map(|value| (parameter, *value));
                        self.observed.priced.extend(values);
                    }
                }
                _ => {}
            }
        }
    }

    fn observe_gap(&mut self, problem: &Problem) {
        if problem.code != ProblemCode::OutsideTheIntervals {
            return;
        }
        let argument = |name| {
            let mut arguments = problem.arguments.iter();
            arguments
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.as_str())
        };
        let place = || {
            let (table_key, axis_key) = (argument("table")?, argument("axis")?);
            let mut tables = self.template.tables().iter();
            let table = tables.position(|table| table.key == table_key)?;
            let axes = &self.template.tables()[table].axes;
            let axis = axes.iter().position(|axis| axis.key == axis_key)?;
            let Rows::Ranges(ranges) = &axes[axis].rows else {
                return None;
            };
            let at = tirage_pricing::decimal::parse(argument("at")?)?;
            let above = ranges.partition_point(|(from, _)| *from <= at);
            let between = above > 0 && above < ranges.len();
            between.then(|| ((table, axis, above - 1), at))
        };
        if let Some((place, at)) = place() {
            self.observed.gaps.entry(place).or_insert(at);
        }
    }
}

/// The distance of two neighbouring numbers, where there is one.
pub(super) fn step(numeric: &Numeric) -> Option<Decimal> {
    let whole = numeric.whole.then_some(Decimal::ONE);
    numeric.multiple.or(whole)
}

/// Answers to what has no default and yet has to be answered, such as the text of a sign. What
/// counts the pieces is not among them: without a default there is no price to begin with.
fn given(template: &Template) -> Answers {
    let mut given = Answers::new();
    for parameter in template.parameters() {
        if parameter.is_today()
            && let Some(answer) = likely(template, parameter)
        {
            given.set(&parameter.key, answer);
        }
    }
    let _quote = completed(template, &mut given, template.parameters().len());
    given
}

/// Prices answers and adds what else has to be answered then, so many at most.
fn completed(template: &Template, answers: &mut Answers, most: usize) -> Quote {
    let mut quote = template.quote(answers, &[]);
    for _ in 0..most {
        let Some((key, answer)) = missing(template, &quote) else {
            break;
        };
        answers.set(key, answer);
        quote = template.quote(answers, &[]);
    }
    quote
}

fn problems(quote: &Quote) -> impl Iterator<Item = &Problem> {
    let of_runs = quote.runs.iter().flat_map(|run| &run.problems);
    quote.problems.iter().chain(of_runs)
}

/// What else has to be answered for a price, and with what.
fn missing<'t>(template: &'t Template, quote: &Quote) -> Option<(&'t str, Answer)> {
    problems(quote).find_map(|problem| {
        let index = problem.parameter?;
        let is_missing = problem.code == ProblemCode::RequiredAnswerMissing
            && template.quantity() != Some(index);
        let parameter = &template.parameters()[index];
        is_missing.then_some(())?;
        Some((parameter.key.as_str(), likely(template, parameter)?))
    })
}

/// An answer that a parameter may well have: of a day, a file or a size, what a worked example with
/// a price says, because rules judge them together.
fn likely(template: &Template, parameter: &Parameter) -> Option<Answer> {
    let simple = match (&parameter.kind, parameter.kind.numeric()) {
        (Kind::Text(_), _) => Some(Answer::Text("A".to_owned())),
        (_, Some(numeric)) => Some(Answer::Number(numeric.min)),
        (kind, None) => chosen(kind).into_iter().next(),
    };
    let priced = template.examples().iter();
    let mut priced = priced.filter(|one| matches!(one.expect, Expectation::Price { .. }));
    simple
        .or_else(|| priced.find_map(|one| one.answers.answer(&parameter.key).cloned()))
        .or_else(|| plain(&parameter.kind))
}

/// A Monday without holidays, and a day four weeks later.
const TODAY: &str = "2026-02-02";
const LATER: &str = "2026-03-02";

/// What fits where nothing else is known.
fn plain(kind: &Kind) -> Option<Answer> {
    let text = match kind {
        Kind::Date(dates) => {
            let day = date::read(if dates.today { TODAY } else { LATER })?;
            date::written(day.clamp(dates.min, dates.max))
        }
        Kind::File(_) => "artwork.pdf".to_owned(),
        Kind::Size(sizes) => {
            let free = sizes.free.as_ref()?;
            [free.width.min, free.height.min].map(canonical).join("x")
        }
        Kind::Inks(inks) => inks.free.map(|_| "1+0".to_owned())?,
        _ => return None,
    };
    Some(Answer::Text(text))
}

fn chosen(kind: &Kind) -> Vec<Answer> {
    match (kind, kind.choice()) {
        (Kind::YesNo, _) => [true, false].map(Answer::Flag).to_vec(),
        (_, Some(choice)) => (0..choice.values.len())
            .map(|value| choose(choice, value))
            .collect(),
        _ => Vec::new(),
    }
}

fn choose(choice: &Choice, value: usize) -> Answer {
    let key = choice.values[value].key.clone();
    if choice.many {
        Answer::List(vec![key])
    } else {
        Answer::Text(key)
    }
}

/// Answers in words: what differs from the defaults.
pub(super) fn describe(answers: &Answers) -> String {
    if answers.is_empty() {
        return "the default answers".to_owned();
    }
    let one = |(path, answer)| format!("{path} = {}", shown(answer));
    answers.iter().map(one).collect::<Vec<_>>().join(", ")
}
