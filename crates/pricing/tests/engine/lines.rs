//! Lines: what they charge, how they round, and how they explain themselves.

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Basis, Coordinate, Direction, Price, Template};

use super::{decimal, price, template, total};

const PARAMETERS: &str = r#""parameters":[
    {"key":"run","kind":"run","name":"Run","min":1,"max":100000,"default":3},
    {"key":"size","kind":"choice","name":"Size","default":"a4","values":[{"key":"a4","label":"A4"},{"key":"a3","label":"A3"}]},
    {"key":"rush","kind":"number","name":"Rush","min":-100,"max":100,"default":0}]"#;

const TABLES: &str = r#""tables":[{"key":"print","axes":[{"key":"size","keys":["a3","a4"]},{"key":"run","ranges":[[1,10],[11,null]]}],
    "cells":[["2.5","2.25"],["1.255","1.125"]]}]"#;

fn with_lines(lines: &str) -> Template {
    template(&format!(
        r#"{PARAMETERS},{TABLES},"values":[
        {{"key":"each","is":"print[size, run]"}},{{"key":"half","is":"each / 2"}}],"lines":[{lines}]"#
    ))
}

fn amounts(template: &Template, price: &Price) -> Vec<(String, String)> {
    let line = |line: &tirage_pricing::Line| {
        (
            template.lines()[line.line].key.clone(),
            canonical(line.amount),
        )
    };
    price.lines.iter().map(line).collect()
}

const CHAIN: &str = r#"
    {"key":"print","name":"P","price":"print[size, run]","times":"run"},
    {"key":"setup","name":"S","price":"10","when":"run < 5"},
    {"key":"rush","name":"R","percent":"rush","of":["print"]},
    {"key":"all","name":"A","percent":"rush"},
    {"key":"cents","name":"C","round":{"step":"0.01","direction":"half-up"}}"#;

#[test]
fn each_line_adds_to_the_total_in_turn() {
    let template = with_lines(CHAIN);
    let priced = price(&template, r#"{"rush":50}"#).unwrap();
    let expected = [
        ("print", "3.765"),
        ("setup", "10"),
        ("rush", "1.8825"),
        ("all", "7.82375"),
        ("cents", "-0.00125"),
    ];
    let expected = expected.map(|(key, amount)| (key.to_owned(), amount.to_owned()));
    assert_eq!(amounts(&template, &priced), expected);
    assert_eq!(canonical(priced.total), "23.47");
    assert_eq!(canonical(priced.unit_price), "7.82");
}

#[test]
fn lines_that_add_nothing_are_left_out_unless_they_charge() {
    let template = with_lines(&format!(r#"{CHAIN},{{"key":"free","name":"F","price":0}}"#));
    let priced = price(&template, r#"{"run":20}"#).unwrap();
    let expected = [("print", "22.5"), ("free", "0")];
    let expected = expected.map(|(key, amount)| (key.to_owned(), amount.to_owned()));
    assert_eq!(amounts(&template, &priced), expected);
}

#[test]
fn a_discount_is_a_negative_percentage() {
    let template = with_lines(CHAIN);
    assert_eq!(
        total(&template, r#"{"run":20,"rush":-10}"#).unwrap(),
        "18.23"
    );
}

#[test]
fn a_line_may_round_its_own_amount() {
    let template = with_lines(
        r#"{"key":"print","name":"P","price":"print[size, run]","times":"run","round":{"step":1,"direction":"up"}},
           {"key":"more","name":"M","percent":10,"round":{"step":"0.25","direction":"down"}}"#,
    );
    let priced = price(&template, "{}").unwrap();
    assert_eq!(canonical(priced.lines[0].amount), "4");
    assert_eq!(canonical(priced.lines[1].amount), "0.25");
    assert_eq!(canonical(priced.total), "4.25");
    let round = template.lines()[0].round.unwrap();
    assert_eq!((round.step, round.direction), (decimal("1"), Direction::Up));
}

#[test]
fn a_charge_names_the_cells_it_read() {
    let template =
        with_lines(r#"{"key":"print","name":"P","price":"print[size, run]","times":"run"}"#);
    let priced = price(&template, r#"{"run":20,"size":"a3"}"#).unwrap();
    let Basis::Charge {
        price,
        times,
        lookups,
    } = &priced.lines[0].basis
    else {
        panic!("a charge");
    };
    assert_eq!((*price, *times), (decimal("2.25"), Some(decimal("20"))));
    let [lookup] = lookups.as_slice() else {
        panic!("one cell")
    };
    assert_eq!((lookup.table, lookup.cell), (0, decimal("2.25")));
    let range = Coordinate::Range {
        from: decimal("11"),
        to: None,
        at: decimal("20"),
    };
    assert_eq!(lookup.coordinates, [Coordinate::Key("a3".into()), range]);
}

#[test]
fn a_charge_names_cells_that_named_values_read_for_it() {
    let template = with_lines(r#"{"key":"print","name":"P","price":"half * 2"}"#);
    let priced = price(&template, "{}").unwrap();
    let Basis::Charge { lookups, .. } = &priced.lines[0].basis else {
        panic!("a charge")
    };
    assert_eq!(
        lookups.iter().map(|lookup| lookup.cell).collect::<Vec<_>>(),
        [decimal("1.255")]
    );
}

#[test]
fn amounts_keep_twelve_places_so_that_sums_are_exact() {
    let template = with_lines(
        r#"{"key":"third","name":"T","price":"run / 7"},{"key":"large","name":"L","price":"1000000000000"}"#,
    );
    let priced = price(&template, r#"{"run":1}"#).unwrap();
    assert_eq!(canonical(priced.lines[0].amount), "0.142857142857");
    assert_eq!(canonical(priced.total), "1000000000000.142857142857");
}

#[test]
fn a_template_without_lines_costs_nothing_and_one_without_a_run_counts_one() {
    let template = template(r#""parameters":[{"key":"rush","kind":"yes-no","name":"R"}]"#);
    let quote = template.quote(&super::answers("{}"), &[decimal("5")]);
    assert_eq!(quote.runs.len(), 1);
    assert_eq!(quote.runs[0].run, decimal("1"));
    assert_eq!(
        quote.runs[0].price.as_ref().map(|price| price.total),
        Some(decimal("0"))
    );
}
