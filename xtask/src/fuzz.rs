//! `cargo xtask fuzz`: arbitrary input for everything that reads foreign text.
//!
//! The targets are built with the coverage counters of the compiler itself, so the toolchain that
//! builds everything else will do; only the fuzzer's runtime wants a C++ compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use clap::Args;

use crate::shell::Shell;

/// What `cargo xtask fuzz` takes.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// A minute for each target; ten otherwise.
    #[arg(long)]
    quick: bool,
    /// So many seconds for each target.
    #[arg(long, conflicts_with = "quick")]
    seconds: Option<u32>,
    /// Only this target.
    target: Option<String>,
}

/// A target and where its first inputs come from.
struct Target {
    name: &'static str,
    /// Files of these folders, or one input for each line of a list.
    seeds: Seeds,
}

enum Seeds {
    Files(&'static [&'static str]),
    Lines(&'static [&'static str]),
}

const TARGETS: [Target; 5] = [
    Target {
        name: "template",
        seeds: Seeds::Files(&["examples"]),
    },
    Target {
        name: "expression",
        seeds: Seeds::Lines(&[
            "if run > 100 and not flag then -2 ^ 2 else 0",
            "ceil(run / 8, 50) + run % 24",
            "table[run, paper] * paper.n + size.width_mm",
            "sum(block, pages) + max(block, pages)",
            "round(table[run, 'x'] * 1.05, 0.01, 'half-even')",
            "clamp(length(note) + count(many), 1, 5) + min(run, 7) + abs(-3)",
            "if answered(note) and paper in ('x', 'y') then subtotal() else 1 / (run - 10)",
        ]),
    },
    Target {
        name: "answers",
        seeds: Seeds::Lines(&[
            "{}",
            r#"{"run":600,"size":"90x50","sides":"4+0","paper":"matt","rounded":true}"#,
            r#"{"pages":25,"colour":"bw","format":"a4","sides":"two"}"#,
            r#"{"run":"10","urgency":"hours_2"}"#,
        ]),
    },
    Target {
        name: "csv",
        seeds: Seeds::Files(&["examples/price-files"]),
    },
    Target {
        name: "program",
        seeds: Seeds::Lines(&["", "\0\0\0\0\0\0\0\0\0\0\0\0"]),
    },
];

/// How many of the fuzzer's last lines are shown when it found something.
const TOLD: usize = 40;

/// What instruments the code for the fuzzer, without a sanitizer of memory: there is no unsafe
/// code of ours to look into.
const INSTRUMENTED: &str = "--cfg fuzzing -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Runs the targets one after the other; the first input that breaks something ends it.
pub(crate) fn fuzz(shell: &Shell, options: &Options) -> anyhow::Result<ExitCode> {
    let seconds = options
        .seconds
        .unwrap_or(if options.quick { 60 } else { 600 });
    let chosen = |target: &&Target| {
        let wanted = options.target.as_deref();
        wanted.is_none_or(|wanted| wanted == target.name)
    };
    let targets: Vec<&Target> = TARGETS.iter().filter(chosen).collect();
    anyhow::ensure!(
        !targets.is_empty(),
        "no such target; there are {}",
        TARGETS.map(|target| target.name).join(", ")
    );
    let built = build(shell)?;
    println!("{} targets, {seconds} s each", targets.len());
    for target in targets {
        let started = Instant::now();
        let executions = run(shell, &built, target, seconds)?;
        let took = started.elapsed().as_secs();
        println!(
            "{}: {executions} executions in {took} s, nothing found",
            target.name
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn build(shell: &Shell) -> anyhow::Result<PathBuf> {
    let host = host(shell)?;
    let target = shell.target("fuzz");
    let mut command = shell.cargo(["build", "--release", "--locked", "--bins"]);
    command
        .arg("--manifest-path")
        .arg(shell.path("fuzz/Cargo.toml"))
        // With a target named, build scripts are not instrumented.
        .args(["--target", &host])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", INSTRUMENTED);
    shell.run(&mut command)?;
    Ok(target.join(host).join("release"))
}

fn host(shell: &Shell) -> anyhow::Result<String> {
    let version = shell.capture(shell.command("rustc").arg("-vV"))?;
    let line = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line.context("rustc does not say its host")?.to_owned())
}

/// Runs a target; says how many inputs it tried.
fn run(shell: &Shell, built: &Path, target: &Target, seconds: u32) -> anyhow::Result<u64> {
    let corpus = shell.target("fuzz/corpus").join(target.name);
    let found = shell.target("fuzz/found").join(target.name);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&found)?;
    plant(shell, target, &corpus)?;
    let log = found.join("log");
    let mut command = shell.command(built.join(target.name));
    command
        .stderr(fs::File::create(&log)?)
        .arg(&corpus)
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg(format!("-max_total_time={seconds}"))
        // An input that takes so long or so much is a finding of its own.
        .args([
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=65536",
            "-print_final_stats=1",
        ]);
    let done = shell.run(&mut command);
    let told = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if let Err(error) = done {
        let last: Vec<&str> = told.lines().rev().take(TOLD).collect();
        for line in last.iter().rev() {
            println!("{line}");
        }
        return Err(error.context(format!("the input is in `{}`", found.display())));
    }
    let mut lines = told.lines();
    let executions = lines.find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let executions = executions.and_then(|number| number.trim().parse().ok());
    executions.context("the fuzzer does not say how many inputs it tried")
}

/// Puts the first inputs where the fuzzer starts from.
fn plant(shell: &Shell, target: &Target, corpus: &Path) -> anyhow::Result<()> {
    match target.seeds {
        Seeds::Lines(lines) => {
            for (number, line) in lines.iter().enumerate() {
                fs::write(corpus.join(format!("seed-{number}")), line)?;
            }
        }
        Seeds::Files(folders) => {
            for folder in folders {
                for entry in fs::read_dir(shell.path(folder))? {
                    let entry = entry?;
                    if entry.file_type()?.is_file() {
                        fs::copy(entry.path(), corpus.join(entry.file_name()))?;
                    }
                }
            }
        }
    }
    Ok(())
}
