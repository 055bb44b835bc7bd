//! Prices that the print house computes: the question to the service, and what its answer makes of
//! a quote.

use std::fmt::Debug;

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::{Json, write_text};
use tirage_pricing::{
    Answers, Basis, Decimal, Line, Lookups, Price, Problem, ProblemCode, Quote, RunQuote, Texts,
    TimeUnit,
};
use tirage_wire::quote::{SourceProblem, Standing};

use super::calculator::Calculator;
use super::{public, read};

/// Prices for a calculator whose template has none.
///
/// Behind a trait, because a calculator takes them over and does not know how: that comes only
/// where it is needed.
pub trait Told: Debug {
    /// Writes the prices into the runs of a quote that wait for one.
    fn fill(&self, quote: &mut Quote);
    /// A line of the prices by its number.
    fn line(&self, number: usize) -> Option<&SourceLine>;
    /// What production time is counted in.
    fn unit(&self) -> Option<TimeUnit>;
}

/// A part of a price as its source names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Texts,
}

/// What the service said about one configuration.
#[derive(Debug)]
pub struct SourcePrices {
    runs: Vec<(Decimal, Outcome)>,
    lines: Vec<SourceLine>,
    unit: Option<TimeUnit>,
}

/// A price, or why there is none: in the print house's words where it has some.
type Outcome = Result<Price, Option<Texts>>;

/// How far the buyer can rely on an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// It is the print house's word of now.
    Confirmed,
    /// It is its word of before.
    Preliminary,
    /// There is none.
    Silent,
}

/// What prices are asked of: the answers that count, how many by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    answers: Answers,
    run: Decimal,
}

impl Configuration {
    /// As the calculator is answered; none where more than the price is missing.
    #[must_use]
    pub fn of(calculator: &Calculator) -> Option<Self> {
        let template = calculator.template();
        let quote = template.quote(calculator.answers(), &[]);
        let run = quote.runs.first().filter(|run| is_waiting(run))?.run;
        let mut answers = template.effective_answers(&quote);
        let quantity = template
            .quantity()
            .and_then(|at| template.parameters().get(at));
        if let Some(quantity) = quantity {
            answers.remove(&quantity.key);
        }
        quote.problems.is_empty().then_some(Self { answers, run })
    }

    /// How many.
    #[must_use]
    pub fn run(&self) -> Decimal {
        self.run
    }

    /// Whether these prices tell what another one costs, too: only how many may differ.
    #[must_use]
    pub fn covers(&self, other: &Self, prices: &SourcePrices) -> bool {
        self.answers == other.answers && prices.runs.iter().any(|(run, _)| *run == other.run)
    }
}

/// The question to `POST /v1/quote`: the quantity that is answered, and all that are suggested.
#[must_use]
pub fn question(product: &str, calculator: &Calculator) -> String {
    let mut body = String::from("{\"product\":");
    write_text(product, &mut body);
    body.push_str(",\"answers\":");
    body.push_str(&public::state(calculator));
    body.push_str(",\"runs\":[");
    let now = calculator.current().map(|current| current.run);
    let suggested = calculator
        .quantity()
        .map(|numeric| numeric.suggest.as_slice());
    let others = suggested.unwrap_or_default().iter().copied();
    let others = others.filter(|run| Some(*run) != now);
    for (at, run) in now.into_iter().chain(others).enumerate() {
        if at > 0 {
            body.push(',');
        }
        write_text(&canonical(run), &mut body);
    }
    body.push_str("]}");
    body
}

/// Reads the answer to a question about this run and others; none where it is no such answer.
#[must_use]
pub fn answer(status: u16, body: &[u8], run: Decimal) -> Option<(SourcePrices, Outlook)> {
    if status != 200 {
        return None;
    }
    let json = Json::parse(std::str::from_utf8(body).ok()?).ok()?;
    let mut prices = SourcePrices {
        runs: Vec::new(),
        lines: Vec::new(),
        unit: None,
    };
    let mut outlook = None;
    for told in read::list(&json, "runs") {
        let own = read::decimal(told, "run")?;
        let (outcome, how) = prices.outcome(told);
        if own == run {
            outlook = Some(how);
        }
        // Of other runs there is a row without a price.
        if how != Outlook::Silent || own == run {
            prices.runs.push((own, outcome));
        }
    }
    Some((prices, outlook?))
}

impl SourcePrices {
    fn outcome(&mut self, told: &Json) -> (Outcome, Outlook) {
        let Some(total) = read::decimal(told, "total") else {
            let problem = read::list(told, "problems").first();
            let code = problem.map(|problem| read::text(problem, "code"));
            let silent = code.as_deref() == Some(SourceProblem::Unavailable.as_str());
            let words = problem.and_then(|problem| read::texts(problem, "message"));
            let how = if silent {
                Outlook::Silent
            } else {
                Outlook::Confirmed
            };
            return (Err(words), how);
        };
        let how = if read::text(told, "standing") == Standing::Preliminary.as_str() {
            Outlook::Preliminary
        } else {
            Outlook::Confirmed
        };
        let days = read::decimal(told, "production_days");
        let hours = read::decimal(told, "production_hours");
        if days.is_some() {
            self.unit = Some(TimeUnit::Days);
        } else if hours.is_some() {
            self.unit = Some(TimeUnit::Hours);
        }
        let price = Price {
            lines: self.lines(told),
            lookups: Lookups::default(),
            total,
            unit_price: read::decimal(told, "unit_price").unwrap_or(total),
            total_before_discount: None,
            vat: None,
            weight: read::decimal(told, "weight"),
            production: days.or(hours),
            values: Vec::new(),
        };
        (Ok(price), how)
    }

    fn lines(&mut self, told: &Json) -> Vec<Line> {
        let mut lines = Vec::new();
        for line in read::list(told, "lines") {
            let Some((amount, name)) = read::decimal(line, "amount").zip(read::texts(line, "name"))
            else {
                continue;
            };
            let key = read::text(line, "key");
            lines.push(Line {
                line: self.lines.len(),
                amount,
                basis: Basis::Charge {
                    price: amount,
                    times: None,
                },
                lookups: 0..0,
            });
            self.lines.push(SourceLine { key, name });
        }
        lines
    }

    fn of(&self, run: Decimal) -> Option<&Outcome> {
        let found = self.runs.iter().find(|(own, _)| *own == run);
        found.map(|(_, outcome)| outcome)
    }
}

impl Told for SourcePrices {
    fn fill(&self, quote: &mut Quote) {
        if !quote.problems.is_empty() {
            return;
        }
        // Until its own is there, the last price stands where the answered quantity has none.
        let last = self.runs.first().filter(|_| quote.runs.len() == 1);
        for run in quote.runs.iter_mut().filter(|run| is_waiting(run)) {
            match self.of(run.run).or(last.map(|(_, outcome)| outcome)) {
                Some(Ok(price)) => {
                    run.price = Some(price.clone());
                    run.problems.clear();
                }
                Some(Err(words)) => {
                    run.problems = vec![Problem {
                        parameter: None,
                        code: ProblemCode::AskForAQuote,
                        arguments: Vec::new(),
                        message: words.clone(),
                    }];
                }
                None => {}
            }
        }
    }

    fn line(&self, number: usize) -> Option<&SourceLine> {
        self.lines.get(number)
    }

    fn unit(&self) -> Option<TimeUnit> {
        self.unit
    }
}

/// Whether only the print house's price is missing.
fn is_waiting(run: &RunQuote) -> bool {
    let remote = |problem: &Problem| problem.code == ProblemCode::PricedRemotely;
    !run.problems.is_empty() && run.problems.iter().all(remote)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;
    use tirage_pricing::json::{FromJson as _, Node};
    use tirage_pricing::{Answer, Template};
    use tirage_wire::cart::QuoteRequest;

    const PADS: &str = include_str!("../../examples/axiom-hardcover-notepad.json");

    fn pads(run: u32) -> Calculator {
        let answers = [("run", Answer::Number(run.into()))].into_iter().collect();
        Calculator::new(Template::parse(PADS).unwrap().for_good(), answers)
    }

    fn body(runs: &str) -> Vec<u8> {
        format!(r#"{{"currency":"RUB","fields":[],"notices":[],"problems":[],"runs":[{runs}]}}"#)
            .into_bytes()
    }

    const OF_100: &str = r#"{"run":"100","total":"250","unit_price":"2.5","production_days":"3",
        "standing":"confirmed","lines":[{"key":"a","name":{"ru":"Да","en":"Yes"},"amount":"250",
        "lookups":[]}],"values":[],"problems":[]}"#;
    const OF_200: &str = r#"{"run":"200","total":"400","unit_price":"2","standing":"preliminary",
        "lines":[],"values":[],"problems":[]}"#;
    const REFUSED: &str = r#"{"run":"500","lines":[],"values":[],"problems":[
        {"code":"source_refused","arguments":{},"message":{"ru":"Нет","en":"No"}}]}"#;
    const SILENT: &str = r#"{"run":"50","lines":[],"values":[],"problems":[
        {"code":"source_unavailable","arguments":{},"message":"later"}]}"#;

    fn told() -> (SourcePrices, Outlook) {
        let body = body(&[OF_100, OF_200, REFUSED, SILENT].join(","));
        answer(200, &body, 100.into()).unwrap()
    }

    #[test]
    fn the_question_is_one_of_the_service_and_names_every_quantity_once() {
        let text = question("pads", &pads(100));
        let json = Json::parse(&text).unwrap();
        let request = QuoteRequest::from_json(&Node::root(&json)).unwrap();
        assert_eq!(request.product.as_deref(), Some("pads"));
        let runs: Vec<Decimal> = [100, 50, 200, 500].map(Decimal::from).to_vec();
        assert_eq!(request.runs, Some(runs));
    }

    #[test]
    fn an_answer_prices_the_runs_that_wait_for_it() {
        let (prices, outlook) = told();
        assert_eq!(outlook, Outlook::Confirmed);
        let mut calculator = pads(100);
        assert_eq!(calculator.current().unwrap().price, None);
        calculator.tell(Some(Rc::new(prices)));
        let price = calculator.current().unwrap().price.clone().unwrap();
        assert_eq!(
            (price.total, price.production),
            (250.into(), Some(3.into()))
        );
        let told = calculator.told().unwrap();
        assert_eq!(
            told.line(price.lines[0].line).unwrap().name.get("en"),
            "Yes"
        );
        assert_eq!(told.unit(), Some(TimeUnit::Days));
        let offers = calculator.offers(&[50.into(), 200.into(), 500.into()]);
        let totals: Vec<_> = offers
            .runs
            .iter()
            .map(|run| run.price.as_ref().map(|p| p.total))
            .collect();
        assert_eq!(totals, [None, Some(400.into()), None]);
        assert_eq!(
            offers.runs[2].problems[0]
                .message
                .as_ref()
                .unwrap()
                .get("en"),
            "No"
        );
    }

    #[test]
    fn the_last_price_stays_until_there_is_another() {
        let mut calculator = pads(100);
        calculator.tell(Some(Rc::new(told().0)));
        calculator.choose_run(300.into());
        let price = calculator.current().unwrap().price.clone().unwrap();
        assert_eq!(price.total, 250.into());
        calculator.choose_run(205.into());
        assert_eq!(
            calculator.current().unwrap().price,
            None,
            "no multiple of ten"
        );
    }

    #[test]
    fn only_another_quantity_that_was_told_needs_no_other_question() {
        let prices = told().0;
        let of = |calculator: &Calculator| Configuration::of(calculator).unwrap();
        let first = of(&pads(100));
        assert!(first.covers(&of(&pads(200)), &prices));
        assert!(!first.covers(&of(&pads(300)), &prices));
        let mut other = pads(100);
        let mut answers = other.answers().clone();
        answers.set("size", Answer::Text("a6".to_owned()));
        other.answer_all(answers);
        assert!(!first.covers(&of(&other), &prices));
        assert_eq!(Configuration::of(&pads(205)), None);
    }

    #[test]
    fn how_far_an_answer_goes_is_what_it_says_of_the_answered_quantity() {
        let body = body(&[OF_100, OF_200, REFUSED, SILENT].join(","));
        let of = |run: u32| answer(200, &body, run.into()).map(|(_, outlook)| outlook);
        assert_eq!(of(200), Some(Outlook::Preliminary));
        assert_eq!(
            of(500),
            Some(Outlook::Confirmed),
            "a refusal is the last word"
        );
        assert_eq!(of(50), Some(Outlook::Silent));
        assert_eq!(of(70), None);
        for (status, body) in [(503, &body[..]), (200, b"{}"), (200, b"<html>")] {
            assert!(answer(status, body, 100.into()).is_none());
        }
    }
}
