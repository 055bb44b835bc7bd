//! What expressions mean: precedence, functions, unanswered parameters and faults.

use tirage_pricing::Template;
use tirage_pricing::decimal::canonical;

use super::{answers, problems, template, text};

const PARAMETERS: &str = r#""parameters":[
    {"key":"run","kind":"run","name":"Run","min":1,"max":100000,"default":1000},
    {"key":"size","kind":"choice","name":"Size","default":"a4","values":[
        {"key":"a5","label":"A5","numbers":{"per_sheet":4}},
        {"key":"a4","label":"A4","numbers":{"per_sheet":2}},
        {"key":"a3","label":"A3","numbers":{"per_sheet":1}}]},
    {"key":"extras","kind":"choice","many":true,"name":"Extras","values":[
        {"key":"foil","label":"Foil"},{"key":"lacquer","label":"Lacquer"},{"key":"cut","label":"Cut"}]},
    {"key":"rush","kind":"yes-no","name":"Rush"},
    {"key":"never","kind":"choice","name":"Never","available":"false","default":"x","values":[
        {"key":"x","label":"X","numbers":{"n":7}}]},
    {"key":"note","kind":"text","name":"Note","max_length":20},
    {"key":"ratio","kind":"number","name":"Ratio","min":-10,"max":10},
    {"key":"fee","kind":"constant","name":"Fee","value":12.5}]"#;

const TABLES: &str = r#""tables":[
    {"key":"by_size","axes":[{"key":"size","keys":["a4","a3"]}],"cells":["1.5",null]},
    {"key":"by_run","axes":[{"key":"run","ranges":[[1,10],[21,"30.5"],[100,null]]}],"cells":[3,2,1]},
    {"key":"by_pack","axes":[{"key":"run","numbers":[100,1000]}],"cells":[9,8]}]"#;

/// The value of an expression as text, or the problem it gives.
fn value(expression: &str, json: &str) -> String {
    let expression = expression.replace('\\', "\\\\").replace('"', "\\\"");
    let values = format!(r#""values":[{{"key":"result","is":"{expression}"}}]"#);
    let priced = r#""lines":[{"key":"line","name":"L","price":"result"}]"#;
    let applied = r#""lines":[{"key":"line","name":"L","price":1,"when":"result"}]"#;
    let fields = |lines| [PARAMETERS, TABLES, &values, lines].join(",");
    let template =
        Template::parse(&text(&fields(priced))).unwrap_or_else(|_| template(&fields(applied)));
    let quote = template.quote(&answers(json), &[]);
    match &quote.runs[0].price {
        Some(price) => canonical(price.values[0].unwrap()),
        None => problems(&quote).join(", "),
    }
}

#[test]
fn operators_bind_as_in_mathematics() {
    for (expression, expected) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("100 / 5 / 2", "10"),
        ("7 % 4", "3"),
        ("-7 % 4", "-3"),
        ("2 ^ 3", "8"),
        ("-2 ^ 2", "-4"),
        ("2 ^ -2", "0.25"),
        ("2 * -3", "-6"),
        ("- -3", "3"),
        ("1.5 * 4", "6"),
        ("if 1 + 1 = 2 then 1 else 2", "1"),
        ("if not 1 = 2 and 2 = 2 then 1 else 2", "1"),
        ("if true or false and false then 1 else 2", "1"),
        ("if (true or false) and false then 1 else 2", "2"),
    ] {
        assert_eq!(value(expression, "{}"), expected, "{expression}");
    }
}

#[test]
fn functions_compute_what_their_names_say() {
    for (expression, expected) in [
        ("min(3, 1, 2)", "1"),
        ("max(3, 1, 2)", "3"),
        ("abs(0 - 3)", "3"),
        ("floor(2.7)", "2"),
        ("floor(-2.1)", "-3"),
        ("ceil(2.1)", "3"),
        ("ceil(-2.7)", "-2"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(2.345, 0.01)", "2.35"),
        ("round(2.5, 1, \"half-even\")", "2"),
        ("round(2.1, 1, \"up\")", "3"),
        ("round(2.9, 1, 'down')", "2"),
        ("ceil(101, 50)", "150"),
        ("floor(0.7, 0.25)", "0.5"),
        ("clamp(5, 1, 3)", "3"),
        ("clamp(0, 1, 3)", "1"),
        ("clamp(2, 1, 3)", "2"),
        ("size.per_sheet", "2"),
        ("fee * 2", "25"),
    ] {
        assert_eq!(value(expression, "{}"), expected, "{expression}");
    }
}

#[test]
fn conditions_compare_numbers_choices_texts_and_each_other() {
    let json = r#"{"size":"a5","extras":["foil","cut"],"rush":true,"note":"Aäa"}"#;
    for (expression, expected) in [
        ("run >= 1000 and run <= 1000 and run = 1000.0", "1"),
        ("run < 1000 or run > 1000 or run != 1000", "0"),
        ("size = \"a5\"", "1"),
        ("'a5' = size", "1"),
        ("size != 'a5'", "0"),
        ("size in ('a4', 'a5')", "1"),
        ("size in ('a4', 'a3')", "0"),
        ("run in (100, 500 * 2)", "1"),
        ("'foil' in extras", "1"),
        ("'lacquer' in extras", "0"),
        ("extras in ('lacquer', 'cut')", "1"),
        ("count(extras)", "2"),
        ("rush", "1"),
        ("rush = (run > 1)", "1"),
        ("rush != true", "0"),
        ("note = 'Aäa'", "1"),
        ("note in ('x', 'y')", "0"),
        ("length(note)", "3"),
        ("answered(ratio)", "0"),
        ("answered(note)", "1"),
        ("if rush then size = 'a5' else false", "1"),
    ] {
        assert_eq!(value(expression, json), expected, "{expression}");
    }
}

#[test]
fn what_is_unanswered_or_unavailable_reads_as_nothing() {
    for (expression, expected) in [
        ("ratio", "0"),
        ("rush", "0"),
        ("never = 'x'", "0"),
        ("never != 'x'", "1"),
        ("never.n", "0"),
        ("count(never) + count(extras)", "0"),
        ("length(note)", "0"),
        ("answered(never)", "0"),
    ] {
        assert_eq!(value(expression, "{}"), expected, "{expression}");
    }
}

#[test]
fn tables_are_read_by_key_by_range_and_by_number() {
    for (expression, json, expected) in [
        ("by_size[size]", "{}", "1.5"),
        ("by_size['a4']", "{}", "1.5"),
        ("by_size[size]", r#"{"size":"a3"}"#, "no_such_combination"),
        ("by_size[size]", r#"{"size":"a5"}"#, "no_such_combination"),
        ("by_run[run]", r#"{"run":1}"#, "3"),
        ("by_run[run]", r#"{"run":10}"#, "3"),
        ("by_run[run]", r#"{"run":11}"#, "outside_the_intervals"),
        ("by_run[run + 0.5]", r#"{"run":30}"#, "2"),
        (
            "by_run[run + 0.6]",
            r#"{"run":30}"#,
            "outside_the_intervals",
        ),
        ("by_run[run - 1]", r#"{"run":1}"#, "outside_the_intervals"),
        ("by_run[run]", r#"{"run":99999}"#, "1"),
        ("by_pack[run]", r#"{"run":1000}"#, "8"),
        ("by_pack[run]", r#"{"run":999}"#, "no_such_combination"),
        ("if run > 50 then by_run[run] else 0", r#"{"run":11}"#, "0"),
    ] {
        assert_eq!(value(expression, json), expected, "{expression} of {json}");
    }
}

#[test]
fn a_fault_is_a_problem_and_only_where_it_is_computed() {
    for (expression, expected) in [
        ("1 / (run - 1000)", "division_by_zero"),
        ("1 % (run - 1000)", "division_by_zero"),
        ("(run - 1000) ^ -1", "division_by_zero"),
        ("(run * 1000) ^ 9", "out_of_range"),
        ("round(run, 1000 - run)", "out_of_range"),
        ("run * 1000000000000", "1000000000000000"),
        ("run * 1000000000001", "out_of_range"),
        ("if run = 1000 then 5 else 1 / 0", "5"),
        ("run = 1000 or 1 / 0 = 1", "1"),
        ("run != 1000 and 1 / 0 = 1", "0"),
    ] {
        assert_eq!(value(expression, "{}"), expected, "{expression}");
    }
}

#[test]
fn what_fails_whatever_is_answered_is_refused() {
    let run = r#"{"key":"run","kind":"run","name":"R","min":1,"max":9,"default":1}"#;
    let table = r#"{"key":"t","axes":[{"key":"a","ranges":[[1,5]]}],"cells":["2"]}"#;
    for (value, price, place) in [
        ("1 / 0", "1", Some(("/values/0/is", "division_by_zero"))),
        ("t[6]", "1", Some(("/values/0/is", "outside_the_intervals"))),
        ("1", "9 ^ 99", Some(("/lines/0", "out_of_range"))),
        ("0", "5 % v", Some(("/lines/0", "division_by_zero"))),
        ("run * 1 / 0", "1", None),
        ("1 / (run - 1)", "v", None),
        ("if run > 1 then 1 / 0 else 1", "v", None),
        ("if 1 > 2 then 1 / 0 else 1", "v", None),
        ("0", "5 / (v + run)", None),
        ("0", "5 / subtotal()", None),
    ] {
        let fields = format!(
            r#""parameters":[{run}],"tables":[{table}],"values":[{{"key":"v","is":"{value}"}}],
            "lines":[{{"key":"a","name":"A","price":"{price}"}}]"#
        );
        let expected = place.map(|(place, code)| {
            format!("{place}: expected what can be worked out, found `{code}` whatever is answered")
        });
        let refusal = Template::parse(&text(&fields)).err();
        assert_eq!(
            refusal.map(|error| error.to_string()),
            expected,
            "{value} and {price}"
        );
    }
}
