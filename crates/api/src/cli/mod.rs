//! The tools of a template's author: check, test, price anew, and quote from the command line.
//!
//! They know templates only through the public face of `tirage-pricing` and the text of the file.
//! Exit codes are the same everywhere: 0 done, 1 something is wrong with what was read, 2 wrong
//! use. What was asked for goes to the standard output, and a failure to read to the error output.

mod bind;
mod check;
mod edit;
mod examples;
mod explain;
mod import_csv;
mod lint;
mod locate;
mod money;
mod prices;
mod quote;
mod reprice;
mod source;
mod test;

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

pub(crate) use quote::Arguments as QuoteArguments;

#[derive(Debug, Subcommand)]
pub(crate) enum TemplateCommand {
    Check(check::Arguments),
    Test(test::Arguments),
    Reprice(reprice::Arguments),
    Prices(prices::Arguments),
    ImportCsv(import_csv::Arguments),
    Bind(bind::Arguments),
}

/// Whether what was read is in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Fine,
    Wrong,
    /// The command line names something that what was read does not have.
    Misused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Wrong => Self::FAILURE,
            Outcome::Misused => Self::from(2),
        }
    }
}

pub(crate) fn template(command: &TemplateCommand) -> anyhow::Result<ExitCode> {
    match command {
        TemplateCommand::Check(arguments) => check::run(arguments),
        TemplateCommand::Test(arguments) => test::run(arguments),
        TemplateCommand::Reprice(arguments) => reprice::run(arguments),
        TemplateCommand::Prices(arguments) => prices::run(arguments),
        TemplateCommand::ImportCsv(arguments) => import_csv::run(arguments),
        TemplateCommand::Bind(arguments) => bind::run(arguments),
    }
    .map(ExitCode::from)
}

pub(crate) fn quote(arguments: &QuoteArguments) -> anyhow::Result<ExitCode> {
    quote::run(arguments).map(ExitCode::from)
}

/// Prints what was asked for; a reader that has seen enough is no failure.
fn print(text: impl fmt::Display) -> io::Result<()> {
    match write!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Says what is beside the answer, or why there is none.
fn complain(text: impl fmt::Display) -> io::Result<()> {
    writeln!(io::stderr().lock(), "tirage: {text}")
}

/// Writes a template where it was asked for, and says on the other way what it is like.
fn finish(out: Option<&Path>, text: &str, report: String) -> anyhow::Result<()> {
    let Some(path) = out else {
        print(report + "nothing written: --out FILE writes the template\n")?;
        return Ok(());
    };
    if path == Path::new("-") {
        print(text)?;
        return complain(report.trim_end()).map_err(Into::into);
    }
    std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    print(format!("{report}written to {}\n", path.display()))?;
    Ok(())
}

/// `1 warning`, `2 warnings`.
fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}
