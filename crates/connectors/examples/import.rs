//! Prints how long it takes to make a template of a price file of 100,000 rows, to load it, and to
//! price one combination, for five columns that vary and for twelve:
//! `cargo run --release -p tirage-connectors --example import`.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::error::Error;
use std::fmt::Write as _;
use std::io::Cursor;
use std::time::{Duration, Instant};

use tirage_connectors::poly1c::{ColumnNames, Import, Settings, import};
use tirage_pricing::{Answers, Template};

const ROWS: usize = 100_000;
/// The fastest round counts: the others were disturbed by something else on the machine.
const ROUNDS: usize = 5;
const QUOTES: u32 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    for (what, text) in [("", file()?), ("wide ", wide()?)] {
        measure(what, &text)?;
    }
    Ok(())
}

fn measure(name: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let settings = Settings {
        key: "large".to_owned(),
        name: "Large".to_owned(),
        currency: "RUB".to_owned(),
        columns: ColumnNames::default(),
        max_run: None,
    };
    let mut best = [Duration::MAX; 3];
    let mut last = None;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let import: Import = import(Cursor::new(text.as_bytes()), &settings)?;
        let imported = start.elapsed();
        let start = Instant::now();
        let template = Template::parse(&import.template)?;
        let loaded = start.elapsed();
        let answers = answers(&template)?;
        if template
            .quote(&answers, &[])
            .runs
            .iter()
            .any(|run| run.price.is_none())
        {
            return Err("a combination of the file has no price".into());
        }
        let quoted = quoted(&template, &answers);
        for (best, now) in best.iter_mut().zip([imported, loaded, quoted]) {
            *best = now.min(*best);
        }
        last = Some(import);
    }
    let import = last.ok_or("no round")?;
    println!(
        "{} rows, {} columns, {} bytes in, {} bytes out",
        import.rows,
        import.parameters.len() - 1,
        text.len(),
        import.template.len()
    );
    for (what, time) in ["import", "load", "quote"].iter().zip(best) {
        println!("{name}{what}: {} ns", time.as_nanos());
    }
    Ok(())
}

/// Five columns to choose by, ten runs, and every second combination offered.
fn file() -> Result<String, std::fmt::Error> {
    let mut text = "Формат;Бумага;Красочность;Ламинация;Скругление;Тираж;Цена\n".to_owned();
    for row in 0..ROWS {
        let mut rest = row * 2;
        let mut digit = |base: usize| {
            let digit = rest % base;
            rest /= base;
            digit
        };
        let run = (digit(10) + 1) * 100;
        let [one, two, three, four] = [digit(10), digit(10), digit(10), digit(4)];
        let five = rest;
        writeln!(
            text,
            "Формат {one};Бумага мелованная {two} г/м²;{three}+0;Плёнка {four};{five} угла;{run};{},{:02}",
            1 + row % 900,
            row % 100
        )?;
    }
    Ok(text)
}

/// Twelve columns of six values, ten runs, and combinations spread over all there could be.
fn wide() -> Result<String, std::fmt::Error> {
    let names: Vec<String> = (1..=12)
        .map(|column| format!("Параметр {column}"))
        .collect();
    let mut text = names.join(";") + ";Тираж;Цена\n";
    for row in 0..ROWS {
        // A stride that shares no factor with the number of combinations repeats none of them.
        let mut rest = (row / 10) * 2_176_777;
        for column in 1..=12 {
            write!(text, "Значение {column}.{};", rest % 6)?;
            rest /= 6;
        }
        let run = (row % 10 + 1) * 100;
        writeln!(text, "{run};{},{:02}", 1 + row % 900, row % 100)?;
    }
    Ok(text)
}

/// A combination in the middle of the file, as its own worked example has it.
fn answers(template: &Template) -> Result<Answers, &'static str> {
    let example = template.examples().get(1).ok_or("no worked example")?;
    Ok(example.answers.clone())
}

fn quoted(template: &Template, answers: &Answers) -> Duration {
    let start = Instant::now();
    for _ in 0..QUOTES {
        std::hint::black_box(template.quote(std::hint::black_box(answers), &[]));
    }
    start.elapsed() / QUOTES
}
