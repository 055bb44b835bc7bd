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
         Run: 101\nнет цены: `run` (Run): ожидалось: число от 1 до 100, получено: 101\n"
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
fn machines_get_a_message_in_the_language_too() {
    let ran = quote(r#"{"run": 0}"#, &["--json", "--locale", "ru"]);
    let message = r#""message":"ожидалось: число от 1 до 100, получено: 0""#;
    assert!(ran.out.contains(message), "{}", ran.out);
    assert_eq!(ran.code, 1);
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

#[test]
fn a_quote_tells_discounts_tax_weight_and_production_and_explains_each_line() {
    let template = r#"{"format":1,"key":"t","name":"T","currency":"EUR",
        "parameters":[{"key":"run","kind":"run","name":"Run","max":1000}],
        "tables":[{"key":"each","axes":[{"key":"run","numbers":[1,50],"between":"step"}],"cells":["2","1"]}],
        "lines":[
            {"key":"print","name":"Print","price":"graduated(each[run])","per":"run"},
            {"key":"least","name":"Least","minimum":120},
            {"key":"off","name":"Off","percent":-10,"discount":true},
            {"key":"most","name":"Most","maximum":500},
            {"key":"vat","name":"VAT","vat":20,"included":true}],
        "weight":"run * 5","production":{"days":2}}"#;
    let command = [
        "quote",
        "--template",
        "t.json",
        "--answers",
        "-",
        "--explain",
    ];
    let folder = Folder::with(template);
    let ran = folder.give(&command, r#"{"run": 60}"#);
    assert_eq!(
        ran.out,
        "T\n\nRun: 60\n  \
         Print            109.00\n    109 per run once\n    \
         2 × 49 from the table `each`: run 1 and more (here 60)\n    \
         1 × 11 from the table `each`: run 50 and more (here 60)\n  \
         Least             11.00\n    the sum 109.00 raised to the minimum 120.00\n  \
         Off              -12.00\n    -10 % of 120.00\n  \
         VAT                0.00\n    108.00 contain 20 % already: 18.00\n  \
         Before discount  120.00\n  \
         Total            108.00 EUR\n  \
         Each               1.80 EUR\n  \
         VAT: 18.00\n  Weight: 300 g\n  Production, working days: 2\n"
    );
    let ran = folder.give(&command, r#"{"run": 1000}"#);
    let said = "no price: the price is on request: the sum 944.1 is above 500\n";
    assert!(ran.out.contains(said), "{}", ran.out);
}

#[test]
fn the_service_s_quote_names_every_fact() {
    let template = r#"{"format":1,"key":"t","name":"T","currency":"EUR",
        "lines":[{"key":"a","name":"A","price":10,"per":"set-up"},{"key":"b","name":"B","price":-1,"discount":true},
                 {"key":"m","name":"M","minimum":12},{"key":"v","name":"V","vat":50}],
        "weight":3,"production":{"hours":4}}"#;
    let command = ["quote", "--template", "t.json", "--answers", "-", "--json"];
    let ran = Folder::with(template).give(&command, "{}");
    let json = Json::parse(&ran.out).unwrap();
    let Some(Json::List(runs)) = json.get("runs") else {
        panic!("runs")
    };
    let fact = |name| runs[0].get(name).map(ToString::to_string);
    for (name, value) in [
        ("total", "\"18\""),
        ("total_before_discount", "\"18\""),
        ("vat", "\"6\""),
        ("weight", "\"3\""),
        ("production_hours", "\"4\""),
    ] {
        assert_eq!(fact(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(fact("production_days"), None);
    let lines = fact("lines").unwrap();
    for part in [
        r#""per":"set-up""#,
        r#""minimum":{"minimum":"12","from":"9"}"#,
        r#""vat":{"rate":"50","of":"12","tax":"6","included":false}"#,
        r#""discount":true"#,
    ] {
        assert!(lines.contains(part), "{lines}");
    }
}

#[test]
fn shares_tell_what_they_were_read_from_and_days_are_dates() {
    let template = r#"{"format":1,"key":"t","name":"T","currency":"EUR",
        "parameters":[{"key":"run","kind":"run","name":"Run","max":1000},
            {"key":"ready","kind":"date","name":"Ready"}],
        "values":[{"key":"sent","name":"Sent","is":"add_working_days(ready, 2)"},
            {"key":"wait","name":"Wait","is":"days(ready, sent)"}],
        "tables":[{"key":"off","name":"Discount","axes":[{"key":"sum","numbers":[0,1000],"between":"step"}],"cells":[0,5]}],
        "lines":[
            {"key":"print","name":"Print","price":2,"times":"run"},
            {"key":"off","name":"Off","percent":"-off[subtotal()]"}]}"#;
    let command = [
        "quote",
        "--template",
        "t.json",
        "--answers",
        "-",
        "--explain",
    ];
    let answers = r#"{"run": 600, "ready": "2027-02-26"}"#;
    let ran = Folder::with(template).give(&command, answers);
    assert_eq!(
        ran.out,
        "T\n\nRun: 600\n  \
         Print  1200.00\n    2 × 600 = 1200\n  \
         Off     -60.00\n    -5 % of 1200.00\n    \
         5 from the table `off` (Discount): sum 1000 and more (here 1200)\n  \
         Total  1140.00 EUR\n  Each      1.90 EUR\n  \
         Sent (`sent`) = 2027-03-02\n  Wait (`wait`) = 4\n"
    );
    let command = ["quote", "--template", "t.json", "--answers", "-", "--json"];
    let ran = Folder::with(template).give(&command, answers);
    for part in [
        r#""values":[{"key":"sent","value":"20879","date":"2027-03-02"},{"key":"wait","value":"4"}]"#,
        r#""lookups":[{"table":"off","coordinates":[{"axis":"sum","from":"1000","at":"1200"}],"cell":"5"}],"percentage""#,
    ] {
        assert!(ran.out.contains(part), "{}", ran.out);
    }
}

#[test]
fn what_counts_from_today_counts_from_today() {
    let now = "\"parameters\": [{ \"key\": \"now\", \"kind\": \"date\", \"name\": \"Now\", \"today\": true }, ";
    let price = "if now > date('2026-01-01') then 2 else 3";
    let text = template(price, EXAMPLE).replace("\"parameters\": [", now);
    let command = ["quote", "--template", "t.json", "--answers", "-"];
    let ran = Folder::with(&text).give(&command, "{}");
    assert!(ran.out.starts_with("notice: today is 20"), "{ran:?}");
    assert!(ran.out.ends_with("  Each    2.00 EUR\n"), "{ran:?}");
    let ran = Folder::with(&text).give(&command, r#"{"now": "2025-01-01"}"#);
    assert!(!ran.out.contains("notice"), "{ran:?}");
    assert!(ran.out.ends_with("  Each    3.00 EUR\n"), "{ran:?}");
}

#[test]
fn lines_of_equal_details_say_of_which_they_are() {
    let more = r#", "details": [{ "key": "block", "name": "Block", "repeat": { "min": 2, "max": 3, "name": "Blocks" },
        "lines": [{ "key": "cut", "name": "Cut", "price": 1 }] }]"#;
    let command = ["quote", "--template", "t.json", "--answers", "-"];
    let ran = Folder::with(&template("2", more)).give(&command, "{}");
    assert_eq!(
        ran.out,
        "T\n\nRun: 10\n  Block 1: Cut   1.00\n  Block 2: Cut   1.00\n  Print         20.00\n  Total         22.00 EUR\n  Each           2.20 EUR\n"
    );
}
