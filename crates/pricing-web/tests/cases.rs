//! Every case file of the repository through the harness that the browser runs too.

use tirage_pricing::json::{Json, Node};
use tirage_pricing_web::{case_files, compile, quote, run_cases, run_compiled};

#[test]
fn every_case_comes_out_as_it_says() {
    let mut passed = 0;
    for file in case_files().unwrap() {
        let report = Json::parse(&run_cases(&file.cases, &file.template)).unwrap();
        assert_eq!(report.get("error"), None, "{}", file.name);
        let root = Node::root(&report);
        for case in root.field("cases").unwrap().items().unwrap() {
            let name = case.field("name").unwrap().text().unwrap();
            let mismatches = case.field("mismatches").unwrap().list::<String>().unwrap();
            assert!(
                mismatches.is_empty(),
                "{}: {name}: {mismatches:?}",
                file.name
            );
        }
        passed += root.field("passed").unwrap().integer::<usize>().unwrap();
    }
    assert_eq!(passed, 244);
}

#[test]
fn every_case_comes_out_the_same_by_the_compiled_template() {
    for file in case_files().unwrap() {
        let program = compile(&file.template);
        let compiled = run_compiled(&file.cases, &program);
        assert!(
            compiled == run_cases(&file.cases, &file.template),
            "{}",
            file.name
        );
    }
}

#[test]
fn a_wrong_expectation_is_reported_with_both_numbers() {
    let files = case_files().unwrap();
    let file = files
        .iter()
        .find(|file| file.name == "published-photo.json")
        .unwrap();
    let cases = file
        .cases
        .replace("\"115\"", "\"116\"")
        .replace("\"345\"", "\"346\"");
    let report = Json::parse(&run_cases(&cases, &file.template)).unwrap();
    assert_eq!(report.get("passed"), Some(&Json::integer(0)));
    let mismatches = r#""mismatches":["`total`: expected 346, found 345","`lines/urgency/amount`: expected 116, found 115","`exact`: expected 346, found 345"]"#;
    assert!(report.to_string().contains(mismatches), "{report}");
}

#[test]
fn a_quote_is_given_as_json_and_so_is_a_mistake() {
    let files = case_files().unwrap();
    let file = files
        .iter()
        .find(|file| file.name == "published-cards.json")
        .unwrap();
    let priced = quote(
        &compile(&file.template),
        r#"{"run":600,"rounded":true}"#,
        "[\"600\"]",
    );
    let priced = Json::parse(&priced).unwrap();
    let root = Node::root(&priced);
    let runs = root.field("runs").unwrap();
    let run = runs.items().unwrap().next().unwrap();
    assert_eq!(run.field("total").unwrap().text(), Ok("2928"));
    assert_eq!(
        quote(b"{}", "{}", "[]"),
        r#"{"error":"expected a compiled template, found other bytes"}"#
    );
}
