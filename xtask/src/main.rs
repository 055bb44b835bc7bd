//! Every task of the project, started as `cargo xtask …`: what CI runs is what a developer runs.
//!
//! Nothing has to be installed first but rustup's cargo; a task that needs more installs it or says
//! exactly what to install.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to the person who started it"
)]

mod bench;
mod fuzz;
mod lint;
mod pkg;
mod run;
mod service;
mod shell;
mod test;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::shell::Shell;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and checks Tirage")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build and start the service, the demo shop and an emulated print house.
    Run(run::Options),
    /// Run every test there is; installs what they need on Debian as root.
    Test(test::Options),
    /// Check everything that needs no running product: what CI checks before the tests.
    Lint,
    /// Measure.
    Bench(bench::Options),
    /// Feed arbitrary input to everything that reads foreign text.
    Fuzz(fuzz::Options),
    /// Build the package that shops use into pkg/ and say what each file weighs.
    Pkg,
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    match perform(&task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: &Task) -> anyhow::Result<ExitCode> {
    let shell = Shell::open()?;
    match task {
        Task::Run(options) => run::run(&shell, options),
        Task::Test(options) => test::test(&shell, options),
        Task::Lint => lint::lint(&shell),
        Task::Bench(options) => bench::bench(&shell, options),
        Task::Fuzz(options) => fuzz::fuzz(&shell, options),
        Task::Pkg => pkg::pkg(&shell),
    }
}
