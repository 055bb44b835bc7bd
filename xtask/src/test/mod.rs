//! `cargo xtask test`: every test there is, and one line at the end that counts them.
//!
//! What the tests need is installed or started here: nobody prepares a machine by hand.

mod browser;
mod debian;
mod native;
mod postgres;
mod report;
mod temporary;

use std::path::PathBuf;
use std::process::ExitCode;

pub(crate) use self::native::features;
use anyhow::Context as _;
use clap::Args;

use self::native::Programs;
use self::report::Report;
use crate::shell::Shell;
use crate::web;

/// What `cargo xtask test` takes.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Leave out what needs a browser, and the browser's builds.
    #[arg(long)]
    quick: bool,
}

/// Runs all tests; fails if one fails, or if a suite has none.
pub(crate) fn test(shell: &Shell, options: &Options) -> anyhow::Result<ExitCode> {
    let mut report = Report::default();
    report.step("set-up", |_| {
        if !options.quick {
            debian::install(shell, &debian::BROWSER_TESTS)?;
        }
        debian::install(shell, &debian::NATIVE_TESTS)
    });
    let mut programs = Programs::default();
    report.step("native build", |_| {
        programs = native::build(shell)?;
        Ok(())
    });
    if report.is_clean() {
        report.step("native tests", |report| {
            let postgres = postgres::Database::start(shell)?;
            native::run(shell, postgres.url(), report)
        });
    }
    if !options.quick && !programs.is_empty() && !shell.interrupted() {
        in_browsers(shell, &programs, &mut report);
    }
    if shell.interrupted() {
        anyhow::bail!("interrupted");
    }
    print!("{}", report.text());
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The browser that is measured with, installed where that is possible.
pub(crate) fn chromium(shell: &Shell) -> anyhow::Result<PathBuf> {
    debian::install(shell, &debian::BROWSER_TESTS)?;
    debian::chromium().context("there is no Chromium")
}

fn in_browsers(shell: &Shell, programs: &Programs, report: &mut Report) {
    let mut built = None;
    report.step("browser build", |report| {
        let web = web::build(shell)?;
        println!("{}", web::table(&web.widget));
        for (name, failure) in web::over_budget(&web.widget) {
            report.count(&format!("size: {name}"), failure);
        }
        let (_, engine) = web::build_engine(shell)?;
        let check = "size: the pricing engine alone is no heavier than before";
        report.count(check, web::engine_over_budget(&engine));
        built = Some((web.assets, web::build_pricing(shell)?));
        Ok(())
    });
    let Some((assets, pricing)) = built else {
        return;
    };
    report.step("browser tests", |report| {
        let environment = browser::Environment {
            programs,
            assets,
            pricing,
        };
        browser::run(shell, &environment, report)
    });
}
