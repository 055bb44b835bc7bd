//! Prices in a spreadsheet: out, changed there, and back, to the byte; and whatever is wrong is
//! told with its place, with nothing written.

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::support::{EXAMPLE, Folder, Ran, examples, repository, template};

/// Awkward formatting on purpose; only numbers may change in it.
const ODD: &str = r#"{ "format":1,
  "key" : "odd",   "name": "Odd", "currency": "EUR",
  "parameters": [
	{ "key": "run", "kind": "run", "name": "Run", "max": 100, "default": 10 },
    { "key": "film", "kind": "choice", "name": { "ru": "Плёнка", "en": "Film" }, "default": "matt", "values": [
      { "key": "matt", "label": "=M", "numbers": { "fee": "1.50", "weight": 7 } } ] } ],
  "tables": [
    { "key": "price", "name": "A, \"piece\"", "per": "piece", "axes": [ { "key": "film", "keys": ["matt"] }, { "key": "run", "ranges": [[1,50],[51,100]] } ],
      "cells": [[ "1.250" ,   0.1 ]] },
    { "key": "waste", "axes": [ { "key": "run", "ranges": [[1, 100]] } ], "cells": [5] } ],
  "lines": [
    { "key": "print", "name": "Print", "price": "price[film, run]", "times": "run + waste[run]" },
    { "key": "fee",   "name": "=Fee", "price": "film.fee" },
    { "key": "least", "name": "Least", "minimum": 123456789012.00001 },
    { "key": "off", "name": "Off", "price": -3 } ]
}
"#;

fn export(folder: &Folder, to: &str, more: &[&str]) -> Ran {
    let command = ["template", "prices", "export", "t.json", "--to", to];
    folder.tirage(&[&command, more].concat())
}

fn import(folder: &Folder, from: &str, more: &[&str]) -> Ran {
    let command = ["template", "prices", "import", "t.json", "--from", from];
    folder.tirage(&[&command, more].concat())
}

/// The cells of a workbook.
fn cells(folder: &Folder, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook(folder.path(name)).unwrap();
    let range = book.worksheet_range("prices").unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A workbook of other cells; what begins with `=` is a formula.
fn save(folder: &Folder, name: &str, cells: &[Vec<Data>]) {
    let mut book = Workbook::new();
    // What somebody else's notes come first in is not the sheet of prices.
    book.add_worksheet().write_string(0, 0, "notes").unwrap();
    let sheet = book.add_worksheet().set_name("prices").unwrap();
    for (row, cells) in (0..).zip(cells) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Data::Float(number) => sheet.write_number(row, column, *number).unwrap(),
                Data::Bool(yes) => sheet.write_boolean(row, column, *yes).unwrap(),
                Data::DateTimeIso(_) => {
                    let format = Format::new().set_num_format("dd.mm.yyyy");
                    sheet
                        .write_number_with_format(row, column, 45_000, &format)
                        .unwrap()
                }
                Data::Error(_) => {
                    let formula = Formula::new("=1/0").set_result("#DIV/0!");
                    sheet.write_formula(row, column, formula).unwrap()
                }
                Data::String(text) => sheet.write_string(row, column, text).unwrap(),
                _ => continue,
            };
        }
    }
    book.save(folder.path(name)).unwrap();
}

#[test]
fn the_templates_of_the_repository_come_back_byte_for_byte() {
    for example in examples() {
        let text = std::fs::read_to_string(repository().join(&example)).unwrap();
        let folder = Folder::with(&text);
        for (name, locale) in [("a.csv", "ru"), ("b.csv", "en"), ("c.xlsx", "ru")] {
            let ran = export(&folder, name, &["--locale", locale]);
            assert_eq!(ran.code, 0, "{example}: {ran:?}");
            let ran = import(&folder, name, &["--out", "new.json"]);
            assert!(
                ran.out.contains(": 0 prices changed of "),
                "{example}: {ran:?}"
            );
            assert_eq!(folder.file("new.json"), text, "{example}");
        }
    }
}

#[test]
fn a_row_says_where_its_price_stands() {
    let folder = Folder::with(ODD);
    let ran = export(&folder, "-", &["--numbers", "fee"]);
    let revision = ran.out.split("sha256-").nth(1).unwrap()[..12].to_owned();
    assert_eq!(
        ran.out.replace(&revision, "…"),
        "\u{feff}address,what,where,price,currency,per,revision\r\n\
         /tables/0/cells/0/0,\"A, \"\"piece\"\"\",Film: =M; Run: 1–50,1.25,EUR,per piece,sha256-…\r\n\
         /tables/0/cells/0/1,\"A, \"\"piece\"\"\",Film: =M; Run: 51–100,0.1,EUR,per piece,sha256-…\r\n\
         /lines/2/minimum,Least,at least,123456789012.00001,EUR,,sha256-…\r\n\
         /lines/3/price,Off,,-3,EUR,,sha256-…\r\n\
         /parameters/1/values/0/numbers/fee,Film,=M: fee,1.5,EUR,,sha256-…\r\n"
            .replace(",=M: fee", ",'=M: fee")
    );
    assert_eq!(
        ran.err,
        "tirage: t.json: 5 prices\nleft out: the table `waste`\n"
    );
    let ran = export(&folder, "-", &["--locale", "ru", "--only", "waste"]);
    assert!(
        ran.out.contains(";waste;Run: 1–100;5;EUR;;sha256-"),
        "{ran:?}"
    );
    let ran = export(&folder, "-", &["--locale", "ru"]);
    assert!(
        ran.out
            .contains(";\"A, \"\"piece\"\"\";Плёнка: =M; Run: 1–50;1,25;EUR;за штуку;")
            || ran
                .out
                .contains(";\"Плёнка: =M; Run: 1–50\";1,25;EUR;за штуку;"),
        "{ran:?}"
    );
}

#[test]
fn a_workbook_holds_the_digits_of_the_template() {
    let folder = Folder::with(ODD);
    assert_eq!(export(&folder, "p.xlsx", &[]).code, 0);
    let first = std::fs::read(folder.path("p.xlsx")).unwrap();
    let prices: Vec<Data> = cells(&folder, "p.xlsx")
        .iter()
        .map(|row| row[3].clone())
        .collect();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(
        prices,
        [
            text("price"),
            Data::Float(1.25),
            Data::Float(0.1),
            // A double of so many digits would be another number.
            text("123456789012.00001"),
            Data::Float(-3.0),
        ]
    );
    assert_eq!(export(&folder, "p.xlsx", &[]).code, 0);
    assert_eq!(first, std::fs::read(folder.path("p.xlsx")).unwrap());
}

#[test]
fn only_changed_prices_change_and_the_formatting_stays() {
    let folder = Folder::with(ODD);
    assert_eq!(export(&folder, "p.csv", &["--numbers", "fee"]).code, 0);
    let file = folder.file("p.csv");
    let mut rows: Vec<&str> = file.lines().collect();
    // Sorted, filtered and with a column of notes: rows are found by their addresses.
    rows[1..].reverse();
    rows.truncate(5);
    let changed = rows
        .join("\r\n\r\n")
        .replace(",1.5,EUR", ",\"1,75\",EUR")
        .replace(",0.1,", ", 1\u{a0}000.5 ,")
        .replace(",-3,", ",-2.5,");
    std::fs::write(folder.path("p.csv"), changed).unwrap();
    let ran = import(&folder, "p.csv", &["--out", "new.json"]);
    assert_eq!(
        ran.out,
        "t.json: 3 prices changed of 4\n\
         \u{20} film.fee of matt     1.5 →   1.75\n\
         \u{20} line off              -3 →   -2.5\n\
         \u{20} price[matt, 51–100]  0.1 → 1000.5\n\
         written to new.json\n"
    );
    let expected = ODD
        .replace("\"1.250\" ,   0.1", "\"1.250\" ,   1000.5")
        .replace("\"1.50\"", "\"1.75\"")
        .replace("\"price\": -3 ", "\"price\": -2.5 ");
    assert_eq!(folder.file("new.json"), expected);
    assert_eq!(folder.file("t.json"), ODD);
}

#[test]
fn a_changed_workbook_gives_the_new_price_and_examples_say_so() {
    let text = std::fs::read_to_string(repository().join("examples/business-cards.json")).unwrap();
    let folder = Folder::with(&text);
    assert_eq!(export(&folder, "p.xlsx", &["--locale", "ru"]).code, 0);
    let mut rows = cells(&folder, "p.xlsx");
    let corners = rows.iter_mut().find(|row| row[0] == "/lines/4/price");
    corners.unwrap()[3] = Data::Float(1.1);
    save(&folder, "p.xlsx", &rows);
    let ran = import(&folder, "p.xlsx", &["--out", "t.json"]);
    assert!(
        ran.out.starts_with(
            "t.json: 1 price changed of 78\n  line corners  1 → 1.1\nexamples: 2 recomputed; "
        ),
        "{ran:?}"
    );
    let now = folder.file("t.json");
    assert!(
        now.contains("\"price\": 1.1,\n      \"times\": \"run\""),
        "{now}"
    );
    assert!(
        now.contains("; recomputed after importing p.xlsx\""),
        "{now}"
    );
    assert_eq!(folder.tirage(&["template", "test", "t.json"]).code, 0);
    let quote = ["quote", "--template", "t.json", "--answers", "-"];
    let ran = folder.give(&quote, r#"{"run": 600, "rounded": true}"#);
    assert!(ran.out.contains("Rounded corners    660.00\n"), "{ran:?}");
    // The same file once more is one of the revision before.
    let ran = import(&folder, "p.xlsx", &["--out", "t.json"]);
    assert!(
        ran.out
            .starts_with("p.xlsx, sheet `prices`, row 2, column G (`revision`): expected `sha256-"),
        "{ran:?}"
    );
    assert!(
        ran.out
            .contains("\n… and 58 more\n78 mistakes, nothing written\n"),
        "{ran:?}"
    );
    assert_eq!((ran.code, folder.file("t.json")), (1, now));
}

#[test]
fn a_computed_figure_is_rounded_when_told_so_and_else_refused() {
    let folder = Folder::with(ODD);
    assert_eq!(export(&folder, "p.xlsx", &[]).code, 0);
    let mut rows = cells(&folder, "p.xlsx");
    rows[1][3] = Data::Float("1.3500000000000003".parse().unwrap());
    save(&folder, "p.xlsx", &rows);
    let ran = import(&folder, "p.xlsx", &["--out", "new.json"]);
    assert_eq!(
        ran.out,
        "p.xlsx, sheet `prices`, row 2, column D (`price`): expected at most 6 decimals (round it there, or with --round), found 1.3500000000000003\n\
         1 mistake, nothing written\n"
    );
    let round = ["--round", "0.01", "half-up", "--out", "new.json"];
    assert_eq!(import(&folder, "p.xlsx", &round).code, 0);
    assert_eq!(
        folder.file("new.json"),
        ODD.replace("\"1.250\"", "\"1.350\"")
    );
}

#[test]
fn whatever_is_wrong_in_a_csv_file_is_told_with_its_place_and_nothing_is_written() {
    let folder = Folder::with(ODD);
    let file = export(&folder, "-", &[]).out;
    let commas = export(&folder, "-", &["--locale", "ru"]).out;
    let row = file.lines().nth(2).unwrap();
    let number = "a number such as 12.5";
    for (file, old, new, said) in [
        (&file, ",1.25,", ",,", format!("row 2, column D (`price`): expected {number}, found nothing")),
        (&file, ",1.25,", ",1.25 EUR,", format!("row 2, column D (`price`): expected {number}, found `1.25 EUR`")),
        (&file, ",1.25,", ",1.2E3,", format!("row 2, column D (`price`): expected {number}, found `1.2E3`")),
        (&file, ",1.25,", ",\"1,250\",", "row 2, column D (`price`): expected a price that reads in one way only, such as 1234 or 1.234, found `1,250`".to_owned()),
        (&commas, ";1,25;", ";1.234,50;", format!("row 2, column D (`price`): expected {number}, found `1.234,50`")),
        (&file, ",1.25,", ",-1.25,", "row 2, column D (`price`): expected a number from 0 on, because `price[matt, 1–50]` is 1.25, found `-1.25`".to_owned()),
        (&file, ",1.25,", ",1.2500001,", "row 2, column D (`price`): expected at most 6 decimals (round it there, or with --round), found `1.2500001`".to_owned()),
        (&file, "/tables/0/cells/0/0,", "/tables/0/cells/0/2,", "row 2, column A (`address`): expected the address of a price of the template, found `/tables/0/cells/0/2`".to_owned()),
        (&file, "/tables/0/cells/0/0,", ",", "row 2, column A (`address`): expected the address of a price of the template, found nothing".to_owned()),
        (&file, row, &format!("{row}\r\n{row}"), "row 4, column A (`address`): expected each address once, found `/tables/0/cells/0/1` that row 3 has".to_owned()),
        (&file, "address", "addresses", "row 1: expected a column `address`, found none".to_owned()),
        (&file, "what", "price", "row 1: expected one column `price`, found two".to_owned()),
        (&file, &file[3..], "", "row 1: expected the names of columns, found nothing".to_owned()),
    ] {
        assert!(file.contains(old), "{old}");
        std::fs::write(folder.path("p.csv"), file.replacen(old, new, 1)).unwrap();
        let ran = import(&folder, "p.csv", &["--out", "t.json"]);
        let said = format!("p.csv, {said}\n1 mistake, nothing written\n");
        assert_eq!((ran.out, ran.code), (said, 1));
        assert_eq!(folder.file("t.json"), ODD);
    }
}

#[test]
fn cells_that_are_no_numbers_are_told_by_what_they_are() {
    let folder = Folder::with(ODD);
    assert_eq!(export(&folder, "p.xlsx", &[]).code, 0);
    let rows = cells(&folder, "p.xlsx");
    for (cell, found) in [
        (Data::DateTimeIso(String::new()), "a date"),
        (
            Data::Error(calamine::CellErrorType::Div0),
            "the error #DIV/0!",
        ),
        (Data::Bool(true), "true"),
        (Data::Empty, "nothing"),
        (Data::String("сто".to_owned()), "`сто`"),
    ] {
        let mut rows = rows.clone();
        rows[4][3] = cell;
        save(&folder, "p.xlsx", &rows);
        let ran = import(&folder, "p.xlsx", &["--out", "t.json"]);
        assert_eq!(
            ran.out,
            format!(
                "p.xlsx, sheet `prices`, row 5, column D (`price`): expected a number such as 12.5, found {found}\n\
                 1 mistake, nothing written\n"
            )
        );
    }
    assert_eq!(folder.file("t.json"), ODD);
}

#[test]
fn files_that_are_no_spreadsheets_and_wrong_use_are_told() {
    let folder = Folder::with(ODD);
    for (name, bytes, code, said) in [
        (
            "p.xlsx",
            "address;price",
            1,
            "tirage: p.xlsx: expected an Excel workbook (.xlsx): ",
        ),
        (
            "p.csv",
            "address;price;revision\n\"a",
            1,
            "tirage: p.csv, row 2: expected a closing quote, found the end of the file\n",
        ),
        (
            "p.ods",
            "",
            2,
            "tirage: --from: expected a file that ends in .xlsx or .csv, found `p.ods`\n",
        ),
    ] {
        std::fs::write(folder.path(name), bytes).unwrap();
        let ran = import(&folder, name, &[]);
        assert!(ran.err.starts_with(said), "{ran:?}");
        assert_eq!(ran.code, code);
    }
    let ran = export(&folder, "p.pdf", &[]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            2,
            "tirage: --to: expected a file that ends in .xlsx or .csv, found `p.pdf`\n"
        )
    );
    let ran = export(&folder, "p.csv", &["--only", "pric"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    std::fs::write(folder.path("p.csv"), "").unwrap();
    let ran = import(&folder, "p.csv", &["--round", "0", "up"]);
    assert!(
        ran.err
            .starts_with("tirage: --round: expected a step above 0"),
        "{ran:?}"
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn examples_must_hold_before_or_are_taken_out() {
    let wrong = template("2", &EXAMPLE.replace("20", "21"));
    let folder = Folder::with(&wrong);
    assert_eq!(export(&folder, "p.csv", &[]).code, 0);
    let ran = import(&folder, "p.csv", &[]);
    assert!(
        ran.err
            .contains("t.json: expected examples that hold before the import"),
        "{ran:?}"
    );
    let changed = folder.file("p.csv").replace(",2,", ",4,");
    std::fs::write(folder.path("p.csv"), changed).unwrap();
    let ran = import(&folder, "p.csv", &["--drop-examples", "--out", "t.json"]);
    assert!(ran.out.contains("examples: taken out\n"), "{ran:?}");
    assert_eq!(folder.file("t.json"), template("4", ""));
}
