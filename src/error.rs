//! What may keep the widget from working, sorted by what the buyer can do about it.

use tirage_pricing::decimal::canonical;

/// Why something could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WidgetError {
    /// No answer, or one that may be better later: trying again helps.
    Unreachable {
        /// The HTTP status; 0 when there was no answer.
        status: u16,
    },
    /// There is no such product or order: the page is wrong.
    Missing,
    /// The service has been updated since the page was opened: loading the page again helps.
    Outdated,
    /// A part of the widget itself did not come, with the browser's reason: trying again helps.
    Chunk(String),
    /// The answer cannot be read, with the details for the page's author.
    Unreadable(String),
}

impl WidgetError {
    /// The error of an HTTP status.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            404 | 410 => Self::Missing,
            _ => Self::Unreachable { status },
        }
    }

    /// For the console.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Unreachable { status: 0 } => "no answer from the service".to_owned(),
            Self::Unreachable { status } => {
                ["the service answered ", &canonical((*status).into())].concat()
            }
            Self::Missing => "the service knows no such thing".to_owned(),
            Self::Outdated => "the service is of another build than this widget".to_owned(),
            Self::Chunk(detail) | Self::Unreadable(detail) => detail.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_missing_thing_is_not_worth_another_try() {
        assert_eq!(WidgetError::of_status(404), WidgetError::Missing);
        for status in [0, 429, 500, 503] {
            assert_eq!(
                WidgetError::of_status(status),
                WidgetError::Unreachable { status }
            );
        }
    }
}
