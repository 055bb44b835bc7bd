//! What is wrong with a connection's settings: everything at once, each with its place.

use std::fmt;

/// Settings that cannot make a connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// Everything that is wrong.
    pub problems: Vec<ConfigProblem>,
}

/// One wrong setting. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// JSON pointer of the setting; empty for the whole document.
    pub field: String,
    /// What was expected there.
    pub expected: String,
    /// What is there.
    pub found: String,
}

impl ConfigProblem {
    pub(crate) fn new(field: &str, expected: &str, found: &str) -> Self {
        Self {
            field: field.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            expected,
            found,
        } = self;
        let field = if field.is_empty() {
            "the settings"
        } else {
            field
        };
        write!(
            f,
            "`{field}`: expected {expected}, found `{}`",
            found.escape_debug()
        )
    }
}
