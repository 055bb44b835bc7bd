//! The browser suites: node's test runner over `tests/browser`, driving a real browser.
//!
//! All of them in Chromium and in Firefox, but for those of `tests/browser/chromium`, which need
//! what only Chromium's protocol can do.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use super::debian;
use super::native::Programs;
use super::report::Report;
use super::temporary::Temporary;
use crate::shell::Shell;

const SUITES: &str = "tests/browser";
const ON_PAGES_OF_OTHERS: &str = "tests/browser/embedding";
const IN_CHROMIUM: &str = "tests/browser/chromium";
/// Begins the one line that the reporter writes for this program.
const RESULT: &str = "#result ";

/// Where the suites find what they start and serve.
#[derive(Debug)]
pub(crate) struct Environment<'a> {
    pub(crate) programs: &'a Programs,
    pub(crate) assets: PathBuf,
    pub(crate) pricing: PathBuf,
}

/// Runs all suites and counts their tests.
pub(crate) fn run(
    shell: &Shell,
    environment: &Environment<'_>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut everywhere = suites(shell, SUITES)?;
    everywhere.extend(suites(shell, ON_PAGES_OF_OTHERS)?);
    run_in(shell, environment, "firefox", &everywhere, report)?;
    let mut in_chromium = everywhere;
    in_chromium.extend(suites(shell, IN_CHROMIUM)?);
    run_in(shell, environment, "chromium", &in_chromium, report)
}

fn run_in(
    shell: &Shell,
    environment: &Environment<'_>,
    browser: &str,
    suites: &[PathBuf],
    report: &mut Report,
) -> anyhow::Result<()> {
    println!("in {browser}:");
    let screenshots = shell.target("screenshots");
    fs::create_dir_all(&screenshots).context("cannot create the screenshots' folder")?;
    let Environment {
        programs,
        assets,
        pricing,
    } = environment;
    let chromium = debian::chromium().context("there is no Chromium")?;
    let firefox = debian::firefox().context("there is no Firefox")?;

    // Profiles and data of programs that were killed go with it.
    let temporary = Temporary::create("browser")?;
    let mut command = shell.command("node");
    command
        .args([
            "--test",
            "--test-reporter=./tests/browser/support/reporter.mjs",
        ])
        .args(suites)
        .env("BROWSER", browser)
        .env("TMPDIR", temporary.path())
        .env("TIRAGE_PROGRAMS", programs.json())
        .env("TIRAGE_ASSETS", assets)
        .env("TIRAGE_PRICING_WEB", pricing)
        .env("TIRAGE_SCREENSHOTS", &screenshots)
        .env("TIRAGE_CHROMIUM", chromium)
        .env("TIRAGE_FIREFOX", firefox);
    let mut result = None;
    let status = shell.each_line(&mut command, |line| match line.strip_prefix(RESULT) {
        Some(json) => result = Some(json.to_owned()),
        None => println!("{line}"),
    })?;

    let result = result.with_context(|| format!("node ended without a result ({status})"))?;
    let (passed, skipped, failed) = read(&result, browser)?;
    let clean = failed.is_empty();
    ensure!(passed + failed.len() > 0, "no browser test was executed");
    report.add(passed, skipped, failed);
    if clean && !status.success() {
        bail!("node failed ({status}) although no test did");
    }
    Ok(())
}

fn suites(shell: &Shell, folder: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(shell.path(folder)).with_context(|| format!("there is no `{folder}`"))?;
    for entry in entries {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            found.push(path);
        }
    }
    found.sort();
    ensure!(!found.is_empty(), "there is no `{folder}/*.test.mjs`");
    Ok(found)
}

/// Reads `{"passed": 1, "skipped": 0, "failed": ["name"]}`.
fn read(json: &str, browser: &str) -> anyhow::Result<(usize, usize, Vec<String>)> {
    let result: Value = serde_json::from_str(json).context("the reporter wrote no JSON")?;
    let count = |name: &str| {
        let number = result[name]
            .as_u64()
            .with_context(|| format!("no number `{name}`"))?;
        anyhow::Ok(usize::try_from(number)?)
    };
    let names = result["failed"].as_array().context("no list `failed`")?;
    let failed = names
        .iter()
        .filter_map(Value::as_str)
        .map(|name| format!("{browser}: {name}"));
    Ok((count("passed")?, count("skipped")?, failed.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reporters_line_gives_numbers_and_names() {
        let (passed, skipped, failed) = read(
            r#"{"passed": 5, "skipped": 1, "failed": ["a > b"]}"#,
            "firefox",
        )
        .unwrap();
        assert_eq!((passed, skipped), (5, 1));
        assert_eq!(failed, ["firefox: a > b"]);
        assert!(read(r#"{"passed": "5"}"#, "firefox").is_err());
    }
}
