//! `tirage template reprice`: multiplies the prices of a template and leaves the rest of the file
//! byte for byte.
//!
//! Totals that examples expect are wrong afterwards. They are recomputed, and each example that
//! changed says so in its `source`, because nobody has checked those numbers by hand any more.

mod scale;

use std::path::PathBuf;

use anyhow::Context as _;
use tirage_pricing::decimal::{canonical, round_to};
use tirage_pricing::{Decimal, Direction, Rounding, Template};

use super::edit::{self, Edit};
use super::examples;
use super::money::{self, Change, Price, Wanted};
use super::source::Source;
use super::{Outcome, complain, counted, finish};

/// Multiplies prices and keeps the formatting of the file.
///
/// Repriced are prices, minimums and maximums of lines that are plain numbers, and the cells of
/// tables that they read. Without --out nothing is written: the table of old and new prices is a preview.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 a file cannot be read or written, is no template or \
                        has failing examples, 2 wrong use."
)]
pub(crate) struct Arguments {
    /// The template.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What prices are multiplied by, such as 1.08.
    #[arg(long, value_name = "FACTOR", value_parser = factor)]
    by: Decimal,
    /// Rounds new prices: up, down, half-up or half-even. Otherwise each is rounded half up to as
    /// many decimals as it has, at least two.
    #[arg(long, num_args = 2, value_names = ["STEP", "DIRECTION"])]
    round: Vec<String>,
    /// Reprices these tables and lines only.
    #[arg(long, num_args = 1.., value_name = "TABLE|LINE")]
    only: Vec<String>,
    /// Reprices the numbers of this name, too: attached to values, constants, named values.
    #[arg(long, value_name = "KEY")]
    numbers: Vec<String>,
    /// Takes the examples out instead of recomputing what they expect.
    #[arg(long)]
    drop_examples: bool,
    /// Writes the new template here; may be the same file, and `-` is the standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn factor(text: &str) -> Result<Decimal, String> {
    super::quote::number(text)
        .ok()
        .filter(|number| *number > Decimal::ZERO)
        .ok_or_else(|| format!("expected a number above 0 such as 1.08, found `{text}`"))
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let rounding = match money::rounding(&arguments.round) {
        Ok(rounding) => rounding,
        Err(misuse) => {
            complain(misuse)?;
            return Ok(Outcome::Misused);
        }
    };
    let source = Source::read(&arguments.file)?;
    let loaded = source.loaded()?;
    if !arguments.drop_examples {
        loaded.expect_sound_examples("repricing")?;
    }
    let wanted = Wanted {
        only: &arguments.only,
        numbers: &arguments.numbers,
    };
    let found = match money::find(&loaded, wanted) {
        Ok(found) => found,
        Err(misuse) => {
            complain(misuse)?;
            return Ok(Outcome::Misused);
        }
    };
    let changes = multiplied(found, arguments.by, rounding)?;
    let mut report = table(&source.name, arguments.by, rounding, &changes);
    let unscaled = scale::unscaled(&loaded, &changes, arguments.by)?;
    for warning in unscaled.wrong {
        report += &format!("warning: {warning}\n");
    }
    if arguments.only.is_empty() {
        for line in unscaled.untouched {
            report += &format!("left alone: the line `{line}`, which reads no repriced number\n");
        }
    }
    for table in money::left_alone(&loaded, changes.iter().map(|change| &change.price)) {
        report += &format!("left alone: the table `{table}`\n");
    }
    let mut edits = money::edits(&changes);
    if arguments.drop_examples {
        edits.extend(examples::dropped(&loaded));
        report += "examples: taken out\n";
    } else {
        let why = format!("repricing by {}", canonical(arguments.by));
        let priced = reread(&source.text, &edits)?;
        let (recomputed, told) = examples::recomputed(&loaded, &priced, &why)?;
        edits.extend(recomputed);
        report += &told;
    }
    let text = edit::applied(&source.text, edits);
    Template::parse(&text).context("the repriced template")?;
    finish(
        arguments.out.as_deref(),
        &(source.mark.to_owned() + &text),
        report,
    )?;
    Ok(Outcome::Fine)
}

fn multiplied(
    prices: Vec<Price>,
    by: Decimal,
    rounding: Option<Rounding>,
) -> anyhow::Result<Vec<Change>> {
    let change = |price: Price| {
        let Rounding { step, direction } = rounding.unwrap_or_else(|| Rounding {
            step: as_fine_as(&price),
            direction: Direction::HalfUp,
        });
        let exact = price.old.checked_mul(by);
        let new = exact.and_then(|exact| round_to(exact, step, direction));
        let new = new.with_context(|| format!("{}: the new price is too large", price.place))?;
        Ok(Change { price, new })
    };
    prices.into_iter().map(change).collect()
}

/// Of 0.043 a thousandth, of 23 a hundredth.
fn as_fine_as(price: &Price) -> Decimal {
    let places = u32::try_from(price.places()).unwrap_or(Decimal::MAX_SCALE);
    Decimal::new(1, places.clamp(2, Decimal::MAX_SCALE))
}

fn reread(text: &str, edits: &[Edit]) -> anyhow::Result<Template> {
    let text = edit::applied(text, edits.to_vec());
    Template::parse(&text).context("the repriced template")
}

fn table(name: &str, by: Decimal, rounding: Option<Rounding>, changes: &[Change]) -> String {
    let rounded = match rounding {
        Some(Rounding { step, direction }) => {
            format!("{} to {}", direction.as_str(), canonical(step))
        }
        None => "half-up to 0.01, or as finely as they are written".to_owned(),
    };
    let head = format!(
        "{name}: {} × {}, rounded {rounded}\n",
        counted(changes.len(), "price"),
        canonical(by),
    );
    head + &money::listed(changes)
}
