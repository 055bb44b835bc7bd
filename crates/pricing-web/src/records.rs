//! What a browser's bytes are compared with, made natively: a record for each case file and for
//! each random template.

use std::io;

use tirage_pricing::json::{FromJson, Json, Node};
use tirage_pricing::{Answers, Template};

use crate::{case_files, compile, run_cases, sample, written};

/// The record of every case file, as JSON: its `name`, the text of its `template` and of its
/// `cases`, the `program` in hexadecimal digits, and the `report`.
///
/// # Errors
/// When a file cannot be read.
pub fn of_files() -> io::Result<Vec<Json>> {
    let files = case_files()?;
    let record = files
        .iter()
        .map(|file| record(&file.name, &file.template, &file.cases));
    Ok(record.collect())
}

/// The record of a random template; beside the report of its answers it has `quotes`, each with
/// `answers`, `runs` and the text of the `quote`. A template that is refused has a report that
/// says why, and neither a program nor quotes.
#[must_use]
pub fn of_seed(seed: u64) -> Json {
    let sample = sample(seed);
    let cases = sample
        .quotes
        .iter()
        .map(|(answers, _)| Json::object([("name", Json::text("")), ("answers", answers.clone())]));
    let cases = Json::object([("cases", Json::List(cases.collect()))]).to_string();
    let template = Template::parse(&sample.template);
    let quotes = sample.quotes.iter().filter_map(|(answers, runs)| {
        let quote = quote(template.as_ref().ok()?, answers, runs)?;
        Some(Json::object([
            ("answers", answers.clone()),
            ("runs", Json::List(runs.clone())),
            ("quote", Json::text(quote)),
        ]))
    });
    let quotes = Json::List(quotes.collect());
    record(&seed.to_string(), &sample.template, &cases).with("quotes", quotes)
}

fn record(name: &str, template: &str, cases: &str) -> Json {
    let program = compile(template);
    let program: String = program.iter().map(|byte| format!("{byte:02x}")).collect();
    Json::object([
        ("name", Json::text(name)),
        ("template", Json::text(template)),
        ("cases", Json::text(cases)),
        ("program", Json::text(program)),
        ("report", Json::text(run_cases(cases, template))),
    ])
}

fn quote(template: &Template, answers: &Json, runs: &[Json]) -> Option<String> {
    let answers = Answers::from_json(&Node::root(answers)).ok()?;
    let runs = runs.iter().map(|run| Node::root(run).decimal().ok());
    let runs: Option<Vec<_>> = runs.collect();
    Some(written(template, &template.quote(&answers, &runs?)))
}
