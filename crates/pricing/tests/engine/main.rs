//! The engine from outside: what it refuses, how it computes, what becomes of answers.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod answers;
mod binding;
mod binding_schema;
mod documents;
mod examples;
mod expressions;
mod functions;
mod hostile;
mod lines;
mod loader;
mod packed;
mod promises;
mod properties;
mod refused_expressions;
mod runs;
mod schema;
mod sections;
mod tables;

use tirage_pricing::decimal::{canonical, parse};
use tirage_pricing::json::{FromJson, Json, Node};
use tirage_pricing::{Answers, Decimal, Price, Quote, Template, TemplateError};

/// A template of the given fields after the usual ones.
fn text(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(r#"{{"format":1,"key":"t","name":"T","currency":"EUR"{comma}{fields}}}"#)
}

fn template(fields: &str) -> Template {
    Template::parse(&text(fields)).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(fields: &str) -> TemplateError {
    match Template::parse(&text(fields)) {
        Ok(_) => panic!("accepted: {fields}"),
        Err(error) => error,
    }
}

fn answers(json: &str) -> Answers {
    Answers::from_json(&Node::root(&Json::parse(json).unwrap())).unwrap()
}

fn decimal(text: &str) -> Decimal {
    parse(text).unwrap()
}

/// The price of the first run, or the codes of the problems.
fn price(template: &Template, json: &str) -> Result<Price, Vec<&'static str>> {
    let quote = template.quote(&answers(json), &[]);
    let problems = problems(&quote);
    let first = quote.runs.into_iter().next().and_then(|run| run.price);
    assert_eq!(
        first.is_none(),
        !problems.is_empty(),
        "a price or a problem, not both"
    );
    first.ok_or(problems)
}

fn total(template: &Template, json: &str) -> Result<String, Vec<&'static str>> {
    price(template, json).map(|price| canonical(price.total))
}

/// The codes of the quote's problems and of its first run's.
fn problems(quote: &Quote) -> Vec<&'static str> {
    let of_run = quote.runs.iter().take(1).flat_map(|run| &run.problems);
    quote
        .problems
        .iter()
        .chain(of_run)
        .map(|problem| problem.code.as_str())
        .collect()
}
