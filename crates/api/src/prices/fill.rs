//! A source's word inside a quote.

use tirage_connectors::prices::{PriceAnswer, ProductionTime, SourceLine, SourcePrice};
use tirage_pricing::decimal::{Direction, round_places};
use tirage_pricing::{Answer, Answers, Decimal, ProblemCode, Texts};
use tirage_wire::quote::{Arguments, Line, Problem, Quote, RunQuote, SourceProblem, Standing};

use super::desk::{Asked, Word};
use crate::catalogue::Stored;

/// The runs that only lack the source's word, each with its place and the answers that count for it.
pub(super) fn asked(stored: &Stored, answers: &Answers, quote: &Quote) -> Vec<(usize, Asked)> {
    let template = &stored.template;
    let key = template.counting().map(|parameter| &parameter.key);
    let mut asked = Vec::new();
    for (at, run) in quote.runs.iter().enumerate() {
        let waits = |problem: &Problem| problem.code == ProblemCode::PricedRemotely.as_str();
        if !run.problems.iter().all(waits) || run.problems.is_empty() {
            continue;
        }
        let mut answers = answers.clone();
        if let Some(key) = key {
            answers.set(key, Answer::Number(run.run));
        }
        // A rule may give other answers for another run.
        let counted = template.effective_answers(&template.quote(&answers, &[]));
        asked.push((
            at,
            Asked {
                answers: counted,
                run: run.run,
            },
        ));
    }
    asked
}

/// Writes the word into its run, in the place of the problem that there is none.
pub(super) fn write(run: &mut RunQuote, word: &Word, locale: Option<&str>) {
    let (answer, standing) = match word {
        Word::Confirmed(answer) => (answer, Standing::Confirmed),
        Word::Preliminary(answer) => (answer, Standing::Preliminary),
        Word::Unavailable => {
            run.problems = vec![problem(SourceProblem::Unavailable, &unavailable(), locale)];
            return;
        }
    };
    match &**answer {
        PriceAnswer::Price(price) => {
            run.problems.clear();
            run.standing = Some(standing);
            priced(run, price);
        }
        PriceAnswer::Refused(words) => {
            run.problems = vec![problem(SourceProblem::Refused, words, locale)];
        }
    }
}

fn priced(run: &mut RunQuote, price: &SourcePrice) {
    run.total = Some(price.total);
    run.unit_price = Some(unit_price(price.total, run.run));
    run.weight = price.weight;
    match price.production {
        Some(ProductionTime::Days(days)) => run.production_days = Some(days),
        Some(ProductionTime::Hours(hours)) => run.production_hours = Some(hours),
        None => {}
    }
    run.lines = price.lines.iter().map(line).collect();
}

/// As the engine gives it: half up to 0.01, for display only.
fn unit_price(total: Decimal, run: Decimal) -> Decimal {
    let unit = total.checked_div(run);
    unit.map_or(total, |unit| round_places(unit, 2, Direction::HalfUp))
}

fn line(line: &SourceLine) -> Line {
    Line {
        key: line.key.clone(),
        name: line.name.clone(),
        amount: line.amount,
        lookups: Vec::new(),
        charge: None,
        percentage: None,
        rounding: None,
        minimum: None,
        vat: None,
        discount: None,
    }
}

fn problem(code: SourceProblem, words: &Texts, locale: Option<&str>) -> Problem {
    let message = match locale {
        Some(tag) => Texts::neutral(words.get(tag)),
        None => words.clone(),
    };
    Problem {
        parameter: None,
        code: code.as_str().to_owned(),
        arguments: Arguments::default(),
        message: Some(message),
    }
}

fn unavailable() -> Texts {
    Texts::of([
        (
            "ru",
            "Типография сейчас не отвечает, цену можно узнать чуть позже",
        ),
        (
            "en",
            "The print house does not answer now, please ask for the price a little later",
        ),
    ])
}
