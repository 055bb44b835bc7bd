//! `[prices]`: how print houses are asked for the prices that they compute themselves.

use std::time::Duration;

use serde::Deserialize;
use tirage_storage::Millis;

use super::Problem;

/// How sources of prices are asked. Every bound is for one source by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricesConfig {
    /// How long a source may take for an answer, its place in the queue included.
    pub timeout_ms: u64,
    /// How long a buyer waits for a new price where an earlier one is known.
    pub patience_ms: u64,
    /// How long a price counts as confirmed.
    pub fresh_seconds: u32,
    /// Questions at once.
    pub concurrent: usize,
    /// Prices asked for at once, those in the queue included.
    pub waiting: usize,
    /// Prices that are remembered.
    pub kept: usize,
}

impl PricesConfig {
    /// How long a source may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }

    /// How long a buyer waits where an earlier price is known.
    #[must_use]
    pub fn patience(&self) -> Duration {
        Duration::from_millis(self.patience_ms)
    }

    /// How long a price counts as confirmed.
    #[must_use]
    pub fn fresh(&self) -> Millis {
        Millis::from(self.fresh_seconds) * 1_000
    }

    /// The same for requests that may take so long: whoever asks has to hear why there is no price
    /// before the request ends.
    #[must_use]
    pub fn within(&self, request_timeout_ms: u64) -> Self {
        let most = request_timeout_ms.saturating_mul(4) / 5;
        Self {
            timeout_ms: self.timeout_ms.min(most),
            ..self.clone()
        }
    }

    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        if self.timeout_ms == 0 {
            problems.push(Problem::new("prices.timeout_ms", "more than 0", 0));
        }
        for (name, value, most) in [
            ("concurrent", self.concurrent, 1_024),
            ("waiting", self.waiting, 100_000),
            ("kept", self.kept, 1_000_000),
        ] {
            if !(1..=most).contains(&value) {
                let place = format!("prices.{name}");
                problems.push(Problem::new(place, format!("1 to {most}"), value));
            }
        }
    }
}
