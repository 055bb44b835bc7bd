//! `cargo xtask bench`: how fast, measured on this machine; `--web` compares with a browser.

use std::path::Path;
use std::process::{Command, ExitCode};

use clap::Args;
use serde_json::json;

use crate::shell::Shell;
use crate::{test, web};

/// What `cargo xtask bench` takes.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Measure the largest quote only, natively and in Chromium by the modules as they are
    /// shipped: the engine alone, and the calculator with all its controls.
    #[arg(long)]
    web: bool,
    /// Handed on to the measuring programs.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// A measuring program: an example of a package, built as released.
struct Bench {
    title: &'static str,
    package: &'static str,
    example: &'static str,
}

const BENCHES: [Bench; 3] = [
    Bench {
        title: "pricing, native",
        package: "tirage-pricing",
        example: "bench",
    },
    Bench {
        title: "a price file of 100,000 rows",
        package: "tirage-connectors",
        example: "import",
    },
    Bench {
        title: "hostile templates",
        package: "tirage-pricing",
        example: "hostile",
    },
];

/// Runs them one after the other; each prints its own results.
pub(crate) fn bench(shell: &Shell, options: &Options) -> anyhow::Result<ExitCode> {
    if options.web {
        in_browser(shell)?;
        return Ok(ExitCode::SUCCESS);
    }
    for bench in &BENCHES {
        println!("── {}", bench.title);
        shell.run(bench.command(shell).args(&options.arguments))?;
    }
    println!("── first visit, 1.6 Mbit/s and 150 ms, from the script tag to a price");
    first_visit(shell)?;
    Ok(ExitCode::SUCCESS)
}

/// How long a buyer waits, in a browser on a slow link before the real service.
fn first_visit(shell: &Shell) -> anyhow::Result<()> {
    shell.run(&mut before_the_service(shell, "first-visit.mjs")?)
}

/// A measuring script that starts the service, with all that it needs for that.
fn before_the_service(shell: &Shell, script: &str) -> anyhow::Result<Command> {
    let chromium = test::chromium(shell)?;
    let web = web::build(shell)?;
    shell.run(&mut shell.cargo(["build", "--quiet", "--locked", "--bins", "-p", "tirage-api"]))?;
    let programs = json!({ "tirage": shell.target("debug/tirage") });
    let mut command = shell.command("node");
    command
        .arg(format!("tests/browser/bench/{script}"))
        .env("TIRAGE_PROGRAMS", programs.to_string())
        .env("TIRAGE_ASSETS", &web.assets)
        .env("TIRAGE_CHROMIUM", chromium);
    Ok(command)
}

/// How long the calculator takes where all of the largest template is shown, and what it leaves
/// behind when it goes.
fn calculator(shell: &Shell, quote: &Path) -> anyhow::Result<()> {
    let mut command = before_the_service(shell, "calculator.mjs")?;
    shell.run(command.env("TIRAGE_QUOTE", quote))
}

impl Bench {
    fn command(&self, shell: &Shell) -> Command {
        let Self {
            package, example, ..
        } = self;
        let mut command = shell.cargo(["run", "--quiet", "--locked", "--release", "-p", package]);
        command.args(["--example", example, "--"]);
        command
    }
}

/// The largest quote natively and in a headless Chromium, by the engine's own module.
fn in_browser(shell: &Shell) -> anyhow::Result<()> {
    let [pricing, ..] = &BENCHES;
    let (folder, sizes) = web::build_engine(shell)?;
    let quote = shell.target("quote");
    std::fs::create_dir_all(&quote)?;
    shell.run(pricing.command(shell).arg("--export").arg(&quote))?;
    println!("── {}", pricing.title);
    for name in ["large", "large with 8 runs"] {
        shell.run(pricing.command(shell).arg(name))?;
    }
    println!("── pricing, Chromium");
    let chromium = test::chromium(shell)?;
    let mut command = shell.command("node");
    command
        .arg("tests/browser/bench/quote.mjs")
        .env("TIRAGE_ENGINE", &folder)
        .env("TIRAGE_QUOTE", &quote)
        .env("TIRAGE_CHROMIUM", chromium);
    shell.run(&mut command)?;
    println!("{}", web::lines(&sizes));
    println!("── the calculator, Chromium");
    calculator(shell, &quote)
}
