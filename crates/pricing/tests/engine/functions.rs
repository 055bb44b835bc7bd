//! Functions over what has been answered: powers, sheets, days and letters.

use proptest::prelude::*;
use tirage_pricing::decimal::{canonical, divide, to_whole};
use tirage_pricing::{Decimal, Template};

use super::{decimal, price, refused, template};

/// The first named value of an expression over `a` and `b`.
fn worked_out(expression: &str, json: &str) -> String {
    let fields = format!(
        r#""parameters":[{{"key":"a","kind":"number","name":"A","min":-1000000000,"max":1000000000,"default":0}},
        {{"key":"b","kind":"number","name":"B","min":-1000000000,"max":1000000000,"default":0}},
        {{"key":"note","kind":"text","name":"N"}}],
        "calendar":{{"holidays":["2027-01-01"],"workdays_moved":["2027-01-02"]}},
        "lines":[{{"key":"l","name":"L","price":"{expression}"}}]"#
    );
    let template: Template = template(&fields);
    match price(&template, json) {
        Ok(price) => canonical(price.total),
        Err(problems) => problems.join(", "),
    }
}

#[test]
fn a_power_takes_any_exponent_and_says_when_there_is_no_such_number() {
    for (base, exponent, power) in [
        ("4", "0.5", "2"),
        ("8", "-1.5", "0.044194173824"),
        ("1.5", "3", "3.375"),
        ("-2", "3", "-8"),
        ("-2", "0.5", "out_of_range"),
        ("0", "-1", "division_by_zero"),
        ("10", "40", "out_of_range"),
    ] {
        let found = worked_out("a ^ b", &format!(r#"{{"a":"{base}","b":"{exponent}"}}"#));
        assert_eq!(found, power, "{base} ^ {exponent}");
    }
}

#[test]
fn a_written_exponent_gives_the_same_as_a_computed_one() {
    for exponent in ["-99", "-3", "0", "2", "7", "99", "0.5", "-0.25"] {
        let json = format!(r#"{{"a":"1.07","b":"{exponent}"}}"#);
        let written = worked_out(&format!("a ^ {exponent}"), &json);
        assert_eq!(written, worked_out("a ^ b", &json), "{exponent}");
    }
}

#[test]
fn letters_leave_spaces_out() {
    let json = r#"{"note":" to Ann\u00a0и Яну "}"#;
    assert_eq!(worked_out("length(note)", json), "14");
    assert_eq!(worked_out("letters(note)", json), "9");
    assert_eq!(worked_out("letters(note)", "{}"), "0");
}

#[test]
fn days_are_numbers() {
    for (expression, expected) in [
        ("date('2027-01-01') - date('2026-12-31')", "1"),
        ("days(date('2027-01-01'), date('2028-01-01'))", "365"),
        ("weekday(date('2026-11-24'))", "2"),
        (
            "days(date('2026-12-31'), add_working_days(date('2026-12-31'), 1))",
            "2",
        ),
        ("working_days(date('2026-12-31'), date('2027-01-04'))", "2"),
        ("working_days(date('2027-01-04'), date('2026-12-31'))", "-2"),
        ("weekday(a)", "out_of_range"),
        ("add_working_days(0, a * 2000000)", "out_of_range"),
        ("weekday(a * 1800000000)", "out_of_range"),
    ] {
        let json = r#"{"a":"0.5"}"#;
        assert_eq!(worked_out(expression, json), expected, "{expression}");
    }
}

#[test]
fn mistakes_in_a_calendar_are_told_with_their_place() {
    for (calendar, message) in [
        (
            r#"{"working_days":[]}"#,
            "/calendar/working_days: expected a list of at least one day of the week, found a list of 0",
        ),
        (
            r#"{"working_days":["monday"]}"#,
            "/calendar/working_days/0: expected one of mon, tue, wed, thu, fri, sat, sun, found the text \"monday\"",
        ),
        (
            r#"{"holidays":["2027-02-30"]}"#,
            "/calendar/holidays/0: expected a date such as \"2027-03-01\", found the text \"2027-02-30\"",
        ),
        (
            r#"{"holidays":["2027-01-02"],"workdays_moved":["2027-01-02"]}"#,
            "/calendar: expected days that are worked, or holidays, found 2027-01-02 as both",
        ),
    ] {
        assert_eq!(
            refused(&format!(r#""calendar":{calendar}"#)).to_string(),
            message
        );
    }
}

/// A whole number without end, in digits of a billion, the lowest first.
type Large = Vec<u64>;

const BILLION: u64 = 1_000_000_000;

fn large(mut number: u128) -> Large {
    let mut digits = Vec::new();
    while number > 0 {
        digits.push((number % u128::from(BILLION)) as u64);
        number /= u128::from(BILLION);
    }
    digits
}

fn product(left: &Large, right: &Large) -> Large {
    let mut digits = vec![0; left.len() + right.len() + 1];
    for (at, a) in left.iter().enumerate() {
        let mut carry = 0;
        for (by, b) in right.iter().enumerate() {
            let sum = digits[at + by] + a * b + carry;
            digits[at + by] = sum % BILLION;
            carry = sum / BILLION;
        }
        digits[at + right.len()] += carry;
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    digits
}

fn raised(number: u128, exponent: u32) -> Large {
    let number = large(number);
    (0..exponent).fold(large(1), |power, _| product(&power, &number))
}

fn at_most(left: &Large, right: &Large) -> bool {
    (left.len(), left.iter().rev().collect::<Vec<_>>())
        <= (right.len(), right.iter().rev().collect::<Vec<_>>())
}

/// The digits of a number and how many of them are places.
fn digits(number: Decimal) -> (u128, u32) {
    let number = number.normalize();
    (number.digits(), number.scale())
}

proptest! {
    /// A root of twelve digits, raised to its index again, encloses the number: half a unit of
    /// the last digit less is too small, and half a unit more is too large.
    #[test]
    fn a_power_with_a_fraction_is_the_root_of_a_whole_power(
        base in 2_u32..100_000, over in 1_u32..5, under in prop::sample::select(vec![2_u32, 4, 5, 8]),
    ) {
        let exponent = divide(Decimal::from(over), Decimal::from(under)).unwrap();
        prop_assume!(to_whole(exponent).is_none());
        let json = format!(r#"{{"a":"{base}","b":"{}"}}"#, canonical(exponent));
        // Above 1, so that the twelve places a line keeps are enough for all its digits.
        let root = decimal(&worked_out("a ^ b", &json));
        let (mantissa, places) = digits(root);
        // Counted in halves of the twelfth digit.
        let length = mantissa.ilog10() + 1;
        let unit = 10_u128.pow(12 - length.min(12));
        let (mantissa, places) = (mantissa * unit, places + 12 - length.min(12));
        let wanted = product(
            &raised(u128::from(base), over),
            &product(&raised(2, under), &raised(10, places * under)),
        );
        prop_assert!(at_most(&raised(2 * mantissa - 1, under), &wanted), "{root} is too large");
        prop_assert!(at_most(&wanted, &raised(2 * mantissa + 1, under)), "{root} is too small");
    }

    #[test]
    fn items_on_a_sheet_lie_in_it_and_apart(
        width in 1_u32..500, height in 1_u32..500, sheet_width in 1_u32..1000, sheet_height in 1_u32..1000,
        gap in 0_u32..20, margin in 0_u32..30, bleed in 0_u32..10,
    ) {
        let expression = format!("per_sheet({width}, {height}, {sheet_width}, {sheet_height}, {gap}, {margin}, {bleed})");
        let count: u32 = worked_out(&expression, "{}").parse().unwrap();
        // What an independent count by laying items side by side finds.
        let along = |item: u32, sheet: u32| {
            let mut laid = 0;
            while (laid + 1) * (item + 2 * bleed) + laid * gap + 2 * margin <= sheet {
                laid += 1;
            }
            laid
        };
        let upright = along(width, sheet_width) * along(height, sheet_height);
        let turned = along(height, sheet_width) * along(width, sheet_height);
        prop_assert_eq!(count, upright.max(turned));
        let zone = (width + 2 * bleed) * (height + 2 * bleed);
        prop_assert!(count * zone <= sheet_width * sheet_height);
    }

    #[test]
    fn working_days_that_were_added_are_counted_again(day in 20_000_i64..22_000, n in 1_i64..500) {
        let there = format!("working_days({day}, add_working_days({day}, {n}))");
        prop_assert_eq!(worked_out(&there, "{}"), n.to_string());
        let back = format!("working_days(add_working_days({day}, -{n}), {day})");
        let counted: i64 = worked_out(&back, "{}").parse().unwrap();
        // The day itself counts only where it is a working day.
        prop_assert!(counted == n || counted == n - 1, "{}", counted);
    }
}

#[test]
fn a_day_is_known_as_a_date_and_a_span_of_days_is_not() {
    for (is, date) in [
        ("ready", true),
        ("date('2027-03-01') + 3", true),
        ("3 + ready - 1", true),
        ("add_working_days(ready, 2)", true),
        ("if count > 5 then ready else date('2027-03-01')", true),
        ("max(ready, date('2027-03-01'))", true),
        ("later", true),
        ("ready - date('2027-03-01')", false),
        ("if count > 5 then ready else 0", false),
        ("ready * 1", false),
        ("days(ready, later)", false),
        ("weekday(ready)", false),
        ("count", false),
        ("ready > later", false),
    ] {
        let template = super::template(&format!(
            r#""parameters":[{{"key":"ready","kind":"date","name":"R","default":"2027-02-01"}},
                {{"key":"count","kind":"number","name":"C","min":0,"max":9}}],
               "values":[{{"key":"asked","is":"{is}"}},{{"key":"later","is":"ready + 1"}}]"#
        ));
        assert_eq!(template.values()[0].date, date, "{is}");
    }
}

#[test]
fn working_days_before_1970_are_counted_like_others() {
    for (is, day) in [
        ("add_working_days(date('1969-12-31'), -2)", "1969-12-29"),
        ("add_working_days(date('1960-01-01'), 3)", "1960-01-06"),
        ("add_working_days(date('1970-01-01'), -1)", "1969-12-31"),
        // A date without an answer reads as 0.
        ("add_working_days(ready, -3)", "1969-12-29"),
    ] {
        let template = super::template(&format!(
            r#""parameters":[{{"key":"ready","kind":"date","name":"R"}}],
               "values":[{{"key":"v","is":"{is}"}}]"#
        ));
        let priced = super::price(&template, "{}").unwrap();
        let found = tirage_pricing::date::written(priced.values[0].unwrap());
        assert_eq!(found, day, "{is}");
    }
}
