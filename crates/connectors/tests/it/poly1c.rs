//! Price files become templates that price as the files say, or are refused in the files' terms.

use std::io::Cursor;

use proptest::prelude::*;
use tirage_connectors::poly1c::{
    self, ColumnNames, Encoding, Import, ImportError, Mistakes, Problem, Settings,
};
use tirage_pricing::{Answer, Answers, Decimal, Template, decimal};

fn settings() -> Settings {
    Settings {
        key: "mugs".to_owned(),
        name: "Кружки".to_owned(),
        currency: "RUB".to_owned(),
        columns: ColumnNames::default(),
        max_run: None,
    }
}

fn read(bytes: &[u8], settings: &Settings) -> Result<Import, Mistakes> {
    match poly1c::import(Cursor::new(bytes), settings) {
        Ok(import) => Ok(import),
        Err(ImportError::Mistakes(mistakes)) => Err(mistakes),
        Err(error) => panic!("{error}"),
    }
}

fn import(text: &str) -> Import {
    read(text.as_bytes(), &settings()).unwrap()
}

/// What is wrong, one line each.
fn told(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let mistakes = read(bytes.as_ref(), &settings()).unwrap_err();
    mistakes.first.iter().map(ToString::to_string).collect()
}

/// The template, which is right and whose worked examples hold.
fn template(import: &Import) -> Template {
    let template = Template::parse(&import.template).unwrap();
    assert_eq!(template.failing_examples(), []);
    assert!(!template.examples().is_empty());
    template
}

/// A total, or the code of the problem.
fn total(template: &Template, answers: &[(&str, &str)]) -> String {
    let answers: Answers = answers
        .iter()
        .map(|(key, answer)| (*key, Answer::Text((*answer).to_owned())))
        .collect();
    let quote = template.quote(&answers, &[]);
    let run = quote.runs.first().unwrap();
    match &run.price {
        Some(price) => decimal::canonical(price.total),
        None => {
            let mut problems = quote.problems.iter().chain(&run.problems);
            problems.next().unwrap().code.as_str().to_owned()
        }
    }
}

const SHIRTS: &str = "Модель;Цвет;Тираж;Цена\n\
    Базовая;Белый;10;412,50\n\
    Базовая;Белый;100;1 300,00\n\
    Плотная;\"Синий, \"\"ночь\"\"\";10;500\n";

#[test]
fn a_row_is_a_price() {
    let import = import(SHIRTS);
    assert_eq!((import.rows, import.delimiter), (3, ';'));
    let template = template(&import);
    assert_eq!(total(&template, &[]), "4125");
    assert_eq!(total(&template, &[("run", "100")]), "130000");
    let blue = [("model", "Плотная"), ("tsvet", "Синий, \"ночь\"")];
    assert_eq!(total(&template, &blue), "5000");
    let hundred = [blue[0], blue[1], ("run", "100")];
    assert_eq!(total(&template, &hundred), "no_such_combination");
    assert_eq!(total(&template, &[("run", "11")]), "not_offered");
    let colour = &template.parameters()[1];
    let labels = colour.kind.choice().unwrap().values.iter();
    let labels: Vec<&str> = labels.map(|value| value.label.get("ru")).collect();
    assert_eq!(labels, ["Белый", "Синий, \"ночь\""]);
}

#[test]
fn every_way_of_writing_a_file_gives_the_same_template() {
    let plain = import(SHIRTS);
    let bytes_1251 = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|character| match u32::from(character) {
                code @ 0..0x80 => u8::try_from(code).unwrap(),
                code @ 0x410..=0x44f => u8::try_from(code - 0x410 + 0xc0).unwrap(),
                code => panic!("{code:x}"),
            })
            .collect()
    };
    let other = |bytes: &[u8]| read(bytes, &settings()).unwrap();
    let old = other(&bytes_1251(SHIRTS));
    assert_eq!(old.encoding, Encoding::Windows1251);
    assert_eq!(old.template, plain.template);
    for (text, delimiter) in [
        (format!("\u{feff}{SHIRTS}"), ';'),
        (SHIRTS.replace('\n', "\r\n"), ';'),
        (SHIRTS.replace(';', "\t"), '\t'),
        (SHIRTS.trim_end().replace("Белый", "  Белый\u{a0}"), ';'),
        (
            SHIRTS
                .replace("412,50", "412.50")
                .replace("1 300,00", "1\u{a0}300")
                .replace(';', ","),
            ',',
        ),
        (SHIRTS.replace("Цена\n", "Цена\n\n"), ';'),
    ] {
        let import = other(text.as_bytes());
        assert_eq!(import.delimiter, delimiter, "{text}");
        // The examples name the file's lines, of which one file has a blank one more.
        let before_examples = |text: &str| text.split("\"examples\"").next().map(str::to_owned);
        assert_eq!(
            before_examples(&import.template),
            before_examples(&plain.template),
            "{text}"
        );
    }
}

#[test]
fn the_price_of_a_whole_run_is_taken_as_it_is() {
    let text = "Формат,Тираж,Цена,Стоимость\nA4,300,\"0,33\",100\nA5,300,\"0,2\",\"59,99\"\n";
    let import = import(text);
    assert!(import.price_of_run);
    let template = template(&import);
    assert_eq!(total(&template, &[]), "100");
    assert_eq!(total(&template, &[("format", "A5")]), "59.99");
}

#[test]
fn a_file_without_runs_prices_one_piece() {
    let text = "Формат;Цена\nA4;10\nA5;7,5\n";
    assert_eq!(
        told(text),
        ["line 1: expected a column named `Тираж` or `Количество`, found `Формат`, `Цена`"]
    );
    let free = Settings {
        max_run: Some(50),
        ..settings()
    };
    let import = read(text.as_bytes(), &free).unwrap();
    let template = template(&import);
    assert_eq!(total(&template, &[("format", "A5"), ("run", "50")]), "375");
    assert_eq!(total(&template, &[("run", "51")]), "out_of_bounds");
    let whole = read("Формат;Сумма\nA4;10\n".as_bytes(), &free).unwrap_err();
    assert!(
        matches!(whole.first[0].problem, Problem::NoColumn { .. }),
        "{whole:?}"
    );
}

#[test]
fn columns_may_have_other_names() {
    let other = Settings {
        columns: ColumnNames {
            run: vec!["qty".to_owned()],
            piece_price: vec!["EUR each".to_owned()],
            run_price: Vec::new(),
        },
        ..settings()
    };
    let import = read(b"Size,QTY,eur each\nS,5,2\nL,5,3\n", &other).unwrap();
    assert_eq!(total(&template(&import), &[("size", "L")]), "15");
}

#[test]
fn every_mistake_is_told_with_its_line_and_column() {
    let text = "Формат;Тираж;Цена\n\
        A4;100;1,5\n\
        A4;сто;1,5\n\
        A5;100\n\
        A5;200;\n\
        A4;100;2\n\
        A6;1,5;-3\n";
    assert_eq!(
        told(text),
        [
            "line 3, column 2 (`Тираж`): expected a whole number of pieces such as 1000, found \"сто\"",
            "line 4: expected 3 cells as in the first row, found 2",
            "line 5, column 3 (`Цена`): expected a price, found none",
            "line 6: expected each combination once, found the one of line 2 again",
            "line 7, column 2 (`Тираж`): expected a whole number of pieces such as 1000, found \"1,5\"",
            "line 7, column 3 (`Цена`): expected a price such as 1 234,50, found \"-3\"",
        ]
    );
}

#[test]
fn the_first_row_is_checked() {
    for (text, said) in [
        ("", "expected a row of column names, found an empty file"),
        (
            "\u{feff}",
            "expected a row of column names, found an empty file",
        ),
        (
            "\n \n",
            "expected a row of column names, found an empty file",
        ),
        (
            "Формат;Тираж;Цена\n",
            "expected rows of prices below the column names, found none",
        ),
        (
            "Формат;Тираж\nA4;1\n",
            "line 1: expected a column named `Цена` or `Стоимость` or `Сумма`, found `Формат`, `Тираж`",
        ),
        (
            "Тираж;Количество;Цена\n1;1;1\n",
            "line 1, column 2 (`Количество`): expected one column for the run, found column 1 already",
        ),
        (
            "Формат;ФОРМАТ;Тираж;Цена\n1;1;1;1\n",
            "line 1, column 2 (`ФОРМАТ`): expected each column name once, found it in column 1 already",
        ),
        (
            "Формат;;Тираж;Цена\nA4;x;1;1\n",
            "line 2, column 2: expected a column name, found none",
        ),
    ] {
        assert_eq!(told(text), [said], "{text}");
    }
    let spare = import("Тираж;Цена;;\n1;2;;\n5;1;;\n");
    assert_eq!(total(&template(&spare), &[("run", "5")]), "5");
}

#[test]
fn twenty_mistakes_are_listed_and_all_are_counted() {
    let mut text = "Формат;Тираж;Цена\n".to_owned();
    for line in 0..50_000 {
        text += &format!("A4;{line};x\n");
    }
    let mistakes = read(text.as_bytes(), &settings()).unwrap_err();
    // The run of the first row is 0, which is no run either.
    assert_eq!((mistakes.first.len(), mistakes.count), (20, 50_001));
    let lines: Vec<Option<u64>> = mistakes.first.iter().map(|one| one.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    assert_eq!(mistakes.to_string(), "50001 mistakes in the file");
}

#[test]
fn hostile_files_are_refused_by_name() {
    let header = "Формат;Тираж;Цена\n";
    let columns = |count: usize| format!("{}Тираж;Цена\n", "a;".repeat(count));
    let long = "x".repeat(50_000_000);
    for (bytes, said) in [
        (
            long.clone().into_bytes(),
            "line 1, column 1: expected a cell of at most 1000 bytes, found a longer one",
        ),
        (
            format!("{header}\"{long}").into_bytes(),
            "line 2, column 1 (`Формат`): expected a cell of at most 1000 bytes, found a longer one",
        ),
        (
            format!("{header}{}", ";".repeat(50_000_000)).into_bytes(),
            "line 2: expected 3 cells as in the first row, found 50000001",
        ),
        (
            columns(10_000).into_bytes(),
            "line 1: expected at most 100 columns, found 10002",
        ),
        (
            b"a;b\n1;\x00".to_vec(),
            "line 2: expected a text in UTF-8 or Windows-1251, found a zero byte",
        ),
        (
            b"\xff\xfea\x00".to_vec(),
            "expected a text in UTF-8 or Windows-1251, found UTF-16",
        ),
        (
            b"\xef\xbb\xbfa;b\n\xd6".to_vec(),
            "line 2: expected UTF-8, as the file's first bytes say, found other bytes",
        ),
        (
            format!("{header}A4;1;\"2\n").into_bytes(),
            "line 2, column 3 (`Цена`): expected a quote that closes the cell, found none before the end of the file",
        ),
        (
            format!("{header}\"A4\"x;1;2\n").into_bytes(),
            "line 2, column 1 (`Формат`): expected the end of the cell after its closing quote, found more text",
        ),
        (
            format!("{header}A4;1;{}\n", "9".repeat(500)).into_bytes(),
            "line 2, column 3 (`Цена`): expected a number of at most 1 000 000 000 000 000, found \"9999999999999999999999999999999999999999…\"",
        ),
        (
            format!("{header}A\u{7}4;1;2\n").into_bytes(),
            "line 2, column 1 (`Формат`): expected a text, found the control character U+0007",
        ),
    ] {
        assert_eq!(told(&bytes), [said]);
    }
    assert_eq!(
        told(wide(16)),
        ["expected at most 16 columns of several values, the run included, found 17"]
    );
}

/// A file of this many columns that vary, beside the run.
fn wide(columns: usize) -> String {
    let names: Vec<String> = (1..=columns).map(|column| format!("a{column}")).collect();
    let row = |value: &str| vec![value; columns].join(";");
    let (first, second) = (row("1"), row("2"));
    format!(
        "{};Тираж;Цена\n{first};1;1\n{second};1;7\n",
        names.join(";")
    )
}

#[test]
fn fifteen_columns_vary_beside_the_run() {
    let template = template(&import(&wide(15)));
    assert_eq!(template.tables()[0].axes.len(), 16);
    let keys: Vec<String> = (1..=15).map(|column| format!("a{column}")).collect();
    let answers: Vec<(&str, &str)> = keys.iter().map(|key| (key.as_str(), "2")).collect();
    assert_eq!(total(&template, &answers), "7");
    let quote = template.quote(
        &["a1"]
            .map(|key| (key, Answer::Text("2".to_owned())))
            .into_iter()
            .collect(),
        &[],
    );
    assert_eq!(
        quote.runs[0].problems[0].code.as_str(),
        "no_such_combination"
    );
}

#[test]
fn an_empty_cell_is_a_value_and_a_column_of_one_value_is_no_axis() {
    let import = import("Лак;Бумага;Тираж;Цена\n;Мел;1;5\nДа;Мел;1;7\n");
    let template = template(&import);
    assert_eq!(template.tables()[0].axes.len(), 2);
    assert_eq!(total(&template, &[("lak", "none")]), "5");
    assert_eq!(total(&template, &[("lak", "Да")]), "7");
}

/// A table of prices, as its owner has it.
#[derive(Debug, Clone)]
struct Prices {
    rows: Vec<(Vec<String>, u32, Decimal)>,
    width: usize,
}

fn prices() -> impl Strategy<Value = Prices> {
    let text = "[A-Za-zА-Яа-яЁё0-9№\"',;+()x][A-Za-zА-Яа-я0-9 \"',;+.\n]{0,80}";
    (1_usize..5).prop_flat_map(move |width| {
        let row = (
            proptest::collection::vec(text, width),
            1_u32..5_000,
            (0_i64..100_000_000, 0_u32..6),
        );
        proptest::collection::vec(row, 1..30).prop_map(move |rows| {
            let mut known = std::collections::HashSet::new();
            let tidy = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let rows = rows.into_iter().map(|(texts, run, (mantissa, scale))| {
                let texts = texts.iter().map(tidy).collect();
                (texts, run, Decimal::new(mantissa, scale))
            });
            let rows = rows.filter(|(texts, run, _): &(Vec<String>, _, _)| {
                known.insert((texts.clone(), *run))
            });
            Prices {
                rows: rows.collect(),
                width,
            }
        })
    })
}

fn written(prices: &Prices, delimiter: char, comma: bool, end: &str) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut out: Vec<String> = Vec::new();
    let names = (0..prices.width).map(|index| format!("Свойство {index}"));
    let names: Vec<String> = names
        .chain(["Тираж".to_owned(), "Цена".to_owned()])
        .collect();
    out.push(names.join(&delimiter.to_string()));
    for (texts, run, price) in &prices.rows {
        let mut price = price.to_string();
        if comma {
            price = price.replace('.', ",");
        }
        let cells = texts.iter().map(|text| quoted(text));
        let cells: Vec<String> = cells.chain([run.to_string(), quoted(&price)]).collect();
        out.push(cells.join(&delimiter.to_string()));
    }
    out.join(end)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_exported_is_imported_at_the_same_prices(
        prices in prices(),
        delimiter in proptest::sample::select(vec![';', ',', '\t']),
        comma in any::<bool>(),
        end in proptest::sample::select(vec!["\n", "\r\n"]),
    ) {
        let text = written(&prices, delimiter, comma, end);
        let import = read(text.as_bytes(), &settings()).unwrap();
        prop_assert_eq!(import.rows, prices.rows.len());
        let template = template(&import);
        for (texts, run, price) in &prices.rows {
            let keys = import.parameters.iter().zip(template.parameters());
            let mut answers: Vec<(&str, Answer)> = keys
                .zip(texts)
                .map(|((_, parameter), text)| {
                    let values = &parameter.kind.choice().unwrap().values;
                    let value = values.iter().find(|value| value.label.get("ru") == text);
                    (parameter.key.as_str(), Answer::Text(value.unwrap().key.clone()))
                })
                .collect();
            answers.push(("run", Answer::Number(Decimal::from(*run))));
            let quote = template.quote(&answers.into_iter().collect(), &[]);
            let found = quote.runs[0].price.as_ref().map(|price| price.total);
            prop_assert_eq!(found, price.checked_mul(Decimal::from(*run)));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &settings());
        let header = "Формат;Тираж;Цена\n".as_bytes();
        let _ = read(&[header, &bytes].concat(), &settings());
    }
}
