//! The circuit breaker of a target: pure, its state is a few columns of the target's row.
//!
//! Five faults of the target in a row open it. It then stays open for thirty seconds, twice as
//! long each time a probe fails, ten minutes at most, and lets one delivery through to probe.
//! Each success doubles what may be in flight: one, two, then all. Refusals of a single order are
//! not faults. While it is open nothing is claimed, so nothing loses an attempt or its place.

use crate::Millis;

const FAULTS_TO_OPEN: i64 = 5;
const SUCCESSES_TO_CLOSE: i64 = 2;
const FIRST_OPEN_MS: Millis = 30_000;
const LONGEST_OPEN_MS: Millis = 600_000;

/// The breaker of one target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// Where it stands.
    pub phase: Phase,
    /// How often it opened since it was last closed.
    pub opened: i64,
}

/// Where a breaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Everything may pass.
    Closed {
        /// Faults in a row.
        faults: i64,
    },
    /// Nothing may pass before this time; then one delivery may.
    Open {
        /// When to probe.
        until: Millis,
    },
    /// Probing: a few may pass.
    Recovering {
        /// Successes in a row.
        successes: i64,
    },
}

/// How much may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// So many may be in flight at once.
    InFlight(i64),
    /// None before this time.
    Closed(Millis),
}

impl Breaker {
    /// A breaker that never saw a fault.
    pub const NEW: Self = Self {
        phase: Phase::Closed { faults: 0 },
        opened: 0,
    };

    /// How much may pass now, of a target that otherwise takes `most` at once.
    #[must_use]
    pub fn admission(&self, now: Millis, most: i64) -> Admission {
        match self.phase {
            Phase::Closed { .. } => Admission::InFlight(most),
            Phase::Open { until } if now < until => Admission::Closed(until),
            Phase::Open { .. } => Admission::InFlight(1),
            Phase::Recovering { successes } => {
                Admission::InFlight(most.min(1 << successes.clamp(0, SUCCESSES_TO_CLOSE)))
            }
        }
    }

    /// A delivery passes now.
    #[must_use]
    pub fn on_claim(self, now: Millis) -> Self {
        match self.phase {
            Phase::Open { until } if until <= now => Self {
                phase: Phase::Recovering { successes: 0 },
                ..self
            },
            _ => self,
        }
    }

    /// The target did its work.
    #[must_use]
    pub fn on_success(self) -> Self {
        match self.phase {
            Phase::Closed { .. } => Self::NEW,
            Phase::Recovering { successes } if successes + 1 >= SUCCESSES_TO_CLOSE => Self::NEW,
            Phase::Recovering { successes } => Self {
                phase: Phase::Recovering {
                    successes: successes + 1,
                },
                ..self
            },
            // A straggler from before it opened: the probe will tell.
            Phase::Open { .. } => self,
        }
    }

    /// The target failed: no connection, a time-out, a server error.
    #[must_use]
    pub fn on_fault(self, now: Millis) -> Self {
        match self.phase {
            Phase::Closed { faults } if faults + 1 < FAULTS_TO_OPEN => Self {
                phase: Phase::Closed { faults: faults + 1 },
                ..self
            },
            Phase::Closed { .. } | Phase::Recovering { .. } => Self {
                phase: Phase::Open {
                    until: now + open_ms(self.opened),
                },
                opened: self.opened + 1,
            },
            // A straggler from before it opened: it is counted already.
            Phase::Open { .. } => self,
        }
    }

    /// Whether it limits what passes.
    #[must_use]
    pub fn is_tripped(&self) -> bool {
        !matches!(self.phase, Phase::Closed { .. })
    }
}

fn open_ms(opened: i64) -> Millis {
    // Five doublings reach the limit, more would only overflow.
    (FIRST_OPEN_MS << opened.clamp(0, 5)).min(LONGEST_OPEN_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(until: Millis, opened: i64) -> Breaker {
        Breaker {
            phase: Phase::Open { until },
            opened,
        }
    }

    fn tripped_at(now: Millis) -> Breaker {
        (0..5).fold(Breaker::NEW, |breaker, _| breaker.on_fault(now))
    }

    #[test]
    fn the_fifth_fault_in_a_row_opens_it() {
        let almost = (0..4).fold(Breaker::NEW, |breaker, _| breaker.on_fault(0));
        assert_eq!(almost.admission(0, 4), Admission::InFlight(4));
        assert_eq!(almost.on_fault(7), open(30_007, 1));
    }

    #[test]
    fn a_success_between_faults_starts_the_count_again() {
        let almost = (0..4).fold(Breaker::NEW, |breaker, _| breaker.on_fault(0));
        assert_eq!(almost.on_success(), Breaker::NEW);
    }

    #[test]
    fn while_open_nothing_passes_and_then_one() {
        let breaker = tripped_at(0);
        assert_eq!(breaker.admission(29_999, 4), Admission::Closed(30_000));
        assert_eq!(breaker.admission(30_000, 4), Admission::InFlight(1));
        assert_eq!(breaker.on_claim(29_999), breaker);
        let probing = breaker.on_claim(30_000);
        assert_eq!(probing.admission(30_000, 4), Admission::InFlight(1));
    }

    #[test]
    fn failed_probes_double_the_pause_up_to_ten_minutes() {
        let (mut breaker, mut now) = (tripped_at(0), 0);
        let mut pauses = Vec::new();
        for _ in 0..7 {
            let Phase::Open { until } = breaker.phase else {
                panic!("{breaker:?}");
            };
            pauses.push((until - now) / 1_000);
            now = until;
            breaker = breaker.on_claim(now).on_fault(now);
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 600, 600]);
    }

    #[test]
    fn recovery_lets_one_then_two_then_all_pass() {
        let probing = tripped_at(0).on_claim(30_000);
        let first = probing.on_success();
        assert_eq!(first.admission(30_000, 4), Admission::InFlight(2));
        assert_eq!(first.on_success(), Breaker::NEW);
    }

    #[test]
    fn a_target_that_takes_one_at_a_time_never_gets_two() {
        let first = tripped_at(0).on_claim(30_000).on_success();
        assert_eq!(first.admission(30_000, 1), Admission::InFlight(1));
    }

    #[test]
    fn stragglers_do_not_move_an_open_breaker() {
        let breaker = tripped_at(0);
        assert_eq!(breaker.on_fault(10), breaker);
        assert_eq!(breaker.on_success(), breaker);
    }

    #[test]
    fn a_fault_while_recovering_opens_it_again_for_longer() {
        let breaker = tripped_at(0).on_claim(30_000).on_success().on_fault(31_000);
        assert_eq!(breaker, open(91_000, 2));
    }
}
