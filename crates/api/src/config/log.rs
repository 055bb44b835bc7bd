//! `[log]`: what is logged and how.

use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use super::Problem;

/// What is logged.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// For people or for machines.
    pub format: LogFormat,
    /// Which events, in the syntax of tracing's filter.
    pub filter: String,
}

/// The shape of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object per line.
    Json,
}

impl LogConfig {
    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        if EnvFilter::try_new(&self.filter).is_err() {
            let expected = "a filter such as \"info,tirage_api=debug\"";
            problems.push(Problem::new("log.filter", expected, &self.filter));
        }
    }
}
