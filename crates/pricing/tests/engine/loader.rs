//! What a template is refused for, word for word: the place, what was expected, what was found.

use tirage_pricing::{Template, TemplateError};

use super::refused;

pub(crate) const RUN: &str = r#"{"key":"run","kind":"run","name":"Run","max":1000}"#;
pub(crate) const SIZE: &str = r#"{"key":"size","kind":"choice","name":"Size","values":[{"key":"a4","label":"A4","numbers":{"n":2}},{"key":"a3","label":"A3"}]}"#;

#[test]
fn what_is_not_a_template_at_all() {
    for (text, message) in [
        (
            "",
            "line 1, column 1: expected a JSON value, found the end of the text",
        ),
        ("[]", "the document: expected an object, found a list of 0"),
        (
            r#"{"format":1,"key":"t","name":"T"}"#,
            "the document: expected a field `currency`, found none",
        ),
        (
            r#"{"format":2,"key":"t","name":"T","currency":"EUR"}"#,
            "/format: expected the format 1, found the number 2",
        ),
        (
            r#"{"format":1,"key":"T","name":"T","currency":"EUR"}"#,
            r#"/key: expected a key: small letters, digits and -, at most 64, found the text "T""#,
        ),
        (
            r#"{"format":1,"key":"t","name":{},"currency":"EUR"}"#,
            r#"/name: expected a text, or an object of texts by language such as {"en": "Run"}, found an object"#,
        ),
        (
            r#"{"format":1,"key":"t","name":{"en":"Tabs\t","ru":"A\u001fB"},"currency":"EUR"}"#,
            "/name: expected a text without control characters but ends of lines and tabs, found an object",
        ),
        (
            r#"{"format":1,"key":"t","name":"T","currency":"eur"}"#,
            r#"/currency: expected a currency code of three capital letters such as "EUR", found the text "eur""#,
        ),
        (
            r#"{"format":1,"key":"t","name":"T","currency":"EUR","cost":[]}"#,
            "/cost: expected one of the fields format, key, name, currency, quantity, groups, parameters, details, operations, forbid, values, tables, prices, lines, weight, production, calendar, promises, examples, found the unknown field `cost`",
        ),
    ] {
        assert_eq!(
            Template::parse(text).unwrap_err().to_string(),
            message,
            "{text}"
        );
    }
}

#[test]
fn mistakes_in_parameters() {
    for (parameters, message) in [
        (
            r#"{"key":"a"}"#,
            "/parameters/0: expected a field `kind`, found none",
        ),
        (
            r#"{"key":"a","kind":"colour","name":"A"}"#,
            r#"/parameters/0/kind: expected one of choice, yes-no, number, run, pages, size, inks, text, date, file, constant, pass-through, found the text "colour""#,
        ),
        (
            r#"{"key":"a","kind":"yes-no","name":"A","max":1}"#,
            "/parameters/0/max: expected one of the fields key, kind, name, hint, help, available, required, default, group, hidden, fixed, found the unknown field `max`",
        ),
        (
            r#"{"key":"A b","kind":"yes-no","name":"A"}"#,
            r#"/parameters/0/key: expected a key: a small letter, then small letters, digits and _, at most 64, found the text "A b""#,
        ),
        (
            r#"{"key":"if","kind":"yes-no","name":"A"}"#,
            "/parameters/0/key: expected a key that is not a word of expressions, found `if`",
        ),
        (
            r#"{"key":"a","kind":"yes-no","name":"A"},{"key":"a","kind":"yes-no","name":"B"}"#,
            "/parameters/1/key: expected each key once, found `a` again",
        ),
        (
            r#"{"key":"a","kind":"number","name":"A","max":9}"#,
            "/parameters/0: expected a field `min`, found none",
        ),
        (
            r#"{"key":"a","kind":"number","name":"A","min":9,"max":1}"#,
            "/parameters/0/max: expected at least the minimum 9, found the number 1",
        ),
        (
            r#"{"key":"a","kind":"run","name":"A","max":9,"multiple":0}"#,
            "/parameters/0/multiple: expected a number above 0, found the number 0",
        ),
        (
            r#"{"key":"a","kind":"run","name":"A","max":9,"default":10}"#,
            "/parameters/0/default: expected a whole number from 1 to 9, found the number 10",
        ),
        (
            r#"{"key":"a","kind":"run","name":"A","max":9,"multiple":2,"suggest":[2,3]}"#,
            "/parameters/0/suggest/1: expected a whole number from 1 to 9, a multiple of 2, found the number 3",
        ),
        (
            r#"{"key":"a","kind":"choice","name":"A","values":[]}"#,
            "/parameters/0/values: expected a list of at least one value, found a list of 0",
        ),
        (
            r#"{"key":"a","kind":"choice","name":"A","values":[{"key":"x","label":"X"},{"key":"x","label":"Y"}]}"#,
            "/parameters/0/values/1/key: expected each key once, found `x` again",
        ),
        (
            r#"{"key":"a","kind":"choice","name":"A","values":[{"key":"","label":"X"}]}"#,
            r#"/parameters/0/values/0/key: expected a text of 1 to 64 characters, found the text """#,
        ),
        (
            r#"{"key":"a","kind":"choice","name":"A","default":"y","values":[{"key":"x","label":"X"}]}"#,
            r#"/parameters/0/default: expected the key of one of its values, found the text "y""#,
        ),
        (
            r#"{"key":"a","kind":"choice","name":"A","view":"wheel","values":[{"key":"x","label":"X"}]}"#,
            r#"/parameters/0/view: expected one of list, radio, tiles, swatches, pictures, found the text "wheel""#,
        ),
        (
            r#"{"key":"a","kind":"constant","name":"A"}"#,
            "/parameters/0: expected a field `value`, found none",
        ),
        (
            r#"{"key":"a","kind":"constant","name":"A","value":1,"default":2}"#,
            "/parameters/0/default: expected no answer to a constant, found the number 2",
        ),
    ] {
        let found = refused(&format!(r#""parameters":[{parameters}]"#));
        assert_eq!(found.to_string(), message, "{parameters}");
    }
}

#[test]
fn mistakes_in_what_counts_the_pieces() {
    let other = RUN.replace("\"run\",\"kind\"", "\"other\",\"kind\"");
    for (fields, message) in [
        (
            format!(r#""quantity":"size","parameters":[{SIZE}]"#),
            r#"/quantity: expected the key of a parameter of kind run, pages or number, found the text "size""#,
        ),
        (
            format!(r#""parameters":[{RUN},{other}]"#),
            "the document: expected a field `quantity` that names one of the parameters of kind run, found none",
        ),
        (
            format!(
                r#""parameters":[{}]"#,
                RUN.replace("\"max\"", "\"available\":\"true\",\"max\"")
            ),
            "/parameters/0/available: expected no rule, because this parameter counts the pieces, found a rule",
        ),
    ] {
        assert_eq!(refused(&fields).to_string(), message, "{fields}");
    }
}

#[test]
fn mistakes_in_tables() {
    for (table, message) in [
        (
            r#""axes":[],"cells":[]"#,
            "/tables/0/axes: expected a list of at least one axis, found a list of 0",
        ),
        (
            r#""axes":[{"key":"a"}],"cells":[]"#,
            "/tables/0/axes/0: expected one of the fields keys, numbers and ranges, found an object",
        ),
        (
            r#""axes":[{"key":"a","keys":[],"ranges":[]}],"cells":[]"#,
            "/tables/0/axes/0: expected one of the fields keys, numbers and ranges, found an object",
        ),
        (
            r#""axes":[{"key":"a","keys":[]}],"cells":[]"#,
            "/tables/0/axes/0: expected an axis of at least one row, found an object",
        ),
        (
            r#""axes":[{"key":"a","keys":["x","y","x"]}],"cells":[1,2,3]"#,
            "/tables/0/axes/0/keys/2: expected each key once, found `x` again",
        ),
        (
            r#""axes":[{"key":"a","numbers":[5,5]}],"cells":[1,2]"#,
            "/tables/0/axes/0/numbers/1: expected a number above 5, found the number 5",
        ),
        (
            r#""axes":[{"key":"a","ranges":[[1,10],[10,20]]}],"cells":[1,2]"#,
            "/tables/0/axes/0/ranges/1/0: expected a start above 10, where the range before ends, found the number 10",
        ),
        (
            r#""axes":[{"key":"a","ranges":[[10,1]]}],"cells":[1]"#,
            "/tables/0/axes/0/ranges/0/1: expected an end of at least 10, found the number 1",
        ),
        (
            r#""axes":[{"key":"a","ranges":[[1,null],[5,9]]}],"cells":[1,2]"#,
            "/tables/0/axes/0/ranges/1: expected no range after the one without an end, found a list of 2",
        ),
        (
            r#""axes":[{"key":"a","ranges":[[1]]}],"cells":[1]"#,
            "/tables/0/axes/0/ranges/0: expected a range of two ends such as [1, 50] or [51, null], found a list of 1",
        ),
        (
            r#""axes":[{"key":"a","keys":["x","y"]}],"cells":[1]"#,
            "/tables/0/cells: expected a list of 2 for the axis `a`, found a list of 1",
        ),
        (
            r#""axes":[{"key":"a","keys":["x"]},{"key":"b","keys":["y"]}],"cells":[1]"#,
            "/tables/0/cells/0: expected a list of 1 for the axis `b`, found the number 1",
        ),
        (
            r#""axes":[{"key":"a","keys":["x"]}],"cells":["1,5"]"#,
            r#"/tables/0/cells/0: expected a number such as 12.50, or null, found the text "1,5""#,
        ),
        (
            r#""per":"kilo","axes":[{"key":"a","keys":["x"]}],"cells":[1]"#,
            r#"/tables/0/per: expected one of piece, sheet, page, area, metre, character, run, set-up, found the text "kilo""#,
        ),
    ] {
        let found = refused(&format!(r#""tables":[{{"key":"t",{table}}}]"#));
        assert_eq!(found.to_string(), message, "{table}");
    }
}

#[test]
fn mistakes_in_lines() {
    for (line, message) in [
        (
            "",
            "/lines/0: expected one of the fields price, percent, minimum, maximum, vat and round, found none",
        ),
        (
            r#","price":1,"percent":2"#,
            "/lines/0/percent: expected either `price` or `percent` in one line, found the number 2",
        ),
        (
            r#","percent":2,"times":3"#,
            "/lines/0/times: expected one of the fields key, name, when, percent, of, round, discount, found the unknown field `times`",
        ),
        (
            r#","percent":2,"of":["later"]"#,
            r#"/lines/0/of/0: expected the key of an earlier line, detail or operation, found the text "later""#,
        ),
        (
            r#","round":{"step":0,"direction":"up"}"#,
            "/lines/0/round/step: expected a number above 0, found the number 0",
        ),
        (
            r#","round":{"step":1,"direction":"nearest"}"#,
            r#"/lines/0/round/direction: expected one of up, down, half-up, half-even, found the text "nearest""#,
        ),
        (
            r#","price":[]"#,
            "/lines/0/price: expected an expression, found a list of 0",
        ),
        (
            r#","price":"true""#,
            "/lines/0/price, column 1: expected a number, found a condition",
        ),
        (
            r#","price":1,"when":"1""#,
            "/lines/0/when, column 1: expected a condition, found a number",
        ),
    ] {
        let found = refused(&format!(r#""lines":[{{"key":"l","name":"L"{line}}}]"#));
        assert_eq!(found.to_string(), message, "{line}");
    }
    let twice = r#"{"key":"l","name":"L","price":1}"#;
    let found = refused(&format!(r#""lines":[{twice},{twice}]"#));
    assert_eq!(
        found.to_string(),
        "/lines/1/key: expected each key once, found `l` again"
    );
}

#[test]
fn templates_have_limits() {
    let yes_no = |index: usize| format!(r#"{{"key":"p{index}","kind":"yes-no","name":"P"}}"#);
    let many: Vec<String> = (0..5_001).map(yes_no).collect();
    let found = refused(&format!(r#""parameters":[{}]"#, many.join(",")));
    assert_eq!(
        found,
        TemplateError::Limit {
            pointer: "/parameters".to_owned(),
            what: "parameters",
            limit: 5_000,
            found: 5_001
        }
    );
    let axis = |key: &str| {
        let keys: Vec<String> = (0..1_001).map(|row| format!("\"{row}\"")).collect();
        format!(r#"{{"key":"{key}","keys":[{}]}}"#, keys.join(","))
    };
    let found = refused(&format!(
        r#""tables":[{{"key":"t","axes":[{},{}],"cells":[]}}]"#,
        axis("a"),
        axis("b")
    ));
    assert_eq!(
        found.to_string(),
        "/tables/0/cells: expected at most 1000000 cells, found 1002001"
    );
}

#[test]
fn rules_that_need_each_other_are_told_as_a_circle() {
    let found = refused(
        r#""parameters":[{"key":"a","kind":"yes-no","name":"A","available":"v > 1"},{"key":"b","kind":"yes-no","name":"B"}],
           "values":[{"key":"v","is":"w + 1"},{"key":"w","is":"if a or b then 1 else 2"}]"#,
    );
    assert_eq!(
        found,
        TemplateError::Cycle {
            path: ["a", "v", "w", "a"].map(str::to_owned).to_vec()
        }
    );
    assert_eq!(
        found.to_string(),
        "expected rules without a circle, found a → v → w → a"
    );
    let found = refused(r#""values":[{"key":"v","is":"v"}]"#);
    assert_eq!(
        found.to_string(),
        "expected rules without a circle, found v → v"
    );
}

#[test]
fn a_chain_of_thousands_is_no_circle_and_needs_no_deep_stack() {
    let value = |index: usize| format!(r#"{{"key":"v{index}","is":"v{} + 1"}}"#, index + 1);
    let values: Vec<String> = (0..4_999).map(value).collect();
    let fields = format!(
        r#""values":[{},{{"key":"v4999","is":"1"}}],"lines":[{{"key":"l","name":"L","price":"v0"}}]"#,
        values.join(",")
    );
    assert_eq!(
        super::total(&super::template(&fields), "{}").unwrap(),
        "5000"
    );
}

#[test]
fn mistakes_in_examples_and_forbidden_combinations() {
    for (fields, message) in [
        (
            r#""examples":[{"name":"e","answers":{},"expect":{"problem":"nonsense"}}]"#,
            r#"/examples/0/expect/problem: expected the code of a problem, found the text "nonsense""#,
        ),
        (
            r#""examples":[{"name":"e","answers":{},"expect":{}}]"#,
            "/examples/0/expect: expected a field `total`, found none",
        ),
        (
            r#""forbid":[{"when":"true","message":"No","parameters":["a"]}]"#,
            r#"/forbid/0/parameters/0: expected the key of a parameter, found the text "a""#,
        ),
        (
            r#""forbid":[{"when":"true"}]"#,
            "/forbid/0: expected a field `message`, found none",
        ),
    ] {
        assert_eq!(refused(fields).to_string(), message, "{fields}");
    }
}
