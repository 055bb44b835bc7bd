//! `tirage template prices import`: prices of a spreadsheet, into the template they came from.

mod rows;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tirage_pricing::Template;

use super::super::money::{self, Change};
use super::super::source::{Loaded, Source};
use super::super::{Outcome, complain, counted, edit, examples, finish, print};
use super::sheet::{Kind, Sheet};
use super::{csv, xlsx};

/// How many mistakes of a file are told.
const LISTED: usize = 20;

/// Puts the prices of a spreadsheet into the template they were exported from.
///
/// The rest of the file stays byte for byte. With any mistake in the spreadsheet nothing is
/// written; without --out nothing is written either, and what would change is a preview.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 the spreadsheet has mistakes, a file cannot be read or \
                        written, or the template has failing examples, 2 wrong use."
)]
pub(crate) struct Arguments {
    /// The template.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The spreadsheet that was exported and changed; `-` reads CSV from the standard input.
    #[arg(long, value_name = "FILE.xlsx|FILE.csv")]
    from: PathBuf,
    /// Rounds prices that changed: up, down, half-up or half-even.
    #[arg(long, num_args = 2, value_names = ["STEP", "DIRECTION"])]
    round: Vec<String>,
    /// Takes the examples out instead of recomputing what they expect.
    #[arg(long)]
    drop_examples: bool,
    /// Writes the new template here; may be the same file, and `-` is the standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let round = match money::rounding(&arguments.round) {
        Ok(round) => round,
        Err(misuse) => {
            complain(misuse)?;
            return Ok(Outcome::Misused);
        }
    };
    let kind = match Kind::of_option("--from", &arguments.from) {
        Ok(kind) => kind,
        Err(misuse) => {
            complain(misuse)?;
            return Ok(Outcome::Misused);
        }
    };
    let source = Source::read(&arguments.file)?;
    let loaded = source.loaded()?;
    if !arguments.drop_examples {
        loaded.expect_sound_examples("the import")?;
    }
    let sheet = read(&arguments.from, kind)?;
    let read = match rows::read(&loaded, &sheet, round) {
        Ok(read) => read,
        Err(mistakes) => {
            print(told(&mistakes))?;
            return Ok(Outcome::Wrong);
        }
    };
    let mut report = format!(
        "{}: {} changed of {}\n",
        source.name,
        counted(read.changes.len(), "price"),
        read.rows
    );
    report += &money::listed(&read.changes);
    let from = arguments.from.display().to_string();
    let (text, examples) = rewritten(&loaded, &read.changes, (&from, arguments.drop_examples))?;
    finish(
        arguments.out.as_deref(),
        &(source.mark.to_owned() + &text),
        report + &examples,
    )?;
    Ok(Outcome::Fine)
}

fn read(path: &Path, kind: Kind) -> anyhow::Result<Sheet> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let mut input = std::io::stdin();
        input
            .read_to_end(&mut bytes)
            .context("cannot read the standard input")?;
    } else {
        bytes = std::fs::read(path).with_context(|| format!("cannot read `{name}`"))?;
    }
    match kind {
        Kind::Csv => csv::read(&name, &bytes).map_err(|wrong| anyhow::anyhow!("{wrong}")),
        Kind::Xlsx => xlsx::read(&name, &bytes)
            .with_context(|| format!("{name}: expected an Excel workbook (.xlsx)")),
    }
}

fn told(mistakes: &[String]) -> String {
    let mut out = String::new();
    for mistake in mistakes.iter().take(LISTED) {
        out += &format!("{mistake}\n");
    }
    if mistakes.len() > LISTED {
        out += &format!("… and {} more\n", mistakes.len() - LISTED);
    }
    out + &format!("{}, nothing written\n", counted(mistakes.len(), "mistake"))
}

/// The text with new prices and examples, and what to say of the examples.
fn rewritten(
    loaded: &Loaded<'_>,
    changes: &[Change],
    (from, drop_examples): (&str, bool),
) -> anyhow::Result<(String, String)> {
    let mut edits = money::edits(changes);
    let priced = Template::parse(&edit::applied(&loaded.source.text, edits.clone()))
        .context("the template with the new prices")?;
    let mut report = String::new();
    if drop_examples {
        edits.extend(examples::dropped(loaded));
        report += "examples: taken out\n";
    } else {
        let why = format!("importing {from}");
        let (recomputed, told) = examples::recomputed(loaded, &priced, &why)?;
        edits.extend(recomputed);
        report += &told;
    }
    let text = edit::applied(&loaded.source.text, edits);
    Template::parse(&text).context("the template with the new prices")?;
    Ok((text, report))
}
