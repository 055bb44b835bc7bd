//! What is wrong with the settings: every problem at once, each with its place.

use std::fmt;

/// One setting that is not right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The setting, as `section.field`, or the file.
    pub place: String,
    /// What it should be, and what it is.
    pub message: String,
}

/// All that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError(pub Vec<Problem>);

impl Problem {
    /// A value that is not what it should be.
    pub fn new(
        place: impl Into<String>,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Self {
        Self {
            place: place.into(),
            message: format!("expected {expected}, found `{found}`"),
        }
    }

    pub(super) fn text(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
        }
    }

    pub(super) fn unknown_section(name: &str) -> Self {
        let known = "server, database, shop, compatibility, outbox, prices, log, products, categories \
                     or connections";
        Self::new(name, format!("one of the sections {known}"), name)
    }

    /// The reader's message may quote a value, and the value may be a secret: only what it says
    /// about names and types is kept.
    pub(super) fn shape(place: &str, error: &toml::de::Error) -> Self {
        Self::text(place, error.message().to_owned())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings have {} problem(s)", self.0.len())?;
        for problem in &self.0 {
            write!(f, "\n  {problem}")?;
        }
        Ok(())
    }
}
