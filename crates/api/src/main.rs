//! The program `tirage`: reads the command line and starts what it names.

mod cli;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tirage_api::config::{self, Config, Sources};

/// A print price calculator's service: prices carts, stores orders, forwards them.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Settings over the built-in ones; `tirage config check` shows them all.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the service until it is told to stop.
    Serve,
    /// Looks at the settings.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Checks, tests, reprices, imports and fits templates.
    Template {
        #[command(subcommand)]
        command: cli::TemplateCommand,
    },
    Quote(cli::QuoteArguments),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Checks the settings and prints them as they are in force, without secrets.
    Check,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let sources = Sources {
        file: arguments.config,
        environment: std::env::vars().collect(),
    };
    let done = match arguments.command {
        Command::Serve => serve(&sources).map(|()| ExitCode::SUCCESS),
        Command::Config {
            command: ConfigCommand::Check,
        } => check(&sources).map(|()| ExitCode::SUCCESS),
        Command::Template { command } => cli::template(&command),
        Command::Quote(arguments) => cli::quote(&arguments),
    };
    done.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::FAILURE
    })
}

fn serve(sources: &Sources) -> anyhow::Result<()> {
    let config = Config::load(sources)?;
    tirage_api::logging::start(&config.log);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(tirage_api::serve::run(config))
}

#[expect(clippy::print_stdout, reason = "this is what was asked for")]
fn check(sources: &Sources) -> anyhow::Result<()> {
    print!("{}", config::effective(sources)?);
    Ok(())
}

#[expect(clippy::print_stderr, reason = "the log may not have started")]
fn complain(error: &anyhow::Error) {
    eprintln!("tirage: {error:#}");
}
