//! `tirage template prices`: every price of a template as a row of a spreadsheet, and back again.
//!
//! A row is found by its address, the JSON pointer of the number, and carries the revision it was
//! made of; so rows may be sorted, filtered and left out, and never change another text than the
//! one they were read from.

mod csv;
mod export;
mod import;
mod place;
mod sheet;
mod xlsx;

use clap::Subcommand;

use super::Outcome;

/// Prices in a spreadsheet: written out, changed there, and read back.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Export(export::Arguments),
    Import(import::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    match &arguments.command {
        Command::Export(arguments) => export::run(arguments),
        Command::Import(arguments) => import::run(arguments),
    }
}
