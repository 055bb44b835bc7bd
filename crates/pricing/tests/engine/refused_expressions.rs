//! What an expression is refused for, word for word: its column, what was expected, what was found.

use tirage_pricing::Template;

use super::loader::{RUN, SIZE};
use super::{refused, text};

#[test]
fn mistakes_in_expressions_are_told_with_their_column() {
    for (expression, message) in [
        (
            "",
            "column 1: expected a name, a number, a text in quotes or `(`, found the end of the expression",
        ),
        (
            "1 +",
            "column 4: expected a name, a number, a text in quotes or `(`, found the end of the expression",
        ),
        (
            "1 2",
            "column 3: expected an operator or the end of the expression, found the number 2",
        ),
        (
            "(1",
            "column 3: expected `)`, found the end of the expression",
        ),
        (
            "min(1, 2",
            "column 9: expected `,` or `)`, found the end of the expression",
        ),
        (
            "1 < 2 < 3",
            "column 7: expected `and` between two comparisons, found `<`",
        ),
        (
            "if true then 1",
            "column 15: expected `else`, found the end of the expression",
        ),
        ("'a", "column 1: expected a closing `'`, found none"),
        (
            "1e3",
            "column 1: expected a number such as 12 or 0.5, found `1e3`",
        ),
        (
            "run ≤ 5",
            "column 5: expected a name, a number, a text in quotes or a sign, found `≤`",
        ),
        (
            "'цена' + cost",
            "column 1: expected a number, found the text \\\"цена\\\"",
        ),
        (
            "run + cost",
            "column 7: expected a parameter or a named value, found the unknown name `cost`",
        ),
        (
            "price[run]",
            "column 1: expected a table, found the unknown name `price`",
        ),
        (
            "run + size",
            "column 7: expected a number, found `size`, a choice",
        ),
        (
            "run and true",
            "column 1: expected a condition, found `run`, a number",
        ),
        (
            "size = 'a5'",
            "column 8: expected a value of `size`: a4, a3, found the text \\\"a5\\\"",
        ),
        (
            "size > 'a4'",
            "column 1: expected numbers around `>`, found a choice",
        ),
        (
            "size = size",
            "column 8: expected a text in quotes, found an expression",
        ),
        (
            "run = 'a4'",
            "column 7: expected a number, found the text \\\"a4\\\"",
        ),
        (
            "size.n",
            "column 1: expected a number `n` at every value of `size`, found none at `a3`",
        ),
        (
            "run.n",
            "column 1: expected a choice of one value, found `run`, a number",
        ),
        (
            "sqrt(4)",
            "column 1: expected a function: abs, add_working_days, answered, ceil, clamp, code, count, date, days, floor, graduated, length, letters, max, min, per_sheet, round, subtotal, sum, weekday or working_days, found `sqrt`",
        ),
        (
            "min(1)",
            "column 1: expected two or more arguments for `min`, found 1",
        ),
        (
            "ceil(1, 2, 3)",
            "column 1: expected a number and perhaps a step for `ceil`, found 3",
        ),
        (
            "2 ^ size",
            "column 5: expected a number, found `size`, a choice",
        ),
        (
            "date('2027-02-29')",
            "column 6: expected a date such as '2027-03-01', found the text \\\"2027-02-29\\\"",
        ),
        (
            "per_sheet(1, 2, 3)",
            "column 1: expected four to seven arguments for `per_sheet`, found 3",
        ),
        (
            "weekday()",
            "column 1: expected one argument for `weekday`, found 0",
        ),
        (
            "round(1, 1, 'near')",
            "column 13: expected \\\"up\\\", \\\"down\\\", \\\"half-up\\\" or \\\"half-even\\\", found the text \\\"near\\\"",
        ),
        (
            "t[run]",
            "column 1: expected 2 places for the table `t`, found 1",
        ),
        (
            "t['b', 1]",
            "column 3: expected a key of this axis, found the text \\\"b\\\"",
        ),
        (
            "t[run, 1]",
            "column 3: expected a choice of one value, found `run`, a number",
        ),
        (
            "t['a4', size]",
            "column 9: expected a number, found `size`, a choice",
        ),
        (
            "size",
            "column 1: expected a number or a condition, found a choice",
        ),
    ] {
        let table = r#""tables":[{"key":"t","axes":[{"key":"a","keys":["a4"]},{"key":"b","ranges":[[1,2]]}],"cells":[[1]]}]"#;
        let found = refused(&format!(
            r#""parameters":[{RUN},{SIZE}],{table},"values":[{{"key":"v","is":"{expression}"}}]"#
        ));
        let message = format!("/values/0/is, {}", message.replace("\\\"", "\""));
        assert_eq!(found.to_string(), message, "{expression}");
    }
}

#[test]
fn expressions_have_limits() {
    let nested = format!("{}1{}", "(".repeat(64), ")".repeat(64));
    let found = refused(&format!(r#""values":[{{"key":"v","is":"{nested}"}}]"#));
    assert_eq!(
        found.to_string(),
        "/values/0/is, column 65: expected at most 64 levels of nesting, found the number 1"
    );
    let long = "1+".repeat(2_000);
    let found = refused(&format!(r#""values":[{{"key":"v","is":"{long}1"}}]"#));
    assert_eq!(
        found.to_string(),
        "/values/0/is: expected at most 4000 characters of an expression, found 4001"
    );
    let fits = format!("{}1", "1+".repeat(1_999));
    assert!(Template::parse(&text(&format!(r#""values":[{{"key":"v","is":"{fits}"}}]"#))).is_ok());
}
