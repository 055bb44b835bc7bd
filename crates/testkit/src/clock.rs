//! A clock that only moves when it is told to.

use std::sync::atomic::{AtomicI64, Ordering};

use tirage_api::clock::Clock;
use tirage_storage::Millis;

/// A clock that only moves when it is told to.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows this time.
    #[must_use]
    pub fn at(now: Millis) -> Self {
        Self(AtomicI64::new(now))
    }

    /// Moves on.
    pub fn advance(&self, ms: Millis) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Moves on to this time, never back.
    pub fn advance_to(&self, at: Millis) {
        self.0.fetch_max(at, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }
}
