//! Worked examples held to their templates.

use crate::support::{Folder, examples, template, tirage};

#[test]
fn the_examples_of_the_repository_come_out_as_they_say() {
    let templates = examples();
    let mut arguments = vec!["template", "test"];
    arguments.extend(templates.iter().map(String::as_str));
    let ran = tirage(&arguments);
    assert!(ran.out.ends_with(" passed, 0 failed\n"), "{}", ran.out);
    assert_eq!(ran.code, 0);
}

#[test]
fn the_examples_of_the_repository_give_nothing_more_to_warn_of() {
    let templates = examples();
    let mut arguments = vec!["template", "check"];
    arguments.extend(templates.iter().map(String::as_str));
    let ran = tirage(&arguments);
    let warnings = ran.out.lines().filter(|line| line.contains(": warning: "));
    // The published price list has no hard cover from 201 to 220 sheets.
    assert_eq!(
        warnings.collect::<Vec<_>>(),
        [
            "examples/document-printing.json:377:61: warning: the table `hard_cover` has no row for \
             `sheets` between 200 and 221; a tried combination asks for 201 [range-gap]"
        ]
    );
    assert_eq!(ran.code, 0);
}

#[test]
fn every_deviation_is_told_with_its_place() {
    let more = r#", "examples": [
    { "name": "fits", "answers": {}, "expect": { "total": "20" } },
    { "name": "wrong", "answers": {}, "expect": {
      "total": "21",
      "lines": { "print": { "price": "2", "amount": "22" } } } },
    { "name": "no problem", "answers": {}, "expect": { "problem": "not_whole" } },
    { "name": "another problem", "answers": { "run": 0 }, "expect": { "total": "1" } }
  ]"#;
    let ran = Folder::with(&template("2", more)).tirage(&["template", "test", "t.json"]);
    assert_eq!(
        ran.out,
        "t.json:7:16: \"wrong\": `total`: expected 21, found 20\n\
         t.json:8:53: \"wrong\": `lines/print/amount`: expected 22, found 20\n\
         t.json:9:67: \"no problem\": `problem`: expected not_whole, found the price 20\n\
         t.json:10:80: \"another problem\": `total`: expected 1, found out_of_bounds: `run` is `0`\n\
         4 examples: 1 passed, 3 failed\n"
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn a_file_that_is_no_template_is_a_failure() {
    let ran = Folder::with("{").tirage(&["template", "test", "t.json"]);
    assert_eq!(
        ran.out,
        "t.json:1:2: expected a key in quotes, found the end of the text\n\
         0 examples: 0 passed, 0 failed, 1 file not read\n"
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn an_example_answers_what_is_asked_and_says_its_day() {
    let more = r#", "examples": [
    { "name": "typo", "answers": { "rnu": 5 }, "expect": { "total": "20" } },
    { "name": "fits", "answers": { "now": "2026-02-02" }, "expect": { "total": "20" } }
  ]"#;
    let now = "\"parameters\": [{ \"key\": \"now\", \"kind\": \"date\", \"name\": \"Now\", \"today\": true }, ";
    let text = template("2", more).replace("\"parameters\": [", now);
    let ran = Folder::with(&text).tirage(&["template", "test", "t.json"]);
    assert_eq!(
        ran.out,
        "t.json:5:43: \"typo\": `answers/rnu`: expected a parameter of this path, found none\n\
         t.json:5:34: \"typo\": `answers/now`: expected the day from which the example counts, found none\n\
         2 examples: 1 passed, 1 failed\n"
    );
}

#[test]
fn an_example_holds_the_tax_the_weight_the_time_and_a_day() {
    let more = |vat: &str, weight: &str, day: &str| {
        format!(
            r#", "weight": "run * 3", "production": {{ "days": 2 }},
  "values": [{{ "key": "ready", "is": "date('2027-03-04')" }}],
  "examples": [{{ "name": "all", "answers": {{}}, "expect": {{
    "total": "24.40", "total_before_discount": "36.60", "vat": "{vat}", "weight": {weight}, "production": 2,
    "values": {{ "ready": "{day}" }} }} }}]"#
        )
    };
    let lines = "\"times\": \"run\" }, { \"key\": \"less\", \"name\": \"Less\", \"discount\": true, \"price\": -10 },
    { \"key\": \"more\", \"name\": \"More\", \"price\": 10 }, { \"key\": \"tax\", \"name\": \"Tax\", \"vat\": 22 }]";
    let tested = |more: String| {
        let text = template("2", &more).replace("\"times\": \"run\" }]", lines);
        Folder::with(&text)
            .tirage(&["template", "test", "t.json"])
            .out
    };
    assert_eq!(
        tested(more("4.40", "30", "2027-03-04")),
        "1 example: 1 passed, 0 failed\n"
    );
    assert_eq!(
        tested(more("4", "31", "2027-03-05")),
        "t.json:8:64: \"all\": `vat`: expected 4, found 4.4\n\
         t.json:8:79: \"all\": `weight`: expected 31, found 30\n\
         t.json:9:26: \"all\": `values/ready`: expected 2027-03-05, found 2027-03-04\n\
         1 example: 0 passed, 1 failed\n"
    );
}
