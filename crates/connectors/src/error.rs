//! What can go wrong with a connector's call, sorted by what is to be done about it.
//!
//! The outbox decides by [`Disposition`] alone. Messages of a vendor are data: they are shown to
//! an operator, kept out of `Display` (an answer may repeat a customer's phone), and nothing is
//! ever decided by their wording.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::time::Duration;

use crate::connector::ConnectorKind;

/// A failed call of a connector.
#[derive(Debug, thiserror::Error)]
#[error("{connector}: {operation}: {reason}")]
pub struct ConnectorError {
    /// Which system.
    pub connector: ConnectorKind,
    /// Which call.
    pub operation: Operation,
    /// Which kind of failure.
    pub reason: Reason,
    /// What it came from. Never contains the key or an address with one.
    #[source]
    pub source: Option<Box<dyn StdError + Send + Sync>>,
}

impl ConnectorError {
    /// The error and everything it came from, on one line, for an operator.
    ///
    /// This is where a certificate's fingerprint or a blocked address is told.
    #[must_use]
    pub fn explained(&self) -> String {
        let mut text = self.to_string();
        let mut source = self.source();
        while let Some(cause) = source {
            // Writing to a string cannot fail.
            let _ = write!(text, ": {cause}");
            source = cause.source();
        }
        text
    }
}

/// A call of a connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// [`Connector::probe`](crate::Connector::probe)
    Probe,
    /// [`Connector::find_order`](crate::Connector::find_order)
    FindOrder,
    /// [`Connector::push_order`](crate::Connector::push_order)
    PushOrder,
    /// [`PriceSource::prices`](crate::prices::PriceSource::prices)
    Prices,
}

impl Operation {
    /// The operation's name in logs and rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::FindOrder => "find_order",
            Self::PushOrder => "push_order",
            Self::Prices => "prices",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The key is wrong, revoked or may not do this.
    Unauthorized,
    /// Our own rules forbid the address the host's name leads to. Nothing was sent.
    Blocked,
    /// The address, method or object does not exist there.
    NotFound,
    /// What the order refers to has changed there, such as a template's revision.
    Conflict,
    /// The system has no such ability.
    NotSupported,
    /// The system understood the order and does not accept it.
    Rejected {
        /// Its objections, as far as it named them.
        errors: Vec<FieldError>,
    },
    /// Too many calls. Nothing was executed.
    RateLimited {
        /// When to come back, where the system said so; never more than an hour.
        retry_after: Option<Duration>,
    },
    /// Nothing was executed: no address, no connection, no secure channel, or a mere question
    /// that was not answered.
    Unavailable,
    /// Something was sent and there is no readable answer: it may have been executed.
    OutcomeUnknown,
    /// An answer to a mere question that is not what the question asks for.
    BadResponse,
}

impl Reason {
    /// What is to be done about it.
    ///
    /// A disposition speaks about the call that failed: `Retry` after a failed look-up means
    /// looking up again, not sending.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        match self {
            Self::RateLimited { retry_after } => Disposition::Retry {
                retry_after: *retry_after,
            },
            Self::Unavailable | Self::BadResponse => Disposition::Retry { retry_after: None },
            Self::OutcomeUnknown => Disposition::CheckThenRetry,
            Self::NotFound | Self::Conflict | Self::NotSupported => Disposition::NeedsOperator,
            Self::Rejected { .. } => Disposition::GiveUp,
            Self::Unauthorized | Self::Blocked => Disposition::Pause,
        }
    }

    /// The reason's name in logs and rows.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::Blocked => "blocked",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::NotSupported => "not_supported",
            Self::Rejected { .. } => "rejected",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable => "unavailable",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::BadResponse => "bad_response",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        if let Self::Rejected { errors } = self {
            for error in errors {
                write!(f, ", `{}` ({})", error.parameter, error.code)?;
            }
        }
        Ok(())
    }
}

/// One objection to an order, in the system's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The parameter it is about; empty when it is about the whole order.
    pub parameter: String,
    /// The system's code for the mistake; may be empty.
    pub code: String,
    /// The system's message, for the operator; may be empty.
    pub message: String,
}

/// What the outbox does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// The same call again, later: nothing was executed.
    Retry {
        /// Not before this, where the system said so.
        retry_after: Option<Duration>,
    },
    /// Look the order up first; send it again only when it is not there.
    CheckThenRetry,
    /// A person has to change something, then this order can go.
    NeedsOperator,
    /// This order will never be accepted as it is.
    GiveUp,
    /// Nothing to this system will work until a person changes the connection; this order is not
    /// to blame and does not use up an attempt.
    Pause,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_certainly_not_executed_is_simply_retried() {
        let retried = [
            Reason::RateLimited { retry_after: None },
            Reason::Unavailable,
            Reason::BadResponse,
        ];
        for reason in retried {
            assert_eq!(
                reason.disposition(),
                Disposition::Retry { retry_after: None }
            );
        }
        assert_eq!(
            Reason::OutcomeUnknown.disposition(),
            Disposition::CheckThenRetry
        );
    }

    #[test]
    fn a_message_of_the_vendor_does_not_reach_the_log() {
        let reason = Reason::Rejected {
            errors: vec![FieldError {
                parameter: "phone".to_owned(),
                code: "invalid".to_owned(),
                message: "+79001234567 is no phone".to_owned(),
            }],
        };
        assert_eq!(reason.to_string(), "rejected, `phone` (invalid)");
    }
}
