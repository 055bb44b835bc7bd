//! Failed logins per account: five a minute, then everybody waits who tries that name.
//!
//! In memory: a restart forgives, which costs an attacker more than it gives. The table is
//! bounded, whatever names are tried.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tirage_storage::Millis;

const MOST_FAILURES: u32 = 5;
const WINDOW_MS: Millis = 60_000;
const MOST_NAMES: usize = 10_000;

/// Recent failures by name.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<String, Failures>>);

#[derive(Debug)]
struct Failures {
    since: Millis,
    count: u32,
}

impl Throttle {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Counts an attempt as failed until it is forgiven; answers how long to wait instead, when
    /// there were too many. Counting first keeps attempts side by side from slipping through.
    pub(crate) fn attempt(&self, name: &str, now: Millis) -> Result<(), Millis> {
        let mut names = self.lock();
        if names.len() >= MOST_NAMES {
            names.retain(|_, failures| now - failures.since < WINDOW_MS);
        }
        // Still full: somebody tries ten thousand names a minute.
        if names.len() >= MOST_NAMES && !names.contains_key(name) {
            return Err(WINDOW_MS);
        }
        let fresh = || Failures {
            since: now,
            count: 0,
        };
        let failures = names.entry(name.to_owned()).or_insert_with(fresh);
        if now - failures.since >= WINDOW_MS {
            *failures = fresh();
        }
        if failures.count >= MOST_FAILURES {
            return Err(WINDOW_MS - (now - failures.since));
        }
        failures.count += 1;
        Ok(())
    }

    /// The attempt succeeded.
    pub(crate) fn forgive(&self, name: &str) {
        self.lock().remove(name);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Failures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_failure_of_a_minute_has_to_wait() {
        let throttle = Throttle::new();
        for second in 0..5 {
            assert_eq!(throttle.attempt("anna", second * 1_000), Ok(()));
        }
        assert_eq!(throttle.attempt("anna", 10_000), Err(50_000));
        assert_eq!(throttle.attempt("boris", 10_000), Ok(()));
        assert_eq!(throttle.attempt("anna", 60_000), Ok(()));
    }

    #[test]
    fn a_success_forgives() {
        let throttle = Throttle::new();
        for _ in 0..100 {
            assert_eq!(throttle.attempt("anna", 0), Ok(()));
            throttle.forgive("anna");
        }
    }

    #[test]
    fn a_flood_of_names_does_not_grow_the_table() {
        let throttle = Throttle::new();
        for name in 0..20_000 {
            let _ = throttle.attempt(&name.to_string(), 0);
        }
        assert_eq!(throttle.lock().len(), MOST_NAMES);
        assert_eq!(throttle.attempt("anna", 60_000), Ok(()));
        assert_eq!(throttle.lock().len(), 1);
    }
}
