//! Prints how long it takes to make a template of a price file of 100,000 rows, to load it, and to
//! price one combination: `cargo run --release -p tirage-connectors --example import`.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::error::Error;
use std::fmt::Write as _;
use std::io::Cursor;
use std::time::{Duration, Instant};

use tirage_connectors::poly1c::{ColumnNames, Import, Settings, import};
use tirage_pricing::{Answer, Answers, Decimal, Template};

const ROWS: usize = 100_000;
/// The fastest round counts: the others were disturbed by something else on the machine.
const ROUNDS: usize = 5;
const QUOTES: u32 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let text = file()?;
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
        let answers = answers(&import);
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
        "{} rows, {} bytes in, {} bytes out",
        import.rows,
        text.len(),
        import.template.len()
    );
    for (what, time) in ["import", "load", "quote"].iter().zip(best) {
        println!("{what}: {} ns", time.as_nanos());
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

fn answers(import: &Import) -> Answers {
    let runs = ("run", Answer::Number(Decimal::from(300)));
    let paper = Answer::Text("Бумага мелованная 7 г/м²".to_owned());
    let second = import.parameters.get(1).map_or("", |one| one.key.as_str());
    [runs, (second, paper)].into_iter().collect()
}

fn quoted(template: &Template, answers: &Answers) -> Duration {
    let start = Instant::now();
    for _ in 0..QUOTES {
        std::hint::black_box(template.quote(std::hint::black_box(answers), &[]));
    }
    start.elapsed() / QUOTES
}
