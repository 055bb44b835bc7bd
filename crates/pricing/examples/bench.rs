//! Prints how long one quote takes, in nanoseconds, for each example template and for a large
//! synthetic one: `cargo run --release -p tirage-pricing --example bench`.
//!
//! The large one has 3 parts × 8 operations × 18 parameters, every operation switched on and
//! every parameter answered: the most a page can ask of the engine at once.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::error::Error;
use std::fmt::Write;
use std::time::{Duration, Instant};

use tirage_pricing::{Answer, Answers, Decimal, Template};

const ROUNDS: usize = 1_000;
const ROUND: Duration = Duration::from_micros(500);

fn main() -> Result<(), Box<dyn Error>> {
    let runs = [100, 200, 300, 500, 1000, 2000, 3000, 5000].map(Decimal::from);
    for (text, run) in [
        (include_str!("../../../examples/business-cards.json"), "run"),
        (
            include_str!("../../../examples/document-printing.json"),
            "pages",
        ),
        (include_str!("../../../examples/photo-printing.json"), "run"),
    ] {
        let template = Template::parse(text)?;
        let answers = [(run, Answer::Number(Decimal::from(600)))]
            .into_iter()
            .collect();
        report(template.key(), &template, &answers, &[]);
        report(
            &format!("{} with 8 runs", template.key()),
            &template,
            &answers,
            &runs,
        );
    }
    let large = Template::parse(&large_template()?)?;
    let answers = large_answers(&large);
    println!(
        "{} parameters, {} lines",
        large.parameters().len(),
        large.lines().len()
    );
    report("large", &large, &answers, &[]);
    report("large with 8 runs", &large, &answers, &runs);
    Ok(())
}

/// The fastest round counts: the others were disturbed by something else on the machine.
fn report(name: &str, template: &Template, answers: &Answers, runs: &[Decimal]) {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut quotes = 0_u32;
        while start.elapsed() < ROUND {
            for _ in 0..4 {
                std::hint::black_box(template.quote(std::hint::black_box(answers), runs));
            }
            quotes += 4;
        }
        best = best.min(start.elapsed() / quotes);
    }
    let quote = template.quote(answers, runs);
    let priced = quote.runs.iter().filter(|run| run.price.is_some()).count();
    println!(
        "{name}: {} ns ({priced} of {} runs priced)",
        best.as_nanos(),
        quote.runs.len()
    );
}

fn large_template() -> Result<String, std::fmt::Error> {
    let mut parameters = String::from(
        r#"{"key":"run","kind":"run","name":"Run","min":1,"max":100000,"default":1000}"#,
    );
    let (mut values, mut lines) = (String::new(), String::new());
    for part in 0..3 {
        for operation in 0..8 {
            let prefix = format!("part{part}_operation{operation}");
            write!(
                parameters,
                r#",{{"key":"{prefix}_on","kind":"yes-no","name":"On"}}"#
            )?;
            for choice in 0..7 {
                write!(
                    parameters,
                    r#",{{"key":"{prefix}_choice{choice}","kind":"choice","name":"Choice","default":"first","available":"{prefix}_on","values":[
                    {{"key":"first","label":"1","numbers":{{"factor":1}}}},{{"key":"second","label":"2","numbers":{{"factor":"1.5"}}}},
                    {{"key":"third","label":"3","numbers":{{"factor":2}}}},{{"key":"fourth","label":"4","numbers":{{"factor":"2.5"}}}}]}}"#
                )?;
            }
            for number in 0..7 {
                write!(
                    parameters,
                    r#",{{"key":"{prefix}_number{number}","kind":"number","name":"Number","min":0,"max":1000,"default":2}}"#
                )?;
            }
            for flag in 0..3 {
                write!(
                    parameters,
                    r#",{{"key":"{prefix}_flag{flag}","kind":"yes-no","name":"Flag"}}"#
                )?;
            }
            let comma = if values.is_empty() { "" } else { "," };
            write!(
                values,
                r#"{comma}{{"key":"{prefix}_sheets","is":"ceil(run / 24) + {prefix}_number0"}}"#
            )?;
            write!(
                lines,
                r#"{comma}{{"key":"{prefix}_work","name":"Work","when":"{prefix}_on","price":"work[{prefix}_choice0, {prefix}_sheets] * {prefix}_choice1.factor","times":"{prefix}_sheets"}},
                {{"key":"{prefix}_setup","name":"Setup","when":"{prefix}_on and {prefix}_flag0","price":"{prefix}_number1 * {prefix}_number2 + {prefix}_choice2.factor"}}"#
            )?;
        }
    }
    Ok(format!(
        r#"{{"format":1,"key":"large","name":"Large","currency":"EUR","parameters":[{parameters}],"values":[{values}],
        "tables":[{{"key":"work","axes":[{{"key":"choice","keys":["first","second","third","fourth"]}},{{"key":"sheets","ranges":[[1,10],[11,50],[51,100],[101,null]]}}],
        "cells":[["2.04","2.98","2.21","1.53"],["2.64","2.55","2.37","2.16"],["5.08","4.9","4.42","4.06"],["5.28","5.1","4.74","4.32"]]}}],
        "lines":[{lines},{{"key":"round","name":"Rounding","round":{{"step":"0.01","direction":"half-up"}}}}]}}"#
    ))
}

fn large_answers(template: &Template) -> Answers {
    let answer = |key: &str| {
        if key == "run" {
            Answer::Number(Decimal::from(1500))
        } else if key.contains("_choice") {
            Answer::Text("third".to_owned())
        } else if key.contains("_number") {
            Answer::Number(Decimal::from(3))
        } else {
            Answer::Flag(true)
        }
    };
    let keys = template
        .parameters()
        .iter()
        .map(|parameter| parameter.key.as_str());
    keys.map(|key| (key, answer(key))).collect()
}
