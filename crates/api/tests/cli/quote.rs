//! Quotes from the command line; their wording is held by the document of the tools.

use tirage_pricing::json::Json;

use crate::support::{EXAMPLE, Folder, template, tirage};

fn quote(answers: &str, more: &[&str]) -> crate::support::Ran {
    let command = ["quote", "--template", "t.json", "--answers", "-"];
    Folder::with(&template("2", EXAMPLE)).give(&[&command, more].concat(), answers)
}

#[test]
fn a_quote_adds_up() {
    let ran = quote(r#"{"run": 7}"#, &[]);
    assert_eq!(
        ran.out,
        "T\n\nRun: 7\n  Print  14.00\n  Total  14.00 EUR\n  Each    2.00 EUR\n"
    );
    assert_eq!(ran.code, 0);
}

#[test]
fn several_runs_are_priced_and_one_without_a_price_fails() {
    let ran = quote("{}", &["--run", "5", "--run", "101", "--locale", "ru"]);
    assert_eq!(
        ran.out,
        "T\n\nRun: 5\n  Print       10,00\n  Итого       10,00 EUR\n  За единицу   2,00 EUR\n\n\
         Run: 101\nнет цены: `run` (Run): ожидалось число от 1 до 100, получено 101\n"
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn problems_name_parameter_value_and_what_was_expected() {
    for (answers, said) in [
        (
            r#"{"run": 0}"#,
            "`run` (Run): expected a number from 1 to 100, found 0",
        ),
        (
            r#"{"run": 1.5}"#,
            "`run` (Run): expected a whole number, found 1.5",
        ),
        (
            r#"{"run": "x"}"#,
            "`run` (Run): expected a number from 1 to 100, found `x`",
        ),
    ] {
        let ran = quote(answers, &[]);
        assert!(
            ran.out.contains(&format!("no price: {said}\n")),
            "{}",
            ran.out
        );
        assert_eq!(ran.code, 1);
    }
}

#[test]
fn an_answer_to_nothing_is_noticed() {
    let ran = quote(r#"{"rum": 1}"#, &[]);
    assert!(
        ran.out
            .contains("notice: `rum`: there is no such parameter\n"),
        "{}",
        ran.out
    );
    assert_eq!(ran.code, 0);
}

#[test]
fn machines_get_the_quote_of_the_service() {
    let ran = quote("{}", &["--json"]);
    let json = Json::parse(&ran.out).unwrap();
    let Some(Json::List(runs)) = json.get("runs") else {
        panic!("{json}");
    };
    assert_eq!(runs[0].get("total"), Some(&Json::text("20")));
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let ran = quote("{", &[]);
    assert!(
        ran.err
            .starts_with("tirage: the standard input: line 1, column 2: "),
        "{}",
        ran.err
    );
    let ran = quote(r#"{"run": {}}"#, &[]);
    assert!(
        ran.err
            .starts_with("tirage: the standard input: /run: expected an answer"),
        "{}",
        ran.err
    );
    assert_eq!(ran.code, 1);
    let ran = tirage(&["quote", "--template", "none.json", "--answers", "-"]);
    assert!(
        ran.err.starts_with("tirage: cannot read `none.json`"),
        "{}",
        ran.err
    );
}
