//! The sum over all suites: how many passed, which failed, and how long each step took.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// What is known so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    passed: usize,
    ignored: usize,
    failed: Vec<String>,
    steps: Vec<(&'static str, Duration)>,
}

impl Report {
    /// Does one step and takes its time; an error of the step itself counts as a failed test.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&mut Report) -> anyhow::Result<()>,
    ) {
        eprintln!("── {name}");
        let began = Instant::now();
        if let Err(error) = work(self) {
            eprintln!("error: {name}: {error:#}");
            self.failed.push(format!("{name}: {error:#}"));
        }
        self.steps.push((name, began.elapsed()));
    }

    /// Adds a whole suite's numbers.
    pub(crate) fn add(&mut self, passed: usize, ignored: usize, failed: Vec<String>) {
        self.passed += passed;
        self.ignored += ignored;
        self.failed.extend(failed);
    }

    /// Adds one check, failed if there is a reason why.
    pub(crate) fn count(&mut self, name: &str, failure: Option<String>) {
        match failure {
            None => self.passed += 1,
            Some(reason) => self.failed.push(format!("{name}: {reason}")),
        }
    }

    /// Whether nothing failed so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.failed.is_empty()
    }

    /// Times, failed tests and, as the last line, the sum.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from("\n");
        for (name, took) in &self.steps {
            let _infallible = writeln!(text, "{name:<16}{:>7.1} s", took.as_secs_f32());
        }
        if self.ignored > 0 {
            let _infallible = writeln!(text, "ignored: {}", self.ignored);
        }
        for name in &self.failed {
            let _infallible = writeln!(text, "failed: {name}");
        }
        let _infallible = writeln!(text, "{} passed, {} failed", self.passed, self.failed.len());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_sums_all_suites_and_the_failed_are_named() {
        let mut report = Report::default();
        report.add(3, 0, vec!["one".into()]);
        report.count("two", Some("too heavy".into()));
        report.count("three", None);
        report.step("four", |_| anyhow::bail!("no such thing"));
        let text = report.text();
        assert!(text.contains("failed: two: too heavy\n"));
        assert!(text.contains("failed: four: no such thing\n"));
        assert!(text.ends_with("\n4 passed, 3 failed\n"));
        assert!(!report.is_clean());
    }
}
