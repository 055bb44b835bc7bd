//! Repricing: exact decimals, formatting kept, examples recomputed.

use crate::support::{EXAMPLE, Folder, template, tirage};

/// Awkward formatting on purpose; only numbers may change in it.
const ODD: &str = r#"{ "format":1,
  "key" : "odd",   "name": "Odd", "currency": "EUR",
  "parameters": [
	{ "key": "run", "kind": "run", "name": "R", "max": 100, "default": 10 },
    { "key": "film", "kind": "choice", "name": "F", "default": "matt", "values": [
      { "key": "matt", "label": "M", "numbers": { "fee": "1.50", "weight": 7 } } ] } ],
  "values": [ { "key": "each", "is": "price[run]" } ],
  "tables": [
    { "key": "price", "axes": [ { "key": "run", "ranges": [[1,50],[51,100]] } ],
      "cells": [ "1.250" ,   0.125 ] },
    { "key": "waste", "axes": [ { "key": "run", "ranges": [[1, 100]] } ], "cells": [5] } ],
  "lines": [
    { "key": "print", "name": "P", "price": "each", "times": "run + waste[run]" },
    { "key": "fee",   "name": "Fee", "price": "film.fee" },
    { "key": "setup", "name": "S", "price": 3 } ]
}
"#;

fn repriced(text: &str, arguments: &[&str]) -> String {
    let folder = Folder::with(text);
    let command = ["template", "reprice", "t.json", "--out", "new.json"];
    let ran = folder.tirage(&[&command, arguments].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    folder.file("new.json")
}

#[test]
fn only_prices_change_and_the_formatting_stays() {
    let expected = ODD
        .replace("\"1.250\" ,   0.125", "\"1.350\" ,   0.135")
        .replace("\"price\": 3 ", "\"price\": 3.24 ");
    assert_eq!(repriced(ODD, &["--by", "1.08"]), expected);
}

#[test]
fn a_preview_writes_nothing_and_names_what_it_left_alone() {
    let folder = Folder::with(ODD);
    let ran = folder.tirage(&["template", "reprice", "t.json", "--by", "1.08"]);
    assert_eq!(
        ran.out,
        "t.json: 3 prices × 1.08, rounded half-up to 0.01, or as finely as they are written\n\
         \u{20} price[1–50]    1.25 →  1.35\n\
         \u{20} price[51–100] 0.125 → 0.135\n\
         \u{20} line setup        3 →  3.24\n\
         left alone: the line `fee`, which reads no repriced number\n\
         left alone: the table `waste`\n\
         nothing written: --out FILE writes the template\n"
            .replace("price[1–50]    1.25", "price[1–50]     1.25")
            .replace("price[51–100] 0.125", "price[51–100]  0.125")
            .replace("line setup        3", "line setup         3")
    );
    assert_eq!(folder.file("t.json"), ODD);
}

#[test]
fn prices_are_exact_and_round_where_they_are_told_to() {
    for (price, by, step, direction, expected) in [
        ("2.5", "1.1", "0.01", "half-up", "2.75"),
        ("2.5", "1.01", "0.01", "half-up", "2.53"),
        ("2.5", "1.01", "0.01", "half-even", "2.52"),
        ("2.5", "1.01", "0.01", "down", "2.52"),
        ("2.5", "1.001", "0.01", "up", "2.51"),
        ("2.5", "1.3", "0.5", "half-up", "3.5"),
        ("0.1", "3", "0.0001", "down", "0.3"),
        (
            "123456789012.01",
            "1.000001",
            "0.00000001",
            "down",
            "123456912468.79901201",
        ),
    ] {
        let text = template("2", "").replace("\"price\": \"2\"", &format!("\"price\": {price}"));
        let new = repriced(&text, &["--by", by, "--round", step, direction]);
        let written = text.replace(
            &format!("\"price\": {price}"),
            &format!("\"price\": {expected}"),
        );
        assert_eq!(new, written, "{price} by {by}");
    }
}

#[test]
fn tables_lines_and_attached_numbers_can_be_chosen() {
    let table = repriced(ODD, &["--by", "2", "--only", "price"]);
    assert_eq!(
        table,
        ODD.replace("\"1.250\" ,   0.125", "\"2.500\" ,   0.250")
    );
    let line = repriced(ODD, &["--by", "2", "--only", "setup"]);
    assert_eq!(line, ODD.replace("\"price\": 3 ", "\"price\": 6 "));
    let number = repriced(
        ODD,
        &["--by", "2", "--only", "setup", "--numbers", "film.fee"],
    );
    let expected = ODD.replace("\"price\": 3 ", "\"price\": 6 ");
    assert_eq!(number, expected.replace("\"1.50\"", "\"3.00\""));
}

#[test]
fn wishes_that_fit_nothing_are_wrong_use() {
    let folder = Folder::with(ODD);
    for (arguments, said) in [
        (
            &["--only", "pric"][..],
            "tirage: --only: expected one of price, waste, setup, found `pric`\n",
        ),
        (
            &["--only", "print"],
            "tirage: --only: expected a line whose price, minimum or maximum is a plain number, found `print`: name the tables it reads, if it is computed of any\n",
        ),
        (
            &["--numbers", "fees"],
            "tirage: --numbers: expected the name of an attached number, a constant or a named value that is a plain number, found `fees`\n",
        ),
        (
            &["--round", "0", "up"],
            "tirage: --round: expected a step above 0 and one of up, down, half-up, half-even, found `0 up`\n",
        ),
    ] {
        let command = ["template", "reprice", "t.json", "--by", "2"];
        let ran = folder.tirage(&[&command, arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (2, said));
    }
    let ran = folder.tirage(&["template", "reprice", "t.json", "--by", "0"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn money_of_every_kind_grows_and_counts_percentages_and_steps_stay() {
    let more = r#", "values": [
    { "key": "paper", "is": "1.50" }, { "key": "sheets", "is": "12" } ],
  "tables": [
    { "key": "least", "axes": [{ "key": "run", "ranges": [[1, 100]] }], "cells": ["40"] },
    { "key": "off", "axes": [{ "key": "sum", "numbers": [0, 100], "between": "step" }], "cells": [0, 5] } ]"#;
    let text = template("paper + ink", more)
        .replace(
            r#""default": 10 }"#,
            r#""default": 10 }, { "key": "ink", "kind": "constant", "name": "Ink", "value": 0.50 }"#,
        )
        .replace(
            r#""times": "run" }"#,
            r#""times": "run" },
    { "key": "a", "name": "A", "minimum": 30 },
    { "key": "b", "name": "B", "minimum": "least[run]" },
    { "key": "c", "name": "C", "percent": "-off[subtotal()]" },
    { "key": "d", "name": "D", "maximum": 900 },
    { "key": "e", "name": "E", "vat": 20 },
    { "key": "f", "name": "F", "round": { "step": "0.10", "direction": "up" } }"#,
        );
    let grown = |text: &str, changes: &[(&str, &str)]| {
        changes.iter().fold(text.to_owned(), |text, (old, new)| {
            assert_eq!(text.matches(old).count(), 1, "{old}");
            text.replace(old, new)
        })
    };
    let least = (r#""minimum": 30"#, r#""minimum": 60"#);
    let expected = grown(
        &text,
        &[
            least,
            (r#""maximum": 900"#, r#""maximum": 1800"#),
            (r#""cells": ["40"]"#, r#""cells": ["80"]"#),
            ("1.50", "3.00"),
            ("0.50", "1.00"),
        ],
    );
    let wishes = ["--by", "2", "--numbers", "paper", "--numbers", "ink"];
    assert_eq!(repriced(&text, &wishes), expected);
    let one = repriced(&text, &["--by", "2", "--only", "a"]);
    assert_eq!(one, grown(&text, &[least]));
}

#[test]
fn a_computed_minimum_and_maximum_are_told() {
    let more = r#", "tables": [
    { "key": "base", "axes": [{ "key": "run", "ranges": [[1, 100]] }], "cells": ["2"] }]"#;
    let text = template("base[run]", more).replace(
        r#""times": "run" }"#,
        r#""times": "run" },
    { "key": "least", "name": "L", "minimum": "base[run] + 20" },
    { "key": "most", "name": "M", "maximum": "base[run] * 100" }"#,
    );
    let ran = Folder::with(&text).tirage(&["template", "reprice", "t.json", "--by", "2"]);
    for warning in [
        "warning: the minimum of the line `least` goes from 22 to 24, which is not 2 times as much",
        "warning: the maximum of the line `most` is computed: look whether it is what it should be",
    ] {
        assert!(ran.out.contains(warning), "{}", ran.out);
    }
}

#[test]
fn examples_are_recomputed_and_say_so() {
    let text = template("2", EXAMPLE);
    let folder = Folder::with(&text);
    let ran = folder.tirage(&[
        "template", "reprice", "t.json", "--by", "1.5", "--out", "t.json",
    ]);
    assert!(ran.out.contains("examples: 1 recomputed; "), "{ran:?}");
    assert!(ran.out.contains("\"ten\" total: 20 → 30\n"), "{ran:?}");
    let expected = text
        .replace("\"price\": \"2\"", "\"price\": \"3\"")
        .replace("\"total\": \"20\"", "\"total\": \"30\"")
        .replace(
            "\"name\": \"ten\"",
            "\"name\": \"ten\", \"source\": \"recomputed after repricing by 1.5\"",
        );
    assert_eq!(folder.file("t.json"), expected);
    assert_eq!(folder.tirage(&["template", "test", "t.json"]).code, 0);
}

#[test]
fn examples_can_be_taken_out_and_must_hold_before_otherwise() {
    let wrong = template("2", &EXAMPLE.replace("20", "21"));
    let ran = Folder::with(&wrong).tirage(&["template", "reprice", "t.json", "--by", "2"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("t.json: expected examples that hold before"),
        "{ran:?}"
    );
    let dropped = repriced(&wrong, &["--by", "2", "--drop-examples"]);
    assert_eq!(dropped, template("4", ""));
}

#[test]
fn a_price_that_would_grow_twice_is_told() {
    let more = r#", "tables": [
    { "key": "base", "axes": [{ "key": "run", "ranges": [[1, 100]] }], "cells": ["2"] },
    { "key": "factor", "axes": [{ "key": "run", "ranges": [[1, 100]] }], "cells": ["3"] }]"#;
    let folder = Folder::with(&template("base[run] * factor[run]", more));
    let ran = folder.tirage(&["template", "reprice", "t.json", "--by", "1.1"]);
    assert!(
        ran.out.contains(
            "warning: the price of the line `print` goes from 6 to 7.26, which is not 1.1 times as much"
        ),
        "{ran:?}"
    );
    let one = folder.tirage(&[
        "template", "reprice", "t.json", "--by", "1.1", "--only", "base",
    ]);
    assert!(!one.out.contains("warning"), "{one:?}");
}

#[test]
fn the_examples_of_the_repository_hold_after_repricing() {
    for name in ["business-cards", "document-printing", "photo-printing"] {
        let text = std::fs::read_to_string(
            crate::support::repository().join(format!("examples/{name}.json")),
        );
        let folder = Folder::with(&text.unwrap());
        let ran = folder.tirage(&[
            "template", "reprice", "t.json", "--by", "1.07", "--out", "t.json",
        ]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let ran = folder.tirage(&["template", "test", "t.json"]);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let out = tirage(&[
        "template",
        "reprice",
        "examples/photo-printing.json",
        "--by",
        "1",
        "--out",
        "-",
    ]);
    let path = crate::support::repository().join("examples/photo-printing.json");
    assert_eq!(out.out, std::fs::read_to_string(path).unwrap());
}

#[test]
fn prices_inside_details_are_repriced_once_however_often_a_part_repeats() {
    let more = r#", "details": [{ "key": "block", "name": "Block", "repeat": { "max": 3 },
    "values": [{ "key": "each", "is": "p[run]" }],
    "lines": [{ "key": "print", "name": "Printing", "price": "each" }],
    "operations": [{ "key": "fold", "name": "Fold", "lines": [
      { "key": "work", "name": "Folding", "price": 3 }] }] }],
  "tables": [{ "key": "p", "axes": [{ "key": "run", "ranges": [[1, 100]] }], "cells": [7] }]"#;
    let text = template("2", more);
    let expected = text
        .replace("\"price\": 3 ", "\"price\": 6 ")
        .replace("\"cells\": [7]", "\"cells\": [14]")
        .replace("\"price\": \"2\"", "\"price\": \"4\"");
    assert_eq!(repriced(&text, &["--by", "2"]), expected);
}
