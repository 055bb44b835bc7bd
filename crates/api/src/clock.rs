//! Time as an argument.

use std::fmt;
use std::time::UNIX_EPOCH;

use tirage_storage::Millis;

/// Tells the time. Everything that needs it takes one of these.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Now, in milliseconds since 1970 in UTC.
    fn now(&self) -> Millis;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's time comes in"
    )]
    fn now(&self) -> Millis {
        let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH);
        // A clock before 1970 is a machine that has not learnt the time yet.
        since.map_or(0, |since| {
            Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
        })
    }
}

/// An instant as the wire writes it, RFC 3339 in UTC.
#[must_use]
pub fn rfc3339(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map_or_else(|_| String::new(), |instant| instant.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_utc() {
        assert_eq!(rfc3339(1_790_000_000_000), "2026-09-21T14:13:20Z");
        assert_eq!(rfc3339(1_790_000_000_120), "2026-09-21T14:13:20.12Z");
    }
}
