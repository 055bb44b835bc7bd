//! Worked examples held to their templates.

use crate::support::{Folder, template, tirage};

#[test]
fn the_examples_of_the_repository_come_out_as_they_say() {
    let ran = tirage(&[
        "template",
        "test",
        "examples/business-cards.json",
        "examples/document-printing.json",
        "examples/photo-printing.json",
    ]);
    assert_eq!(ran.out, "14 examples: 14 passed, 0 failed\n");
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
         t.json:10:80: \"another problem\": `total`: expected 1, found out_of_bounds\n\
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
