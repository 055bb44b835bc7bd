//! `tirage template prices export`: the prices of a template, one row each.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tirage_api::words::{Locale, Words};

use super::super::money::{self, Price, Wanted};
use super::super::source::Source;
use super::super::{Outcome, complain, counted, print};
use super::sheet::{Kind, Row, revision};
use super::{csv, place, xlsx};

/// Writes every price of a template into a spreadsheet, one row each.
///
/// Exported is what `tirage template reprice` would reprice: prices, minimums and maximums of lines
/// that are plain numbers, and the cells of tables that they read.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 the file cannot be read or written or is no template, \
                        2 wrong use."
)]
pub(crate) struct Arguments {
    /// The template.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Writes the prices here, by the ending an Excel workbook or CSV; `-` is CSV on the standard output.
    #[arg(long, value_name = "FILE.xlsx|FILE.csv")]
    to: PathBuf,
    /// Exports these tables and lines only.
    #[arg(long, num_args = 1.., value_name = "TABLE|LINE")]
    only: Vec<String>,
    /// Exports the numbers of this name, too: attached to values, constants, named values.
    #[arg(long, value_name = "KEY")]
    numbers: Vec<String>,
    /// The language of names, and in CSV the decimal sign.
    #[arg(long, value_enum, default_value_t = Locale::En)]
    locale: Locale,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let kind = match Kind::of_option("--to", &arguments.to) {
        Ok(kind) => kind,
        Err(misuse) => {
            complain(misuse)?;
            return Ok(Outcome::Misused);
        }
    };
    let source = Source::read(&arguments.file)?;
    let loaded = source.loaded()?;
    let wanted = Wanted {
        only: &arguments.only,
        numbers: &arguments.numbers,
    };
    let prices = match money::find(&loaded, wanted) {
        Ok(prices) => prices,
        Err(misuse) => {
            complain(misuse)?;
            return Ok(Outcome::Misused);
        }
    };
    let words = Words {
        template: &loaded.template,
        locale: arguments.locale,
    };
    let rows = rows(words, &prices, &revision(&source.text));
    let mut report = format!("{}: {}\n", source.name, counted(prices.len(), "price"));
    for table in money::left_alone(&loaded, prices.iter()) {
        report += &format!("left out: the table `{table}`\n");
    }
    let bytes = match kind {
        Kind::Csv => csv::written(&rows, words).into_bytes(),
        Kind::Xlsx => xlsx::written(&rows).context("cannot make the workbook")?,
    };
    write(&arguments.to, &bytes, &report)?;
    Ok(Outcome::Fine)
}

fn rows(words: Words<'_>, prices: &[Price], revision: &str) -> Vec<Row> {
    let row = |price: &Price| {
        let place = place::of(words, price);
        Row {
            address: price.pointer.clone(),
            what: place.what,
            place: place.place,
            price: price.old,
            currency: words.template.currency().to_owned(),
            per: place.per,
            revision: revision.to_owned(),
        }
    };
    prices.iter().map(row).collect()
}

fn write(path: &Path, bytes: &[u8], report: &str) -> anyhow::Result<()> {
    if path == Path::new("-") {
        print(String::from_utf8_lossy(bytes))?;
        complain(report.trim_end())?;
        return Ok(());
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    print(format!("{report}written to {}\n", path.display()))?;
    Ok(())
}
