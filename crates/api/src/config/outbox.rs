//! `[outbox]`: how orders are forwarded.

use std::time::Duration;

use serde::Deserialize;

use super::Problem;

/// How orders are forwarded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutboxConfig {
    /// Whether anything is forwarded.
    pub enabled: bool,
    /// Orders sent to one connection at once.
    pub workers: u32,
    /// How long one request to a print house may take.
    pub request_timeout_ms: u64,
    /// How long a claim lasts without a sign of life.
    pub lease_ms: u64,
    /// How often due deliveries are looked for.
    pub poll_ms: u64,
}

impl OutboxConfig {
    /// How often due deliveries are looked for.
    #[must_use]
    pub fn poll(&self) -> Duration {
        Duration::from_millis(self.poll_ms)
    }

    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        if !(1..=64).contains(&self.workers) {
            problems.push(Problem::new("outbox.workers", "1 to 64", self.workers));
        }
        // A request still under way when its lease runs out would be sent twice.
        if self.lease_ms <= self.request_timeout_ms {
            let expected = format!(
                "more than `request_timeout_ms`, {}",
                self.request_timeout_ms
            );
            problems.push(Problem::new("outbox.lease_ms", expected, self.lease_ms));
        }
        if self.request_timeout_ms == 0 {
            let found = self.request_timeout_ms;
            problems.push(Problem::new(
                "outbox.request_timeout_ms",
                "more than 0",
                found,
            ));
        }
        if self.poll_ms == 0 {
            problems.push(Problem::new("outbox.poll_ms", "more than 0", self.poll_ms));
        }
    }
}
