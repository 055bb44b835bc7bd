//! `cargo test` over the workspace: built once, its results counted.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{bail, ensure};
use serde_json::Value;

use super::report::Report;
use crate::shell::Shell;

/// A package with this feature has tests that want a PostgreSQL server.
const POSTGRES_FEATURE: &str = "postgres-tests";

/// The programs that the same build made: binaries and examples by name.
#[derive(Debug, Default)]
pub(crate) struct Programs(Vec<(String, PathBuf)>);

impl Programs {
    /// Whether the build failed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Name → path.
    pub(crate) fn json(&self) -> String {
        let object = self.0.iter().map(|(name, path)| {
            (
                name.clone(),
                Value::String(path.to_string_lossy().into_owned()),
            )
        });
        Value::Object(object.collect()).to_string()
    }
}

/// Builds all tests and the programs that other suites start.
///
/// Not by a `cargo build` of its own: without the tests' dependencies, features unify otherwise,
/// and half of everything would be built twice.
pub(crate) fn build(shell: &Shell) -> anyhow::Result<Programs> {
    let mut command = cargo_test(shell)?;
    command.args(["--no-run", "--message-format=json-render-diagnostics"]);
    let mut found = Programs::default();
    let status = shell.each_line(&mut command, |line| found.0.extend(program_of(line)))?;
    ensure!(status.success(), "the build failed");
    Ok(found)
}

fn cargo_test(shell: &Shell) -> anyhow::Result<Command> {
    let mut command = shell.cargo(["test", "--locked", "--workspace", "--no-fail-fast"]);
    command.args(features(&shell.metadata(&["--no-deps"])?));
    Ok(command)
}

/// The arguments that switch all tests on.
pub(crate) fn features(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let ours = packages.filter(|package| package["source"].is_null());
    ours.filter(|package| !package["features"][POSTGRES_FEATURE].is_null())
        .filter_map(|package| package["name"].as_str())
        .map(|name| format!("--features={name}/{POSTGRES_FEATURE}"))
        .collect()
}

/// A program that is not itself a test, from one of cargo's messages.
fn program_of(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    let kind = message["target"]["kind"].get(0)?.as_str()?;
    let is_program = matches!(kind, "bin" | "example") && message["profile"]["test"] == false;
    let path = message["executable"].as_str().filter(|_| is_program)?;
    Some((
        message["target"]["name"].as_str()?.to_owned(),
        PathBuf::from(path),
    ))
}

/// Runs what was built.
pub(crate) fn run(shell: &Shell, postgres: &str, report: &mut Report) -> anyhow::Result<()> {
    let mut command = cargo_test(shell)?;
    command
        .env("TEST_POSTGRES_URL", postgres)
        .stdout(Stdio::piped());
    let mut results = Results::default();
    let status = shell.each_line(&mut command, |line| {
        if results.take(line) {
            println!("{line}");
        }
    })?;
    let Results {
        passed,
        ignored,
        failed,
        names,
    } = results;
    let named = failed > 0;
    ensure!(passed + failed > 0, "no test was executed ({status})");
    report.add(passed, ignored, complete(names, failed));
    if !status.success() && !named {
        bail!("`cargo test` failed ({status}) although no test did");
    }
    Ok(())
}

/// As many names as failures, even if a name could not be read.
fn complete(mut names: Vec<String>, failed: usize) -> Vec<String> {
    names.resize_with(failed.max(names.len()), || {
        "a test that named itself not".into()
    });
    names
}

#[derive(Debug, Default)]
struct Results {
    passed: usize,
    ignored: usize,
    failed: usize,
    names: Vec<String>,
}

impl Results {
    /// Reads a line of the test programs' output; says whether a person wants to see it.
    fn take(&mut self, line: &str) -> bool {
        if let Some(result) = line.strip_prefix("test result: ") {
            let numbers = Counts::parse(result);
            self.passed += numbers.passed;
            self.failed += numbers.failed;
            self.ignored += numbers.ignored;
            return numbers.passed + numbers.failed + numbers.ignored > 0;
        }
        if let Some(name) = line
            .strip_prefix("test ")
            .and_then(|it| it.strip_suffix(" ... FAILED"))
        {
            self.names.push(name.to_owned());
        }
        let passed = line.starts_with("test ") && line.ends_with(" ... ok");
        let opening = line.starts_with("running ") && line.ends_with(['t', 's']);
        !(passed || opening || line.is_empty())
    }
}

#[derive(Debug, Default, PartialEq)]
struct Counts {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Counts {
    /// Reads `ok. 12 passed; 0 failed; 1 ignored; …`.
    fn parse(result: &str) -> Counts {
        let mut counts = Counts::default();
        let words: Vec<&str> = result
            .split([' ', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            let Ok(number) = pair[0].parse() else {
                continue;
            };
            match pair[1] {
                "passed" => counts.passed = number,
                "failed" => counts.failed = number,
                "ignored" => counts.ignored = number,
                _ => {}
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed_and_failures_keep_their_names() {
        let mut results = Results::default();
        let shown: Vec<bool> = [
            "running 3 tests",
            "test a::b ... ok",
            "test a::c ... FAILED",
            "test src/lib.rs - f (line 3) ... ok",
            "",
            "thread 'a::c' panicked at src/a.rs:3:5:",
            "test result: FAILED. 2 passed; 1 failed; 4 ignored; 0 measured; 0 filtered out",
            "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
        ]
        .iter()
        .map(|line| results.take(line))
        .collect();
        assert_eq!(shown, [false, false, true, false, false, true, true, false]);
        assert_eq!((results.passed, results.failed, results.ignored), (2, 1, 4));
        assert_eq!(results.names, ["a::c"]);
    }

    #[test]
    fn programs_are_binaries_and_examples_but_not_tests() {
        let message = |kind: &str, test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"kind":["{kind}"],"name":"it"}},
                "profile":{{"test":{test}}},"executable":"/t/it"}}"#
            )
        };
        let it = Some(("it".to_owned(), PathBuf::from("/t/it")));
        assert_eq!(program_of(&message("bin", false)), it);
        assert_eq!(program_of(&message("example", false)), it);
        assert_eq!(program_of(&message("bin", true)), None);
        assert_eq!(program_of(&message("lib", false)), None);
        assert_eq!(program_of("not JSON"), None);
    }
}
