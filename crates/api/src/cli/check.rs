//! `tirage template check`: reads, compiles, lints.

use std::fmt::Write as _;
use std::path::PathBuf;

use tirage_pricing::json::{Json, ToJson as _};

use super::lint::{self, Lint, Severity};
use super::locate::Position;
use super::source::{Mistake, Source};
use super::{Outcome, complain, counted, print};

/// Checks templates: mistakes and broken promises are errors, what looks like one is a warning.
///
/// Each finding is printed as FILE:LINE:COLUMN with what was expected and found. Warnings come
/// from reading the template and from pricing a bounded, always equal set of answers; how many
/// were tried is printed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 no errors, 1 errors (or warnings with --deny-warnings), \
                        2 wrong use."
)]
pub(crate) struct Arguments {
    /// Templates to check.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Exits with 1 when there are warnings; notes are never counted.
    #[arg(long)]
    deny_warnings: bool,
    /// Prints one JSON document for all files.
    #[arg(long)]
    json: bool,
}

/// All that is known of one file.
struct Report {
    file: String,
    error: Option<Mistake>,
    findings: Vec<Finding>,
    tried: lint::Tried,
}

struct Finding {
    lint: Lint,
    position: Position,
    pointer: String,
    message: String,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut reports = Vec::new();
    let mut unread = false;
    for file in &arguments.files {
        match Source::read(file) {
            Ok(source) => reports.push(report(&source)),
            Err(error) => {
                unread = true;
                complain(format!("{error:#}"))?;
            }
        }
    }
    if arguments.json {
        let files = reports.iter().map(Report::to_json).collect();
        print(format!(
            "{}\n",
            Json::object([("files", Json::List(files))])
        ))?;
    } else {
        for report in &reports {
            print(report.to_text())?;
        }
    }
    let wrong = |report: &Report| report.error.is_some() || report.count(Severity::Error) > 0;
    let errors = unread || reports.iter().any(wrong);
    let warnings = reports
        .iter()
        .any(|report| report.count(Severity::Warning) > 0);
    Ok(if errors || (warnings && arguments.deny_warnings) {
        Outcome::Wrong
    } else {
        Outcome::Fine
    })
}

fn report(source: &Source) -> Report {
    let file = source.name.clone();
    let loaded = match source.load() {
        Ok(loaded) => loaded,
        Err(mistake) => {
            return Report {
                file,
                error: Some(mistake),
                findings: Vec::new(),
                tried: lint::Tried::default(),
            };
        }
    };
    let (remarks, tried) = lint::run(&loaded);
    let mut findings: Vec<Finding> = remarks
        .into_iter()
        .map(|remark| Finding {
            lint: remark.lint,
            position: loaded
                .map
                .position(loaded.map.nearest(&remark.pointer).bytes.start),
            pointer: remark.pointer,
            message: remark.message,
        })
        .collect();
    findings.sort_by_key(|finding| finding.position);
    Report {
        file,
        error: None,
        findings,
        tried,
    }
}

impl Report {
    fn count(&self, severity: Severity) -> usize {
        let of_it = |finding: &&Finding| finding.lint.severity() == severity;
        self.findings.iter().filter(of_it).count()
    }

    fn to_text(&self) -> String {
        let file = &self.file;
        if let Some(error) = &self.error {
            return format!("{file}:{}: {}\n", error.position, error.message);
        }
        let mut text = String::new();
        for finding in &self.findings {
            // Writing to a string cannot fail.
            let _done = writeln!(
                text,
                "{file}:{}: {}: {} [{}]",
                finding.position,
                finding.lint.severity().as_str(),
                finding.message,
                finding.lint.as_str(),
            );
        }
        let counts = [
            (Severity::Error, "error"),
            (Severity::Warning, "warning"),
            (Severity::Note, "note"),
        ];
        let counts = counts.map(|(severity, word)| (severity, self.count(severity), word));
        // A template that loads has errors only where it breaks its own promises.
        let told = counts
            .iter()
            .filter(|(severity, count, _)| *severity != Severity::Error || *count > 0)
            .map(|(_, count, word)| counted(*count, word));
        let told = told.collect::<Vec<_>>().join(", ");
        let limit = if self.tried.all {
            ""
        } else {
            ", the most for a template of this size"
        };
        let _done = writeln!(
            text,
            "{file}: {told}; {} tried{limit}",
            counted(self.tried.combinations, "combination"),
        );
        text
    }

    fn to_json(&self) -> Json {
        let place = |position: Position, pointer: &str, message: &str| {
            Json::object([
                ("line", whole(position.line)),
                ("column", whole(position.column)),
                ("pointer", Json::text(pointer)),
                ("message", Json::text(message)),
            ])
        };
        let errors = self.error.iter();
        let errors = errors.map(|error| place(error.position, &error.pointer, &error.message));
        let findings = self.findings.iter().map(|finding| {
            place(finding.position, &finding.pointer, &finding.message)
                .with("severity", Json::text(finding.lint.severity().as_str()))
                .with("lint", Json::text(finding.lint.as_str()))
        });
        Json::object([
            ("file", Json::text(self.file.as_str())),
            ("errors", Json::List(errors.collect())),
            ("findings", Json::List(findings.collect())),
            ("combinations", whole(self.tried.combinations)),
            ("all_tried", self.tried.all.to_json()),
        ])
    }
}

fn whole(number: usize) -> Json {
    Json::Number(number.to_string())
}
