//! When a failed delivery is tried again: pure, no clock, no randomness, no database.
//!
//! The schedule outlasts a weekend: nineteen retries, and no delivery is given up before 66 hours
//! whatever the jitter. What could have had its effect is looked up before it is sent again, and
//! when that is not possible a person decides.

use rand::{Rng, RngExt};

use crate::Millis;

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;

/// A target that asks for patience gets at least this much.
const PATIENCE: Millis = MINUTE;
/// A target that asks for more than this gets this; the breaker does the rest.
const LONGEST_RETRY_AFTER: Millis = HOUR;
/// No delivery is given up before this age: Friday evening to Monday morning is 63 hours.
const SHORTEST_PURSUIT: Millis = 66 * HOUR;

/// The delays before each retry: 73.7 hours in all.
const RETRIES: [Millis; 19] = {
    let mut delays = [6 * HOUR; 19];
    delays[0] = 5 * SECOND;
    delays[1] = 30 * SECOND;
    delays[2] = 2 * MINUTE;
    delays[3] = 10 * MINUTE;
    delays[4] = 30 * MINUTE;
    delays[5] = HOUR;
    delays[6] = 2 * HOUR;
    delays[7] = 4 * HOUR;
    delays
};

/// What a failure calls for. The connectors know why a call failed, the api maps that to this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// It certainly had no effect: send again.
    Retry(Wait),
    /// It may have had its effect: look it up before sending again.
    CheckThenRetry,
    /// It may have had its effect and the target cannot be asked: a person decides.
    NeedsOperator,
    /// The target refuses this order, and always will.
    GiveUp,
    /// The target refuses us (credentials, licence): stop sending to it.
    Pause,
}

/// How long to wait before sending again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// As the schedule says.
    Scheduled,
    /// As the schedule says, but a minute at least: the target is overloaded.
    Patiently,
    /// As the target said (`Retry-After`), in milliseconds.
    AsTold(Millis),
}

/// What a target's ways demand of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// How long an attempt of unknown outcome may still take effect. A look-up before that may
    /// miss it and create a duplicate.
    pub settle_ms: Millis,
}

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Attempts so far, with the one that just failed.
    pub attempt: i64,
    /// When the first of them began.
    pub first_at: Millis,
}

/// A deviation from the nominal delay, in thousandths: from -200 to 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jitter(i64);

/// What to do with a delivery after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Send again at this time.
    RetryAt(Millis),
    /// Look it up at this time, and send again only if it is not there.
    CheckAt(Millis),
    /// Put it before a person, who looks it up by hand.
    Hold,
    /// It is over.
    Dead(DeadReason),
    /// Keep it and pause the target.
    Pause,
}

/// Why a delivery is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadReason {
    /// The target refused the order.
    Refused,
    /// Every retry is used up.
    Exhausted,
}

impl Jitter {
    /// No deviation.
    pub const NONE: Self = Self(0);

    /// Any deviation of up to a fifth.
    pub fn random(rng: &mut impl Rng) -> Self {
        Self(rng.random_range(-200..=200))
    }

    /// This many thousandths, at most a fifth either way.
    #[must_use]
    pub fn permille(deviation: i64) -> Self {
        Self(deviation.clamp(-200, 200))
    }

    fn around(self, delay: Millis) -> Millis {
        delay + delay / 1_000 * self.0
    }

    /// Never earlier than asked for.
    fn after(self, delay: Millis) -> Millis {
        delay + delay / 1_000 * self.0.abs()
    }
}

/// Decides what follows a failed attempt.
#[must_use]
pub fn next_step(
    progress: Progress,
    disposition: Disposition,
    schedule: &Schedule,
    now: Millis,
    jitter: Jitter,
) -> NextStep {
    match disposition {
        Disposition::Pause => NextStep::Pause,
        Disposition::GiveUp => NextStep::Dead(DeadReason::Refused),
        Disposition::NeedsOperator => NextStep::Hold,
        Disposition::Retry(_) if exhausted(progress, now) => NextStep::Dead(DeadReason::Exhausted),
        Disposition::Retry(wait) => NextStep::RetryAt(now + delay(progress, wait, jitter)),
        // Exhausted without ever learning whether it is there: not for us to call it failed.
        Disposition::CheckThenRetry if exhausted(progress, now) => NextStep::Hold,
        Disposition::CheckThenRetry => {
            let delay = delay(progress, Wait::Scheduled, jitter);
            NextStep::CheckAt(now + delay.max(schedule.settle_ms))
        }
    }
}

fn exhausted(progress: Progress, now: Millis) -> bool {
    let retries = usize::try_from(progress.attempt - 1).unwrap_or(0);
    retries >= RETRIES.len() && now - progress.first_at >= SHORTEST_PURSUIT
}

fn delay(progress: Progress, wait: Wait, jitter: Jitter) -> Millis {
    let index = usize::try_from(progress.attempt - 1).unwrap_or(0);
    let scheduled = RETRIES[index.min(RETRIES.len() - 1)];
    match wait {
        Wait::Scheduled => jitter.around(scheduled),
        Wait::Patiently => jitter.around(scheduled).max(jitter.after(PATIENCE)),
        Wait::AsTold(told) => jitter
            .after(told.clamp(SECOND, LONGEST_RETRY_AFTER))
            .min(LONGEST_RETRY_AFTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: Schedule = Schedule {
        settle_ms: 65 * SECOND,
    };

    fn step(attempt: i64, disposition: Disposition) -> NextStep {
        let progress = Progress {
            attempt,
            first_at: 0,
        };
        next_step(progress, disposition, &SCHEDULE, 0, Jitter::NONE)
    }

    #[test]
    fn a_failure_that_had_no_effect_follows_the_schedule() {
        let table = [
            (1, 5 * SECOND),
            (2, 30 * SECOND),
            (3, 2 * MINUTE),
            (4, 10 * MINUTE),
            (5, 30 * MINUTE),
            (6, HOUR),
            (7, 2 * HOUR),
            (8, 4 * HOUR),
            (9, 6 * HOUR),
            (19, 6 * HOUR),
        ];
        for (attempt, delay) in table {
            let next = step(attempt, Disposition::Retry(Wait::Scheduled));
            assert_eq!(next, NextStep::RetryAt(delay), "attempt {attempt}");
        }
    }

    #[test]
    fn an_overloaded_target_gets_a_minute_at_least() {
        let patient = |attempt| step(attempt, Disposition::Retry(Wait::Patiently));
        assert_eq!(patient(1), NextStep::RetryAt(MINUTE));
        assert_eq!(patient(4), NextStep::RetryAt(10 * MINUTE));
    }

    #[test]
    fn retry_after_wins_between_a_second_and_an_hour() {
        let table = [
            (7 * SECOND, 7 * SECOND),
            (0, SECOND),
            (-5, SECOND),
            (Millis::MIN, SECOND),
            (Millis::MAX, HOUR),
            (20 * MINUTE, 20 * MINUTE),
        ];
        for (told, expected) in table {
            let next = step(3, Disposition::Retry(Wait::AsTold(told)));
            assert_eq!(next, NextStep::RetryAt(expected), "told {told}");
        }
    }

    #[test]
    fn retry_after_is_never_undercut_by_jitter() {
        for permille in [-200, -1, 0, 1, 200] {
            let progress = Progress {
                attempt: 1,
                first_at: 0,
            };
            let told = Disposition::Retry(Wait::AsTold(10 * SECOND));
            let next = next_step(progress, told, &SCHEDULE, 0, Jitter::permille(permille));
            let NextStep::RetryAt(at) = next else {
                panic!("{next:?}");
            };
            assert!((10 * SECOND..=12 * SECOND).contains(&at), "{at}");
        }
    }

    #[test]
    fn an_unknown_outcome_is_looked_up_after_the_target_settled() {
        let check = |attempt| step(attempt, Disposition::CheckThenRetry);
        assert_eq!(check(1), NextStep::CheckAt(65 * SECOND));
        assert_eq!(check(4), NextStep::CheckAt(10 * MINUTE));
    }

    #[test]
    fn refusals_and_lost_credentials_do_not_wait() {
        let table = [
            (Disposition::GiveUp, NextStep::Dead(DeadReason::Refused)),
            (Disposition::NeedsOperator, NextStep::Hold),
            (Disposition::Pause, NextStep::Pause),
        ];
        for (disposition, expected) in table {
            assert_eq!(step(1, disposition), expected);
        }
    }

    /// Fails every attempt with the given jitter and answers when and after how many it ended.
    fn pursue(disposition: Disposition, permille: i64) -> (Millis, i64, NextStep) {
        let (mut now, mut attempt) = (0, 1);
        loop {
            let progress = Progress {
                attempt,
                first_at: 0,
            };
            let jitter = Jitter::permille(permille);
            match next_step(progress, disposition, &SCHEDULE, now, jitter) {
                NextStep::RetryAt(at) | NextStep::CheckAt(at) => now = at,
                end => return (now, attempt, end),
            }
            attempt += 1;
        }
    }

    #[test]
    fn a_weekend_is_outlasted_whatever_the_jitter() {
        for permille in -200..=200 {
            let (age, attempts, end) = pursue(Disposition::Retry(Wait::Scheduled), permille);
            assert!(age >= 66 * HOUR, "{permille}: {age}");
            assert!(age <= 90 * HOUR, "{permille}: {age}");
            assert!((20..=22).contains(&attempts), "{permille}: {attempts}");
            assert_eq!(end, NextStep::Dead(DeadReason::Exhausted));
        }
    }

    #[test]
    fn without_jitter_there_are_nineteen_retries() {
        let (age, attempts, _) = pursue(Disposition::Retry(Wait::Scheduled), 0);
        assert_eq!(attempts, 20);
        assert_eq!(age / HOUR, 73);
    }

    #[test]
    fn an_impatient_retry_after_does_not_burn_the_retries_in_minutes() {
        let (age, _, _) = pursue(Disposition::Retry(Wait::AsTold(5 * SECOND)), 0);
        assert!(age >= 66 * HOUR, "{age}");
    }

    #[test]
    fn what_was_never_found_out_ends_before_a_person() {
        let (_, _, end) = pursue(Disposition::CheckThenRetry, 0);
        assert_eq!(end, NextStep::Hold);
    }
}
