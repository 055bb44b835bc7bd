//! Tables: rows that are listed, what lies between and beyond them, and tiers.

use proptest::prelude::*;
use tirage_pricing::decimal::canonical;
use tirage_pricing::{Coordinate, Decimal, Template};

use super::{answers, decimal, price, refused, template, total};

const ASKED: &str = r#""parameters":[
    {"key":"run","kind":"number","name":"Run","min":-10,"max":100000,"default":1},
    {"key":"size","kind":"choice","name":"Size","default":"s","values":[
        {"key":"s","label":"S"},{"key":"m","label":"M"},{"key":"l","label":"L"}]}],
    "quantity":"run""#;

fn with(tables: &str, price: &str) -> Template {
    template(&format!(
        r#"{ASKED},"tables":[{tables}],"lines":[{{"key":"line","name":"L","price":"{price}"}}]"#
    ))
}

fn at(template: &Template, run: &str) -> Result<String, Vec<&'static str>> {
    total(template, &format!(r#"{{"run":"{run}"}}"#))
}

const LISTED: &str = r#"{"key":"shirt","axes":[{"key":"size"},{"key":"run"},{"key":"area"}],"rows":[
    ["s",100,[0,10],"5.10"],["s",100,[11,null],"5.20"],["m",500,[0,10],"4"],["l",100,[0,10],null],["l",500,[0,10],9]]}"#;

#[test]
fn listed_rows_are_found_and_other_combinations_are_not() {
    let template = with(LISTED, "shirt[size, run, run / 10]");
    let ask = |json: &str| total(&template, json);
    assert_eq!(ask(r#"{"run":100}"#), Ok("5.1".to_owned()));
    let none = Err(vec!["no_such_combination"]);
    assert_eq!(ask(r#"{"run":500,"size":"s"}"#), none);
    assert_eq!(ask(r#"{"run":100,"size":"l"}"#), none);
    assert_eq!(ask(r#"{"run":100,"size":"m"}"#), none);
    assert_eq!(ask(r#"{"run":101,"size":"m"}"#), none);
}

#[test]
fn listed_rows_and_nested_cells_give_the_same_prices() {
    let nested = with(
        r#"{"key":"t","axes":[{"key":"size","keys":["s","m","l"]},{"key":"run","numbers":[1,2]}],"cells":[[1,2],[3,null],[5,6]]}"#,
        "t[size, run]",
    );
    let listed = with(
        r#"{"key":"t","axes":[{"key":"size","keys":["m","l","s"]},{"key":"run"}],
           "rows":[["l",2,6],["s",2,2],["m",1,3],["s",1,1],["l",1,5]]}"#,
        "t[size, run]",
    );
    for size in ["s", "m", "l"] {
        for run in ["1", "2", "3"] {
            let json = format!(r#"{{"run":"{run}","size":"{size}"}}"#);
            assert_eq!(total(&nested, &json), total(&listed, &json), "{json}");
        }
    }
}

#[test]
fn a_combination_that_is_listed_twice_names_both_rows() {
    let error = refused(
        r#""tables":[{"key":"t","axes":[{"key":"a"},{"key":"b","numbers":[1,2]}],"rows":[["x",1,1],["x",2,2],["x","1.0",3]]}]"#,
    );
    assert_eq!(
        error.to_string(),
        "/tables/0/rows/2: expected each combination once, found the one of /tables/0/rows/0 again"
    );
}

#[test]
fn a_row_that_does_not_fit_is_refused_with_its_place() {
    let axes = r#""axes":[{"key":"a","keys":["x"]},{"key":"b","ranges":[[1,5]]}]"#;
    for (rows, message) in [
        (
            r#"[["x",[1,5]]]"#,
            "/tables/0/rows/0: expected a list of 3: one per axis, then the cell, found a list of 2",
        ),
        (
            r#"[["y",[1,5],1]]"#,
            "/tables/0/rows/0/0: expected a key of the axis, found the text \"y\"",
        ),
        (
            r#"[["x",[1,6],1]]"#,
            "/tables/0/rows/0/1: expected a range of the axis, found a list of 2",
        ),
        (
            r#"[["x",[1,5],"z"]]"#,
            "/tables/0/rows/0/2: expected a number such as 12.50, or null, found the text \"z\"",
        ),
        (
            "[]",
            "/tables/0/rows: expected a list of at least one row, found a list of 0",
        ),
        (
            "7",
            "/tables/0/rows: expected a list of at least one row, found the number 7",
        ),
    ] {
        let error = refused(&format!(r#""tables":[{{"key":"t",{axes},"rows":{rows}}}]"#));
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn an_axis_is_made_of_one_kind_of_entry_whose_ranges_stay_apart() {
    for (rows, message) in [
        (
            "[[1,1],[\"x\",2]]",
            "/tables/0/axes/0: expected one of the fields keys, numbers and ranges, or rows that have only texts, only numbers or only ranges at its place, found an object",
        ),
        (
            "[[[1,5],1],[[5,9],2]]",
            "/tables/0/rows: expected ranges that stay apart at place 0 of the rows, found [1, 5] and [5, 9]",
        ),
    ] {
        let error = refused(&format!(
            r#""tables":[{{"key":"t","axes":[{{"key":"a"}}],"rows":{rows}}}]"#
        ));
        assert_eq!(error.to_string(), message);
    }
}

const STEPS: &str = r#"{"key":"t","axes":[{"key":"run","numbers":[1,50,200],"between":"step"}],"cells":["2","1.5","1"]}"#;

#[test]
fn a_step_reaches_up_to_the_next_one() {
    let template = with(STEPS, "t[run]");
    let prices =
        ["1", "49", "49.99", "50", "199", "200", "5000"].map(|run| at(&template, run).unwrap());
    assert_eq!(prices, ["2", "2", "2", "1.5", "1.5", "1", "1"]);
    assert_eq!(at(&template, "0"), Err(vec!["outside_the_intervals"]));
}

#[test]
fn a_line_is_drawn_between_two_numbers() {
    let template = with(
        r#"{"key":"t","axes":[{"key":"run","numbers":[100,200,500],"between":"linear"}],"cells":["10","8","7"]}"#,
        "t[run]",
    );
    let prices = ["100", "150", "200", "201", "500"].map(|run| at(&template, run).unwrap());
    assert_eq!(prices, ["10", "9", "8", "7.996666666667", "7"]);
    assert_eq!(at(&template, "99"), Err(vec!["outside_the_intervals"]));
    assert_eq!(at(&template, "501"), Err(vec!["outside_the_intervals"]));
    let priced = price(&template, r#"{"run":150}"#).unwrap();
    let lookups: Vec<_> = priced.lookups.of(&priced.lines[0]).collect();
    let [from, to, at] = ["100", "200", "150"].map(decimal);
    let axis = &template.tables()[0].axes[0];
    assert_eq!(
        axis.coordinate(&lookups[0].spots[0]),
        Coordinate::Between { from, to, at }
    );
    assert_eq!(lookups[0].cell, decimal("9"));
}

#[test]
fn beyond_the_rows_is_no_price_or_the_nearest_or_a_question() {
    for (outside, below, above) in [
        (
            "refuse",
            Err("outside_the_intervals"),
            Err("outside_the_intervals"),
        ),
        ("clamp", Ok("10"), Ok("8")),
        ("ask", Err("ask_for_a_quote"), Err("ask_for_a_quote")),
    ] {
        for axis in [
            r#""ranges":[[10,20],[21,30]]"#,
            r#""numbers":[10,30],"between":"linear""#,
        ] {
            let table = format!(
                r#"{{"key":"t","axes":[{{"key":"run",{axis},"outside":"{outside}"}}],"cells":["10","8"]}}"#
            );
            let template = with(&table, "t[run]");
            let expected = |expected: Result<&str, &'static str>| {
                expected.map(str::to_owned).map_err(|code| vec![code])
            };
            assert_eq!(at(&template, "9"), expected(below), "{axis} {outside}");
            assert_eq!(at(&template, "31"), expected(above), "{axis} {outside}");
        }
    }
}

#[test]
fn an_empty_cell_may_be_asked_for() {
    let template = with(
        r#"{"key":"t","empty":"ask","axes":[{"key":"size","keys":["s","m"]}],"cells":[1,null]}"#,
        "t[size]",
    );
    assert_eq!(total(&template, "{}"), Ok("1".to_owned()));
    for size in ["m", "l"] {
        let asked = total(&template, &format!(r#"{{"size":"{size}"}}"#));
        assert_eq!(asked, Err(vec!["ask_for_a_quote"]), "{size}");
    }
}

#[test]
fn graduated_tiers_charge_each_part_of_a_quantity_by_itself() {
    let steps = with(STEPS, "graduated(t[run])");
    let ranges = with(
        r#"{"key":"t","axes":[{"key":"size","keys":["s"]},{"key":"run","ranges":[[1,49],[50,199],[200,null]]}],"cells":[["2","1.5","1"]]}"#,
        "graduated(t[size, run])",
    );
    for (run, sum) in [
        ("1", "2"),
        ("49", "98"),
        ("50", "99.5"),
        ("199", "323"),
        ("200", "324"),
        ("1000", "1124"),
    ] {
        assert_eq!(at(&steps, run).unwrap(), sum, "{run} by steps");
        assert_eq!(at(&ranges, run).unwrap(), sum, "{run} by ranges");
    }
    let priced = price(&steps, r#"{"run":60}"#).unwrap();
    let lookups = priced.lookups.of(&priced.lines[0]);
    let parts: Vec<_> = lookups
        .map(|lookup| (canonical(lookup.cell), lookup.times.map(canonical)))
        .collect();
    let parts: Vec<_> = parts
        .iter()
        .map(|(cell, times)| (cell.as_str(), times.as_deref()))
        .collect();
    assert_eq!(parts, [("2", Some("49")), ("1.5", Some("11"))]);
}

#[test]
fn steps_from_zero_measure_and_steps_from_one_count() {
    let metres = with(
        r#"{"key":"t","axes":[{"key":"run","numbers":[0,10],"between":"step"}],"cells":["2","1"]}"#,
        "graduated(t[run])",
    );
    assert_eq!(at(&metres, "0").unwrap(), "0");
    assert_eq!(at(&metres, "10").unwrap(), "20");
    assert_eq!(at(&metres, "12.5").unwrap(), "22.5");
}

#[test]
fn graduated_needs_tiers() {
    for (table, price) in [
        (
            r#"{"key":"t","axes":[{"key":"run","numbers":[1,2]}],"cells":[1,2]}"#,
            "graduated(t[run])",
        ),
        (
            r#"{"key":"t","axes":[{"key":"run","numbers":[5,9],"between":"step"}],"cells":[1,2]}"#,
            "graduated(t[run])",
        ),
        (STEPS, "graduated(run)"),
    ] {
        let error = refused(&format!(
            r#"{ASKED},"tables":[{table}],"lines":[{{"key":"l","name":"L","price":"{price}"}}]"#
        ));
        assert_eq!(
            error.to_string(),
            "/lines/0/price, column 11: expected a look-up in a table with an axis of ranges, or of steps from 0 or 1, found another expression"
        );
    }
}

#[test]
fn a_hundred_thousand_rows_of_eight_axes_are_all_found() {
    let mut rows = String::new();
    for row in 0..100_000_u32 {
        let places: Vec<String> = (0..8)
            .map(|axis| format!("\"k{}\"", row / 5_u32.pow(axis) % 5))
            .collect();
        let comma = if row == 0 { "" } else { "," };
        rows += &format!("{comma}[{},{row}]", places.join(","));
    }
    let axes: Vec<String> = (0..8)
        .map(|axis| format!(r#"{{"key":"a{axis}"}}"#))
        .collect();
    let axes = axes.join(",");
    let lookup = |row: u32| {
        let places: Vec<String> = (0..8)
            .map(|axis| format!("'k{}'", row / 5_u32.pow(axis) % 5))
            .collect();
        format!("t[{}]", places.join(","))
    };
    let values: Vec<String> = [0, 1, 77_777, 99_999]
        .map(|row| format!(r#"{{"key":"v{row}","is":"{}"}}"#, lookup(row)))
        .into();
    let template = template(&format!(
        r#""tables":[{{"key":"t","axes":[{axes}],"rows":[{rows}]}}],"values":[{}]"#,
        values.join(",")
    ));
    let quote = template.quote(&answers("{}"), &[]);
    let values = &quote.runs[0].price.as_ref().unwrap().values;
    let expected = [0, 1, 77_777, 99_999].map(|row| Some(Decimal::from(row)));
    assert_eq!(values.as_slice(), expected);
}

/// Ascending starts from 1 on, with a price each.
fn tiers() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((1_u32..40, 0_u32..500), 1..6).prop_map(|gaps| {
        let mut start = 1;
        let mut tiers = Vec::new();
        for (gap, price) in gaps {
            tiers.push((start, price));
            start += gap;
        }
        tiers
    })
}

fn listed(numbers: impl Iterator<Item = String>) -> String {
    format!("[{}]", numbers.collect::<Vec<_>>().join(","))
}

proptest! {
    #[test]
    fn graduated_tiers_are_the_sum_over_every_piece(tiers in tiers(), quantity in 1_u32..250) {
        let starts = listed(tiers.iter().map(|(start, _)| start.to_string()));
        let cells = listed(tiers.iter().map(|(_, price)| format!("\"{}\"", Decimal::new(i64::from(*price), 2))));
        let table = format!(r#"{{"key":"t","axes":[{{"key":"run","numbers":{starts},"between":"step"}}],"cells":{cells}}}"#);
        let mut by_hand = 0;
        for piece in 1..=quantity {
            let tier = tiers.iter().rev().find(|(start, _)| *start <= piece);
            by_hand += tier.map_or(0, |(_, price)| *price);
        }
        let sum = at(&with(&table, "graduated(t[run])"), &quantity.to_string());
        prop_assert_eq!(sum, Ok(canonical(Decimal::new(i64::from(by_hand), 2))));
    }

    #[test]
    fn lines_between_rising_points_rise(tiers in tiers(), first in 0_i64..20_000, second in 0_i64..20_000) {
        prop_assume!(tiers.len() > 1);
        let points = listed(tiers.iter().map(|(start, _)| start.to_string()));
        let mut sum = 0;
        let cells = listed(tiers.iter().map(|(_, price)| {
            sum += price;
            sum.to_string()
        }));
        let table = format!(
            r#"{{"key":"t","axes":[{{"key":"run","numbers":{points},"between":"linear","outside":"clamp"}}],"cells":{cells}}}"#
        );
        let template = with(&table, "t[run]");
        let cost = |number: i64| decimal(&at(&template, &canonical(Decimal::new(number, 2))).unwrap());
        prop_assert!(cost(first.min(second)) <= cost(first.max(second)));
        let (least, most) = (tiers[0].1, tiers.iter().map(|(_, price)| price).sum::<u32>());
        prop_assert!(Decimal::from(least) <= cost(first) && cost(first) <= Decimal::from(most));
    }
}
