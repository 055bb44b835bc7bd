//! Random templates with random answers, for the comparison of a browser's bytes with ours.
//!
//! They follow from a seed alone. Most are templates that load and price; those that do not must
//! be refused with the same words in a browser, and some are damaged on purpose.

mod dice;
mod expressions;
mod lines;
mod parameters;
mod sections;
mod tables;

use tirage_pricing::ENGINE;
use tirage_pricing::json::Json;

use dice::Dice;
use expressions::{Scope, day, flag, number};
use parameters::{Asked, Kind, answer, hundredths, parameter, quantity, texts};

/// A template, and answers to it with the runs that are asked for.
#[derive(Debug)]
pub struct Sample {
    /// The template's text.
    pub template: String,
    /// Objects of answers, each with runs; without runs the answered one is priced.
    pub quotes: Vec<(Json, Vec<Json>)>,
}

/// How many quotes a sample has.
const QUOTES: usize = 6;

/// How many samples are always the same, and how many every engine has of its own.
const ALWAYS: u64 = 300;
const OF_THE_ENGINE: u64 = 100;

/// The seeds to compare by. Some never change, so that what once differed is tried for ever; others
/// change with the compiled form of templates, so that not always the same is tried. Both are the
/// same on every machine and in every run.
pub fn seeds() -> impl Iterator<Item = u64> {
    let own = u64::from(ENGINE) << 16;
    (0..ALWAYS).chain((1..=OF_THE_ENGINE).map(move |at| own + at))
}

/// The sample of a seed.
#[must_use]
pub fn sample(seed: u64) -> Sample {
    let mut dice = Dice::new(seed);
    let (template, asked) = template(&mut dice);
    let template = damaged(&mut dice, template.to_string());
    let quotes = (0..QUOTES).map(|_| (answers(&mut dice, &asked), runs(&mut dice, &asked)));
    let quotes = quotes.collect();
    Sample { template, quotes }
}

fn template(dice: &mut Dice) -> (Json, Vec<Asked>) {
    let mut scope = Scope::default();
    let mut asked = Vec::new();
    let mut of_order = Vec::new();
    if dice.chance(85) {
        let (json, kind) = quantity(dice, &mut scope);
        of_order.push(json);
        asked.push(Asked {
            path: "run".to_owned(),
            kind,
        });
    }
    let mut tables = Vec::new();
    for at in 0..dice.count(1, 4) {
        let (json, callable) = tables::table(dice, &format!("t{at}"));
        tables.push(json);
        scope.tables.push(callable);
    }
    for at in 0..dice.count(2, 9) {
        let path = format!("p{at}");
        let (json, kind) = parameter(dice, &mut scope, &path);
        of_order.push(json);
        asked.push(Asked { path, kind });
    }
    let details = sections::details(dice, &mut scope, &mut asked);
    let operations = sections::operations(dice, &scope, &mut asked);
    let values = values(dice, &mut scope);
    let keys: Vec<String> = (0..details.len()).map(|at| format!("d{at}")).collect();
    let lines = lines::of_order(dice, &scope, &keys);
    let mut json = Json::object([
        ("format", Json::integer(1)),
        ("key", Json::text("random")),
        ("name", texts(dice, "random")),
        ("currency", Json::text("EUR")),
        ("parameters", Json::List(of_order)),
        ("details", Json::List(details)),
        ("operations", Json::List(operations)),
        ("values", values),
        ("tables", Json::List(tables)),
        ("lines", lines),
    ]);
    if dice.chance(15) {
        json = json.with("forbid", forbidden(dice, &scope));
    }
    if dice.chance(30) {
        json = json.with("weight", Json::text(number(dice, &scope, 2)));
        let unit = *dice.pick(&["days", "hours"]);
        let time = Json::object([(unit, Json::text(number(dice, &scope, 1)))]);
        json = json.with("production", time);
    }
    if dice.chance(30) {
        json = json.with("calendar", calendar());
    }
    (json, asked)
}

fn values(dice: &mut Dice, scope: &mut Scope) -> Json {
    let mut values = Vec::new();
    for at in 0..dice.count(0, 6) {
        let key = format!("v{at}");
        let (is, names) = match dice.count(0, 9) {
            0 | 1 => (flag(dice, scope, 2), &mut scope.flags),
            2 => (day(dice, scope), &mut scope.days),
            _ => (number(dice, scope, 3), &mut scope.numbers),
        };
        names.push(key.clone());
        let value = Json::object([("key", Json::text(key.as_str())), ("is", Json::text(is))]);
        values.push(if dice.chance(50) {
            value.with("name", texts(dice, &key))
        } else {
            value
        });
    }
    // What is computed first need not stand first.
    values.reverse();
    Json::List(values)
}

fn forbidden(dice: &mut Dice, scope: &Scope) -> Json {
    let about = scope.parameters.iter().take(2);
    let rule = Json::object([
        ("when", Json::text(flag(dice, scope, 2))),
        (
            "parameters",
            Json::List(about.map(|key| Json::text(key.as_str())).collect()),
        ),
        ("message", texts(dice, "forbidden")),
    ]);
    Json::List(vec![rule])
}

fn calendar() -> Json {
    let days = |days: &[&str]| Json::List(days.iter().map(|day| Json::text(*day)).collect());
    Json::object([
        ("working_days", days(&["mon", "tue", "thu", "fri", "sat"])),
        (
            "holidays",
            days(&["2027-01-01", "2027-03-08", "2027-05-01"]),
        ),
        ("workdays_moved", days(&["2027-02-28"])),
    ])
}

/// Some templates lose a piece of their text, mostly inside an expression or a number.
fn damaged(dice: &mut Dice, text: String) -> String {
    if !dice.chance(10) {
        return text;
    }
    let places: Vec<usize> = text
        .match_indices(['(', '[', '.', '1', ','])
        .map(|(at, _)| at)
        .collect();
    let at = *dice.pick(&places);
    [
        &text[..at],
        *dice.pick(&["", "(", "%", "é"]),
        &text[at + 1..],
    ]
    .concat()
}

fn answers(dice: &mut Dice, asked: &[Asked]) -> Json {
    let mut answers = Json::object([]);
    for Asked { path, kind } in asked {
        if let Some(given) = answer(dice, kind) {
            answers = answers.with(path, given);
        }
    }
    if dice.chance(10) {
        answers = answers.with("no \"such\tthing", Json::text("\u{1}"));
    }
    answers
}

/// Mostly such as can be had, where something counts the pieces.
fn runs(dice: &mut Dice, asked: &[Asked]) -> Vec<Json> {
    let several = if dice.chance(50) { dice.count(1, 4) } else { 0 };
    let fitting = match asked.first() {
        Some(Asked { path, kind }) if path == "run" => Some(kind),
        _ => None,
    };
    let strange = ["0", "1", "12.5", "1000", "100000"];
    let mut run = || match fitting {
        Some(Kind::Number { from, to, step }) if dice.chance(85) => {
            hundredths(dice.between(*from, *to) * step)
        }
        _ => Json::text(*dice.pick(&strange)),
    };
    (0..several).map(|_| run()).collect()
}
