//! Why a text is not a template: always the place, what was expected and what was found.

use crate::json::{JsonError, ParseError};

/// Why a template was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// The text is not JSON.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// A value is missing, unknown or of another shape.
    #[error(transparent)]
    Shape(#[from] JsonError),
    /// An expression does not fit the grammar, the names or the types.
    #[error("{pointer}, column {column}: expected {expected}, found {found}")]
    Expression {
        /// JSON pointer of the expression.
        pointer: String,
        /// Column in characters, from 1.
        column: usize,
        /// What was expected there.
        expected: String,
        /// What was found.
        found: String,
    },
    /// Parameters and values that need each other to be computed.
    #[error("expected rules without a circle, found {}", circle(path))]
    Cycle {
        /// The keys along the circle; the first one comes again at the end.
        path: Vec<String>,
    },
    /// More of something than a template may have.
    #[error("{}: expected at most {limit} {what}, found {found}", place(pointer))]
    Limit {
        /// JSON pointer of the place; empty for the whole document.
        pointer: String,
        /// What there is too much of.
        what: &'static str,
        /// How much there may be.
        limit: usize,
        /// How much there is.
        found: usize,
    },
}

impl From<JsonError> for Box<TemplateError> {
    #[cold]
    #[inline(never)]
    fn from(error: JsonError) -> Self {
        Box::new(TemplateError::Shape(error))
    }
}

/// A pointer; that of the whole document is empty and needs a word.
fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "the document"
    } else {
        pointer
    }
}

/// The keys along a circle; of a long one its beginning and its end.
#[cfg(feature = "compile")]
fn circle(path: &[String]) -> String {
    const MOST: usize = 20;
    match path {
        [beginning @ .., last] if path.len() > MOST => {
            let shown = beginning.get(..MOST).unwrap_or(beginning);
            format!(
                "{} → … → {last}, {} in all",
                shown.join(" → "),
                beginning.len()
            )
        }
        path => path.join(" → "),
    }
}
