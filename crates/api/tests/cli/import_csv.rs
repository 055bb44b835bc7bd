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

#[test]
fn the_t_shirts_are_exactly_what_their_price_file_says() {
    let ran = crate::support::tirage(&[
        "template",
        "import-csv",
        "examples/t-shirts.csv",
        "--keep",
        "examples/t-shirts.json",
        "--out",
        "-",
    ]);
    let written = std::fs::read_to_string(repository().join("examples/t-shirts.json")).unwrap();
    assert_eq!(ran.out, written, "{}", ran.err);
    assert!(
        ran.err.contains("prices: 0 changed, 0 new, 0 gone"),
        "{}",
        ran.err
    );
}

/// A template that began as an import and was worked on since.
const WORKED_ON: &str = r#"{
  "format": 1, "key": "mugs", "name": { "ru": "Кружки", "en": "Mugs" }, "currency": "RUB",
  "parameters": [
    { "key": "colour", "kind": "choice", "view": "swatches", "name": { "ru": "Цвет", "en": "Colour" }, "default": "red",
      "values": [
        { "key": "red",  "label": { "ru": "Красный", "en": "Red" }, "color": "red" },
        { "key": "Синий", "label": { "ru": "Синий", "en": "Blue" }, "hint": "Deep" } ] },
    { "key": "run", "kind": "run", "name": "Тираж", "only": [10, 100], "default": 100, "unit": "шт." },
    { "key": "rush", "kind": "yes-no", "name": { "ru": "Срочно", "en": "Rush" } }
  ],
  "tables": [
    { "key": "mug", "name": { "ru": "Кружка", "en": "A mug" }, "axes": [ { "key": "run" }, { "key": "colour" } ],
      "rows": [
        [10, "red", "50.00"],
        [100, "red", 40],
        [10, "Синий", 60] ] }
  ],
  "lines": [
    { "key": "mugs", "name": { "ru": "Кружки", "en": "Mugs" }, "price": "mug[run, colour]", "times": "run" },
    { "key": "rush", "name": { "ru": "Срочность", "en": "Rush" }, "percent": 50, "when": "rush" }
  ],
  "examples": [
    { "name": "ten red ones in a hurry", "source": "by hand", "answers": { "run": 10, "rush": true }, "expect": { "total": 750 } }
  ]
}
"#;

fn kept(template: &str, file: &str, more: &[&str]) -> (Folder, Ran) {
    let folder = Folder::with(template);
    let command = [
        "template",
        "import-csv",
        "-",
        "--keep",
        "t.json",
        "--out",
        "t.json",
    ];
    let ran = folder.give(&[&command, more].concat(), file);
    (folder, ran)
}

#[test]
fn a_new_price_file_changes_prices_and_keeps_what_people_wrote() {
    let file = "Цвет;Тираж;Цена\nКрасный;10;51\nКрасный;200;39,5\nЗелёный;10;70\n";
    let (folder, ran) = kept(WORKED_ON, file, &[]);
    assert_eq!(
        ran.out,
        "-: UTF-8 and `;`, 3 rows\n\
         \u{20} tsvet  `Цвет`, 2 values\n\
         \u{20} run    `Тираж`, 2 values\n\
         \u{20} price of one piece from `Цена`\n\
         t.json: kept, but for its prices\n\
         \u{20} `colour`: new `Зелёный`\n\
         \u{20} `colour`: `Синий` is gone, hidden now\n\
         \u{20} prices: 1 changed, 2 new, 2 gone\n\
         examples: 1 recomputed; they say what is computed now, not what somebody has checked\n\
         \u{20} \"ten red ones in a hurry\" total: 750 → 765\n\
         written to t.json\n"
    );
    let mut expected = WORKED_ON.to_owned();
    for (old, new) in [
        (
            "\"hint\": \"Deep\" } ]",
            "\"hint\": \"Deep\", \"hidden\": true },\n        { \"key\": \"Зелёный\", \"label\": \"Зелёный\" } ]",
        ),
        (
            "\"only\": [10, 100], \"default\": 100",
            "\"only\": [10, 200], \"default\": 10",
        ),
        ("[10, \"red\", \"50.00\"]", "[10, \"red\", 51]"),
        ("[100, \"red\", 40]", "[200, \"red\", 39.5]"),
        ("[10, \"Синий\", 60]", "[10, \"Зелёный\", 70]"),
        ("\"by hand\"", "\"by hand; recomputed after importing -\""),
        ("\"total\": 750", "\"total\": 765"),
    ] {
        assert_eq!(expected.matches(old).count(), 1, "{old}");
        expected = expected.replace(old, new);
    }
    assert_eq!(folder.file("t.json"), expected);
    assert_eq!(folder.tirage(&["template", "test", "t.json"]).code, 0);

    // What came back is shown again, and the last word of the source counts.
    let file = "Цвет;Тираж;Цена\nКрасный;10;52\nСиний;10;60\nЗелёный;10;70\n";
    let (folder, ran) = kept(&folder.file("t.json"), file, &[]);
    assert!(
        ran.out.contains("`colour`: `Синий` is back, shown again\n"),
        "{ran:?}"
    );
    let now = folder.file("t.json");
    assert!(
        now.contains("\"hint\": \"Deep\", \"hidden\": false }"),
        "{now}"
    );
    assert!(
        now.contains("\"by hand; recomputed after importing -\""),
        "{now}"
    );
    assert!(now.contains("\"only\": [10], \"default\": 10"), "{now}");
}

#[test]
fn a_value_that_the_shop_hides_stays_hidden_and_a_default_that_is_gone_gives_way() {
    let hidden = WORKED_ON.replace("\"hint\": \"Deep\"", "\"hidden\": true");
    let file = "Цвет;Тираж;Цена\nКрасный;10;50\nСиний;10;60\n";
    let (folder, _) = kept(&hidden, file, &["--drop-examples"]);
    assert!(folder.file("t.json").contains("\"hidden\": true }"));
    let (folder, ran) = kept(
        WORKED_ON,
        "Цвет;Тираж;Цена\nСиний;10;60\n",
        &["--drop-examples"],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let now = folder.file("t.json");
    assert!(now.contains("\"default\": \"Синий\""), "{now}");
    assert!(
        now.contains("\"color\": \"red\", \"hidden\": true }"),
        "{now}"
    );
    assert!(!now.contains("examples"), "{now}");
}

#[test]
fn a_file_that_does_not_fit_the_kept_template_is_refused_with_every_reason() {
    let file = "Цвет;Ручка;Тираж;Цена\nКрасный;Прямая;10;50\nКрасный;Круглая;10;60\n";
    for (template, file, said) in [
        (
            WORKED_ON.to_owned(),
            file,
            "t.json: expected a choice of the key `ruchka` or the name `Ручка` for the column `Ручка`, found none\n1 mistake, nothing written\n",
        ),
        (
            WORKED_ON.replace(
                "{ \"key\": \"rush\", \"kind\": \"yes-no\"",
                "{ \"key\": \"ruchka\", \"kind\": \"choice\", \"name\": \"R\", \"values\": [{ \"key\": \"Прямая\", \"label\": \"П\" }] },\n    { \"key\": \"rush\", \"kind\": \"yes-no\"",
            ),
            file,
            "t.json: expected an axis `ruchka` in the table `mug`, because prices vary with it, found only run, colour\n1 mistake, nothing written\n",
        ),
        (
            WORKED_ON.to_owned(),
            "Тираж;Цена\n10;50\n",
            "t.json: expected a column for the axis `colour` of the table `mug`, found none\n1 mistake, nothing written\n",
        ),
    ] {
        let (folder, ran) = kept(&template, file, &[]);
        assert_eq!(ran.out, said);
        assert_eq!(ran.code, 1);
        assert_eq!(folder.file("t.json"), template);
    }
    let (_, ran) = kept(WORKED_ON, "Цвет;Тираж;Цена\nКрасный;200;50\n", &[]);
    assert!(ran.err.contains("has no price any more"), "{ran:?}");
    let broken = WORKED_ON.replace("\"total\": 750", "\"total\": 751");
    let (_, ran) = kept(&broken, "Цвет;Тираж;Цена\nКрасный;10;50\n", &[]);
    assert!(
        ran.err
            .contains("expected examples that hold before the import"),
        "{ran:?}"
    );
    let both = [
        "template",
        "import-csv",
        "-",
        "--keep",
        "t.json",
        "--key",
        "t",
    ];
    let both = empty().tirage(&both);
    assert_eq!(both.code, 2, "{both:?}");
}
