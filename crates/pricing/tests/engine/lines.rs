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
    let Basis::Charge { price, times } = &priced.lines[0].basis else {
        panic!("a charge");
    };
    assert_eq!((*price, *times), (decimal("2.25"), Some(decimal("20"))));
    let lookups: Vec<_> = priced.lookups.of(&priced.lines[0]).collect();
    let [lookup] = lookups.as_slice() else {
        panic!("one cell")
    };
    assert_eq!((lookup.table, lookup.cell), (0, decimal("2.25")));
    let range = Coordinate::Range {
        from: decimal("11"),
        to: None,
        at: decimal("20"),
    };
    let axes = &template.tables()[lookup.table].axes;
    let found = [0, 1].map(|axis| axes[axis].coordinate(&lookup.spots[axis]));
    assert_eq!(found, [Coordinate::Key("a3"), range]);
}

#[test]
fn shares_minimums_and_taxes_name_the_cells_they_read() {
    let template = with_lines(
        r#"{"key":"print","name":"P","price":1},
           {"key":"share","name":"S","percent":"-print['a3', run]"},
           {"key":"least","name":"L","minimum":"half * 4"},
           {"key":"vat","name":"V","vat":"print['a4', run]"}"#,
    );
    let priced = price(&template, r#"{"run":20,"size":"a3"}"#).unwrap();
    let cells: Vec<Vec<String>> = priced
        .lines
        .iter()
        .map(|line| {
            let lookups = priced.lookups.of(line);
            lookups.map(|lookup| canonical(lookup.cell)).collect()
        })
        .collect();
    assert_eq!(cells, [vec![], vec!["2.25"], vec!["2.25"], vec!["1.125"]]);
    let Basis::Percent { percent, of } = &priced.lines[1].basis else {
        panic!("a share");
    };
    assert_eq!((*percent, *of), (decimal("-2.25"), decimal("1")));
}

#[test]
fn a_charge_names_cells_that_named_values_read_for_it() {
    let template = with_lines(r#"{"key":"print","name":"P","price":"half * 2"}"#);
    let priced = price(&template, "{}").unwrap();
    let lookups = priced.lookups.of(&priced.lines[0]);
    assert_eq!(
        lookups.map(|lookup| lookup.cell).collect::<Vec<_>>(),
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

/// Line key and amount of every line, and the total.
fn told(template: &Template, json: &str) -> String {
    let priced = price(template, json).unwrap();
    let mut told = String::new();
    for (key, amount) in amounts(template, &priced) {
        told += &format!("{key} {amount}, ");
    }
    told + "total " + &canonical(priced.total)
}

#[test]
fn a_minimum_adds_what_the_sum_lacks() {
    let template = with_lines(
        r#"{"key":"print","name":"P","price":"10","times":"run"},{"key":"least","name":"M","minimum":"50"},{"key":"more","name":"A","percent":10}"#,
    );
    assert_eq!(
        told(&template, r#"{"run":3}"#),
        "print 30, least 20, more 5, total 55"
    );
    assert_eq!(
        told(&template, r#"{"run":5}"#),
        "print 50, more 5, total 55"
    );
    let priced = price(&template, "{}").unwrap();
    let (minimum, from) = (decimal("50"), decimal("30"));
    assert_eq!(priced.lines[1].basis, Basis::Minimum { minimum, from });
}

#[test]
fn above_a_maximum_a_person_makes_the_price() {
    let template = with_lines(
        r#"{"key":"print","name":"P","price":"10","times":"run"},{"key":"most","name":"M","maximum":"50"}"#,
    );
    assert_eq!(told(&template, r#"{"run":5}"#), "print 50, total 50");
    let quote = template.quote(&super::answers(r#"{"run":6}"#), &[]);
    let [problem] = quote.runs[0].problems.as_slice() else {
        panic!("one problem")
    };
    assert_eq!(problem.code.as_str(), "ask_for_a_quote");
    let arguments = [("sum", "60"), ("maximum", "50"), ("line", "most")];
    let arguments = arguments.map(|(name, value)| (name, value.to_owned()));
    assert_eq!(problem.arguments, arguments);
}

#[test]
fn tax_is_added_or_contained() {
    let added = with_lines(
        r#"{"key":"print","name":"P","price":"10"},{"key":"post","name":"D","price":"5"},{"key":"vat","name":"V","vat":20,"of":["print"]}"#,
    );
    assert_eq!(told(&added, "{}"), "print 10, post 5, vat 2, total 17");
    assert_eq!(price(&added, "{}").unwrap().vat, Some(decimal("2")));
    let contained = with_lines(
        r#"{"key":"print","name":"P","price":"10"},{"key":"vat","name":"V","vat":"20","included":true,"round":{"step":"0.01","direction":"half-up"}}"#,
    );
    assert_eq!(told(&contained, "{}"), "print 10, vat 0, total 10");
    let priced = price(&contained, "{}").unwrap();
    assert_eq!(priced.vat, Some(decimal("1.67")));
    let Basis::Vat {
        rate,
        of,
        tax,
        included,
    } = priced.lines[1].basis
    else {
        panic!("a tax")
    };
    assert_eq!(
        (rate, of, tax, included),
        (decimal("20"), decimal("10"), decimal("1.67"), true)
    );
    let impossible =
        with_lines(r#"{"key":"vat","name":"V","vat":"run - run - 100","included":true}"#);
    assert_eq!(total(&impossible, "{}"), Err(vec!["out_of_range"]));
}

#[test]
fn the_total_before_discount_is_the_total_of_the_other_lines() {
    let template = with_lines(
        r#"{"key":"print","name":"P","price":"10","times":"run"},{"key":"off","name":"D","percent":"-10","when":"run > 1","discount":true},
           {"key":"least","name":"M","minimum":"19"},{"key":"vat","name":"V","vat":20}"#,
    );
    let before = |json| price(&template, json).unwrap().total_before_discount;
    assert_eq!(
        told(&template, r#"{"run":2}"#),
        "print 20, off -2, least 1, vat 3.8, total 22.8"
    );
    assert_eq!(before(r#"{"run":2}"#), Some(decimal("24")));
    assert_eq!(before(r#"{"run":1}"#), None);
}

#[test]
fn a_subtotal_is_of_the_lines_before() {
    let template = with_lines(
        r#"{"key":"a","name":"A","price":"10"},{"key":"b","name":"B","price":"4","when":"run > 1"},
           {"key":"all","name":"C","price":"subtotal() / 2"},{"key":"some","name":"D","price":"subtotal('b', 'all')"}"#,
    );
    assert_eq!(
        told(&template, r#"{"run":2}"#),
        "a 10, b 4, all 7, some 11, total 32"
    );
    assert_eq!(
        told(&template, r#"{"run":1}"#),
        "a 10, all 5, some 5, total 20"
    );
    for (fields, message) in [
        (
            r#""lines":[{"key":"a","name":"A","price":"subtotal('b')"}]"#,
            "/lines/0/price, column 10: expected the key of an earlier line, detail or operation, found the text \"b\"",
        ),
        (
            r#""values":[{"key":"a","is":"1 + subtotal()"}]"#,
            "/values/0/is, column 5: expected `subtotal` in a line only, found `subtotal`",
        ),
    ] {
        assert_eq!(super::refused(fields).to_string(), message);
    }
}

#[test]
fn weight_and_production_are_told_with_each_run_as_far_as_they_can_be_computed() {
    let template = template(
        r#""parameters":[{"key":"run","kind":"run","name":"Run","max":100,"default":1}],
        "weight":"run * 2.5","production":{"days":"10 / (run - 1)"}"#,
    );
    let quote = template.quote(&super::answers("{}"), &["1", "3"].map(decimal));
    let told = |run: usize| {
        let price = quote.runs[run].price.as_ref().unwrap();
        (price.weight.map(canonical), price.production.map(canonical))
    };
    assert_eq!(told(0), (Some("2.5".to_owned()), None));
    assert_eq!(told(1), (Some("7.5".to_owned()), Some("5".to_owned())));
    for production in ["{}", r#"{"days":1,"hours":2}"#] {
        let error = super::refused(&format!(r#""production":{production}"#));
        assert_eq!(
            error.to_string(),
            "/production: expected one of the fields days and hours, found an object"
        );
    }
}
