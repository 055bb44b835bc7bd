//! What a template promises of its prices is an error where it does not hold.

use crate::support::{EXAMPLE, Folder, template};

const FORMAT: &str = include_str!("../../../../docs/template-format.md");

/// The errors of a template and its exit code.
fn errors(text: &str) -> (Vec<String>, i32) {
    let ran = Folder::with(text).tirage(&["template", "check", "t.json"]);
    let errors = ran.out.lines().filter(|line| line.contains(": error: "));
    let errors = errors.map(|line| line.trim_start_matches("t.json:").to_owned());
    (errors.collect(), ran.code)
}

/// A template of that price and promise, and perhaps of more.
fn promising(price: &str, promise: &str, more: &str) -> String {
    let promises = format!(", \"promises\": [{promise}]{more}{EXAMPLE}");
    template(price, &promises)
}

const NEVER_FALLS: &str = r#"{ "with": "run", "total": "never-falls" }"#;

#[test]
fn a_promise_that_holds_says_nothing() {
    let lines = r#"{ "with": "run", "total": "never-falls", "unit_price": "never-rises",
      "lines": { "print": "never-falls" } }"#;
    assert_eq!(errors(&promising("2", lines, "")), (Vec::new(), 0));
}

#[test]
fn a_total_that_falls_at_the_row_of_a_computed_number_is_found_to_the_piece() {
    let more = r#", "values": [{ "key": "sheets", "is": "ceil(run / 7)" }],
  "tables": [{ "key": "p", "axes": [{ "key": "sheets", "ranges": [[1, 5], [6, 20]] }],
    "cells": ["2", "1.5"] }]"#;
    let (errors, code) = errors(&promising("p[sheets]", NEVER_FALLS, more));
    assert_eq!(
        errors,
        [
            "4:128: error: expected the total never to fall with `run`, found 70 for 35 and 54 for 36 (the default answers) [broken-promise]"
        ]
    );
    assert_eq!(code, 1);
}

#[test]
fn a_price_that_falls_at_a_number_in_an_expression_is_found_too() {
    let price = "if run < 77 then 3 else 2";
    let run = r#""max": 100"#;
    let text = promising(price, NEVER_FALLS, "").replace(run, r#""max": 90000"#);
    let (errors, _) = errors(&text);
    assert!(
        errors[0].contains("found 228 for 76 and 154 for 77 (the default answers"),
        "{errors:?}"
    );
}

#[test]
fn unit_prices_are_compared_at_the_numbers_that_are_suggested() {
    let promise = r#"{ "with": "run", "unit_price": "never-rises" }"#;
    let price = "if run > 40 then 3 else 2";
    let suggested =
        |text: String| text.replace("\"default\": 10", "\"default\": 10, \"suggest\": [10, 50]");
    let (found, code) = errors(&suggested(promising(price, promise, "")));
    assert_eq!(
        found,
        [
            "4:149: error: expected the unit price never to rise with `run`, found 2 for 10 and 3 for 50 (the default answers) [broken-promise]"
        ]
    );
    assert_eq!(code, 1);
    // Dearer between the numbers that are suggested is what sheets and packs make of a price.
    let price = "if run = 45 then 3 else 2";
    assert_eq!(
        errors(&suggested(promising(price, promise, ""))),
        (Vec::new(), 0)
    );
}

#[test]
fn a_promise_about_a_line_names_the_line() {
    let promise = r#"{ "with": "run", "lines": { "print": "never-rises" } }"#;
    let (errors, _) = errors(&promising("2", promise, ""));
    assert!(
        errors[0].contains(
            "expected the line `print` never to rise with `run`, found 2 for 1 and 4 for 2"
        ),
        "{errors:?}"
    );
}

#[test]
fn each_other_answer_is_tried() {
    let choice = r#""parameters": [{ "key": "size", "kind": "choice", "name": "Size", "default": "a", "values": [
      { "key": "a", "label": "A" }, { "key": "b", "label": "B" } ] }, { "key": "run""#;
    let price = "if size = 'b' and run > 60 then 1 else 2";
    let text = promising(price, NEVER_FALLS, "");
    let text = text.replace("\"parameters\": [{ \"key\": \"run\"", choice);
    let (errors, _) = errors(&text);
    assert!(
        errors[0].contains("found 120 for 60 and 61 for 61 (size = `b`"),
        "{errors:?}"
    );
}

#[test]
fn a_promise_that_nothing_can_be_compared_by_is_a_warning() {
    let text = promising("if run < 1 then 2 else 2 / (run - run)", NEVER_FALLS, "");
    let ran = Folder::with(&text).tirage(&["template", "check", "t.json"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains(
            "warning: no two prices were found that differ in `run` alone [untried-promise]"
        ),
        "{ran:?}"
    );
}

#[test]
fn the_errors_are_counted_and_have_a_severity() {
    let text = promising("if run < 77 then 3 else 2", NEVER_FALLS, "");
    let folder = Folder::with(&text);
    let ran = folder.tirage(&["template", "check", "t.json"]);
    assert!(
        ran.out.contains("t.json: 1 error, 0 warnings, 0 notes; "),
        "{ran:?}"
    );
    let ran = folder.tirage(&["template", "check", "--json", "t.json"]);
    assert!(
        ran.out.contains(r#""pointer":"/promises/0/total""#)
            && ran
                .out
                .contains(r#""severity":"error","lint":"broken-promise""#),
        "{ran:?}"
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn what_the_reference_shows_of_a_broken_promise_is_what_is_said() {
    let section = FORMAT.split("## Promises").nth(1).unwrap();
    let block = |beginning: &str| {
        let after = section.split(beginning).nth(1).unwrap();
        after.split("\n```").next().unwrap()
    };
    let (fields, shown) = (block("```json\n{"), block("```text promise\n"));
    let text = format!(r#"{{ "format": 1, "key": "t", "name": "T", "currency": "EUR",{fields}"#);
    assert_eq!(errors(&text), (Vec::new(), 0));
    let broken = text
        .replace("graduated(each[run])", "each[run]")
        .replace(r#""times": "pages""#, r#""times": "pages * run""#);
    let (errors, _) = errors(&broken);
    assert!(errors[0].ends_with(shown), "{errors:?}");
}
