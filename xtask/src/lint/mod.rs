//! `cargo xtask lint`: everything that can be checked without running the product.
//!
//! All checks run, whatever the others find: one round is enough to see everything.

mod bans;
mod directions;
mod documents;
mod licences;
mod sources;
mod spdx;

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::shell::{Shell, find_program};
use crate::test::features;
use crate::web;

const BROWSER: [&str; 6] = [
    "--target",
    "wasm32-unknown-unknown",
    "--package=tirage",
    "--package=tirage-admin",
    "--package=tirage-pricing-web",
    // As it is released.
    "--features=tirage/split",
];

/// Runs all checks and sums up what they found.
pub(crate) fn lint(shell: &Shell) -> anyhow::Result<ExitCode> {
    let metadata = shell.metadata(&["--locked"])?;
    let policy = policy(shell)?;
    let mut findings = licences::check(&metadata, &policy)?;
    findings.extend(bans::check(&metadata, &policy)?);
    findings.extend(directions::check(shell, &metadata)?);
    findings.extend(documents::check(shell, &metadata)?);
    findings.extend(sources::check(shell)?);
    web::ensure_target(shell)?;
    for (name, mut command) in compilers(shell, &metadata) {
        eprintln!("── {name}");
        if let Err(error) = shell.run(&mut command) {
            ensure!(!shell.interrupted(), "interrupted");
            findings.push(format!("{error:#}"));
        }
    }
    for finding in &findings {
        eprintln!("error: {finding}");
    }
    println!("lint: {} findings", findings.len());
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What other tools check, on both targets, warnings as errors.
fn compilers(shell: &Shell, metadata: &Value) -> Vec<(&'static str, Command)> {
    let mut commands = Vec::new();
    if let Some(deny) = find_program("cargo-deny") {
        let mut command = shell.command(deny);
        command.args([
            "--log-level",
            "error",
            "check",
            "licenses",
            "bans",
            "sources",
        ]);
        commands.push(("cargo-deny", command));
    }
    commands.push(("rustfmt", shell.cargo(["fmt", "--all", "--check"])));
    let mut clippy = shell.cargo(["clippy", "--locked", "--workspace", "--all-targets"]);
    clippy
        .args(features(metadata))
        .args(["--", "-D", "warnings"]);
    commands.push(("clippy", clippy));
    let mut clippy = shell.cargo(["clippy", "--locked", "--lib", "--bins"]);
    clippy.args(BROWSER).args(["--", "-D", "warnings"]);
    commands.push(("clippy for the browser", clippy));
    // Libraries only: the service's binary has the name of the widget's library.
    let mut doc = shell.cargo(["doc", "--locked", "--workspace", "--no-deps", "--lib"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    commands.push(("rustdoc", doc));
    let mut doc = shell.cargo(["doc", "--locked", "--no-deps", "--lib"]);
    doc.args(BROWSER).env("RUSTDOCFLAGS", "-D warnings");
    commands.push(("rustdoc for the browser", doc));
    commands
}

fn policy(shell: &Shell) -> anyhow::Result<toml::Table> {
    let text = fs::read_to_string(shell.path("deny.toml")).context("cannot read `deny.toml`")?;
    text.parse().context("`deny.toml` is not TOML")
}

/// The packages of `cargo metadata`.
fn packages(metadata: &Value) -> anyhow::Result<&Vec<Value>> {
    metadata["packages"]
        .as_array()
        .context("`cargo metadata` lists no packages")
}

/// A text field of a package, empty if missing.
fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package[field].as_str().unwrap_or_default()
}
