//! Prints how long one quote takes, in nanoseconds, for each example template and for a large
//! synthetic one, and how long large tables take to load and to look up in:
//! `cargo run --release -p tirage-pricing --example bench`; the name
//! of a quote after `--` leaves all others out, and `--export FOLDER` writes the large one down.
//!
//! The large one has 3 parts × 8 operations × 18 parameters, every operation switched on and
//! every parameter answered: the most a page can ask of the engine at once.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use tirage_pricing::json::ToJson;
use tirage_pricing::{Answer, Answers, Decimal, Template};

const ROUNDS: usize = 1_000;
const ROUND: Duration = Duration::from_micros(500);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, option, folder] = arguments.as_slice()
        && option == "--export"
    {
        return export(Path::new(folder));
    }
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
    if std::env::args().len() > 1 {
        return Ok(());
    }
    let stock = loaded("a table of 100,000 rows and 8 axes", &stock_template())?;
    let answers = (0..AXES).map(|axis| (format!("axis{axis}"), Answer::Text("k3".to_owned())));
    report("look-up in 100,000 rows", &stock, &answers.collect(), &[]);
    let wide = loaded("2,000 parameters and 200,000 cells", &wide_template())?;
    report("wide", &wide, &Answers::new(), &[]);
    Ok(())
}

/// Writes the large template, as text and compiled, and its answers, for what measures in a browser.
fn export(folder: &Path) -> Result<(), Box<dyn Error>> {
    let text = large_template()?;
    let large = Template::parse(&text)?;
    let answers = large_answers(&large).to_json().to_string();
    fs::write(folder.join("large-template.json"), text)?;
    fs::write(folder.join("large.tirg"), large.pack())?;
    fs::write(folder.join("large.json"), answers)?;
    Ok(())
}

/// Loads a template once and says how long that took.
fn loaded(name: &str, text: &str) -> Result<Template, Box<dyn Error>> {
    let start = Instant::now();
    let template = Template::parse(text)?;
    println!("{name} load in {} ms", start.elapsed().as_millis());
    Ok(template)
}

const AXES: u32 = 8;

/// Five values an axis, and a quarter of their combinations in stock.
fn stock_template() -> String {
    let keys = ["k0", "k1", "k2", "k3", "k4"];
    let values = keys.map(|key| format!(r#"{{"key":"{key}","label":"{key}"}}"#));
    let each = |axis: &dyn Fn(u32) -> String| (0..AXES).map(axis).collect::<Vec<_>>().join(",");
    let parameters = each(&|axis| {
        format!(
            r#"{{"key":"axis{axis}","kind":"choice","name":"A","default":"k0","values":[{}]}}"#,
            values.join(",")
        )
    });
    let rows = (0..100_000_u32).map(|row| {
        // Spread over the combinations, and one of them the row of `k3` everywhere.
        let row = row * 3;
        let place = |axis: u32| format!("\"k{}\"", row / 5_u32.pow(axis) % 5);
        format!("[{},\"{}.50\"]", each(&place), row % 97)
    });
    let rows: Vec<String> = rows.collect();
    format!(
        r#"{{"format":1,"key":"stock","name":"Stock","currency":"EUR","parameters":[{parameters}],
        "tables":[{{"key":"stock","axes":[{}],"rows":[{}]}}],
        "lines":[{{"key":"item","name":"Item","price":"stock[{}]"}}]}}"#,
        each(&|axis| format!(r#"{{"key":"axis{axis}"}}"#)),
        rows.join(","),
        each(&|axis| format!("axis{axis}")),
    )
}

/// Two hundred tables of a thousand cells, ten parameters to each.
fn wide_template() -> String {
    let cells = |table: usize| {
        let rows = (0..100).map(|row| {
            let cells = (0..10).map(|cell| format!("\"{}.{cell}\"", table + row));
            format!("[{}]", cells.collect::<Vec<_>>().join(","))
        });
        rows.collect::<Vec<_>>().join(",")
    };
    let starts: Vec<String> = (1..=100).map(|start| start.to_string()).collect();
    let (mut parameters, mut tables, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..2_000 {
        parameters.push(format!(
            r#"{{"key":"p{number}","kind":"number","name":"P","min":0,"max":1000,"default":7}}"#
        ));
    }
    for table in 0..200 {
        tables.push(format!(
            r#"{{"key":"t{table}","axes":[{{"key":"a","numbers":[{}],"between":"step"}},
            {{"key":"b","ranges":[[0,1],[2,3],[4,5],[6,7],[8,9],[10,11],[12,13],[14,15],[16,17],[18,null]]}}],
            "cells":[{}]}}"#,
            starts.join(","),
            cells(table)
        ));
        let (first, second) = (table * 10, table * 10 + 9);
        lines.push(format!(
            r#"{{"key":"l{table}","name":"L","price":"t{table}[p{first}, p{second}]"}}"#
        ));
    }
    format!(
        r#"{{"format":1,"key":"wide","name":"Wide","currency":"EUR","parameters":[{}],"tables":[{}],"lines":[{}]}}"#,
        parameters.join(","),
        tables.join(","),
        lines.join(",")
    )
}

/// The fastest round counts: the others were disturbed by something else on the machine.
fn report(name: &str, template: &Template, answers: &Answers, runs: &[Decimal]) {
    if std::env::args().nth(1).is_some_and(|only| only != name) {
        return;
    }
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
                r#",{{"key":"{prefix}_on","kind":"yes-no","name":"On","default":true}}"#
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
