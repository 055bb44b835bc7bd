//! The one place where the end of an exchange becomes a [`Reason`].
//!
//! Everything turns on one question: can it have been executed? When in doubt, yes.

use std::time::Duration;

use http::StatusCode;

use crate::error::Reason;

/// What a request may do at the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Only asks. Asking again is always safe.
    Read,
    /// Changes something. Sending it again may change it twice.
    Write,
}

/// How an exchange ended when it did not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The address is not allowed; nothing was sent.
    Blocked,
    /// No connection was made; nothing was sent.
    NotSent,
    /// Something was sent, and no whole answer came back.
    NoAnswer,
    /// An answer came that says it went well, in no form we can read.
    Unreadable,
    /// An answer came that says it did not go well.
    Status(StatusCode, Option<Duration>),
}

/// What an ending means for the caller.
pub(crate) fn classify(effect: Effect, ending: Ending) -> Reason {
    match ending {
        Ending::Blocked => Reason::Blocked,
        Ending::NotSent => Reason::Unavailable,
        Ending::NoAnswer => match effect {
            Effect::Read => Reason::Unavailable,
            Effect::Write => Reason::OutcomeUnknown,
        },
        Ending::Unreadable => match effect {
            Effect::Read => Reason::BadResponse,
            Effect::Write => Reason::OutcomeUnknown,
        },
        Ending::Status(status, retry_after) => classify_status(effect, status, retry_after),
    }
}

fn classify_status(effect: Effect, status: StatusCode, retry_after: Option<Duration>) -> Reason {
    match status.as_u16() {
        // 402 is what licence servers say: like a bad key, it concerns every order alike.
        401..=403 => Reason::Unauthorized,
        404 | 405 | 410 => Reason::NotFound,
        409 => Reason::Conflict,
        429 => Reason::RateLimited { retry_after },
        // The server gave up waiting for the request, of which it may have had enough.
        408 => classify(effect, Ending::NoAnswer),
        400..=499 => match effect {
            // An order is never given up because of how we asked about it.
            Effect::Read => Reason::BadResponse,
            Effect::Write => Reason::Rejected { errors: Vec::new() },
        },
        503 if effect == Effect::Read && retry_after.is_some() => {
            Reason::RateLimited { retry_after }
        }
        500..=599 => classify(effect, Ending::NoAnswer),
        // A redirect is never followed: it would carry the key to another host. Some servers
        // redirect after they have done what was asked.
        _ => classify(effect, Ending::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RETRY_AFTER: Option<Duration> = Some(Duration::from_secs(7));

    fn reason(effect: Effect, status: u16) -> Reason {
        let status = StatusCode::from_u16(status).unwrap();
        classify(effect, Ending::Status(status, RETRY_AFTER))
    }

    #[test]
    fn every_status_has_its_meaning_for_a_write() {
        let limited = Reason::RateLimited {
            retry_after: RETRY_AFTER,
        };
        let rejected = Reason::Rejected { errors: Vec::new() };
        for status in 100..=999 {
            let expected = match status {
                401..=403 => Reason::Unauthorized,
                404 | 405 | 410 => Reason::NotFound,
                409 => Reason::Conflict,
                429 => limited.clone(),
                408 => Reason::OutcomeUnknown,
                400..=499 => rejected.clone(),
                _ => Reason::OutcomeUnknown,
            };
            assert_eq!(reason(Effect::Write, status), expected, "{status}");
        }
    }

    #[test]
    fn a_question_never_ends_in_an_unknown_outcome_nor_in_giving_up() {
        for status in 100..=999 {
            let reason = reason(Effect::Read, status);
            assert_ne!(reason, Reason::OutcomeUnknown, "{status}");
            assert!(!matches!(reason, Reason::Rejected { .. }), "{status}");
        }
        assert_eq!(
            classify(Effect::Read, Ending::NoAnswer),
            Reason::Unavailable
        );
        assert_eq!(
            classify(Effect::Read, Ending::Unreadable),
            Reason::BadResponse
        );
    }

    #[test]
    fn nothing_sent_is_the_same_for_both() {
        for effect in [Effect::Read, Effect::Write] {
            assert_eq!(classify(effect, Ending::NotSent), Reason::Unavailable);
            assert_eq!(classify(effect, Ending::Blocked), Reason::Blocked);
        }
    }
}
