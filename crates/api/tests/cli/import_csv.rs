//! Price files become templates, or nothing is written.

use crate::support::{Folder, Ran, repository};

const FILE: &str = "Size;Тираж;Цена\nA4;100;1,50\nA5;100;1\n";

fn import(folder: &Folder, input: &str, more: &[&str]) -> Ran {
    let command = [
        "template",
        "import-csv",
        "-",
        "--key",
        "t",
        "--name",
        "T",
        "--currency",
        "EUR",
    ];
    folder.give(&[&command, more].concat(), input)
}

fn empty() -> Folder {
    Folder::with("")
}

#[test]
fn the_template_is_checked_priced_and_tested_like_any_other() {
    let folder = empty();
    let ran = import(&folder, FILE, &["--out", "new.json"]);
    assert_eq!(
        ran.out,
        "-: UTF-8 and `;`, 2 rows\n\
         \u{20} size  `Size`, 2 values\n\
         \u{20} run   `Тираж`, 1 value\n\
         \u{20} price of one piece from `Цена`\n\
         written to new.json\n"
    );
    let test = folder.tirage(&["template", "test", "new.json"]);
    assert_eq!(
        (test.code, test.out.as_str()),
        (0, "2 examples: 2 passed, 0 failed\n")
    );
    let check = folder.tirage(&["template", "check", "--deny-warnings", "new.json"]);
    assert_eq!(check.code, 0, "{check:?}");
    let answers = r#"{"size": "A5"}"#;
    let quote = folder.give(
        &["quote", "--template", "new.json", "--answers", "-"],
        answers,
    );
    assert!(quote.out.contains("Total  100.00 EUR\n"), "{quote:?}");
}

#[test]
fn the_report_leaves_the_standard_output_to_the_template() {
    let ran = import(&empty(), FILE, &["--out", "-"]);
    assert!(
        ran.out
            .starts_with("{\n  \"format\": 1,\n  \"key\": \"t\","),
        "{ran:?}"
    );
    assert!(
        ran.err.starts_with("tirage: -: UTF-8 and `;`, 2 rows\n"),
        "{ran:?}"
    );
}

#[test]
fn with_a_mistake_nothing_is_written_and_what_was_there_stays() {
    let folder = Folder::with("before");
    let ran = import(&folder, "Size;Тираж;Цена\nA4;100;\n", &["--out", "t.json"]);
    assert_eq!(
        ran.out,
        "-, line 2, column 3 (`Цена`): expected a price, found none\n1 mistake, nothing written\n"
    );
    assert_eq!(ran.code, 1);
    assert_eq!(folder.file("t.json"), "before");
}

#[test]
fn columns_are_named_and_runs_left_open_by_options() {
    let folder = empty();
    let more = [
        "--piece-price-column",
        "each",
        "--max-run",
        "30",
        "--out",
        "new.json",
    ];
    assert_eq!(import(&folder, "Size,each\nA4,2\nA5,1\n", &more).code, 0);
    let quote = [
        "quote",
        "--template",
        "new.json",
        "--answers",
        "-",
        "--run",
        "30",
    ];
    let ran = folder.give(&quote, "{}");
    assert!(ran.out.contains("Total  60.00 EUR\n"), "{ran:?}");
}

#[test]
fn what_the_options_say_is_checked_and_a_missing_file_is_told() {
    let command = [
        "template",
        "import-csv",
        "-",
        "--key",
        "T 1",
        "--name",
        "T",
        "--currency",
        "EUR",
    ];
    let ran = empty().give(&command, FILE);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("tirage: --key: /key: expected a key: "),
        "{ran:?}"
    );
    let mut missing = command;
    missing[2] = "none.csv";
    let ran = empty().tirage(&missing);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .starts_with("tirage: none.csv: cannot read the file: "),
        "{ran:?}"
    );
}

#[test]
fn the_price_file_of_the_repository_holds_to_its_rows() {
    let folder = empty();
    let file = repository().join("examples/price-files/mugs.csv");
    let command = [
        "template",
        "import-csv",
        file.to_str().unwrap(),
        "--key",
        "mugs",
        "--name",
        "M",
        "--currency",
        "RUB",
        "--out",
        "mugs.json",
    ];
    assert_eq!(folder.tirage(&command).code, 0);
    let ran = folder.tirage(&["template", "test", "mugs.json"]);
    assert_eq!(ran.out, "3 examples: 3 passed, 0 failed\n");
}
