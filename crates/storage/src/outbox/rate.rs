//! How fast a target may be asked: the generic cell rate algorithm, pure, one number of state.
//!
//! That number is the time at which the next request would arrive if requests came exactly at the
//! agreed pace. It lives in the target's row, so every process draws from one bucket.

use crate::Millis;

/// The pace of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    /// One request per so many milliseconds; 0 means no limit.
    pub(crate) every_ms: Millis,
    /// How far ahead of that pace it may run.
    pub(crate) burst_ms: Millis,
}

impl Rate {
    /// Takes one request: the new state, or when to come back.
    pub(crate) fn take(self, arrival: Millis, now: Millis) -> Result<Millis, Millis> {
        let furthest = now + self.burst_ms + self.every_ms;
        // A clock set back leaves an arrival no honest clock could: it must not block for hours.
        let arrival = arrival.clamp(now, furthest);
        if arrival - now <= self.burst_ms {
            Ok(arrival + self.every_ms)
        } else {
            Err(arrival - self.burst_ms)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_A_SECOND: Rate = Rate {
        every_ms: 500,
        burst_ms: 1_000,
    };

    /// Takes as many as it gets at one instant.
    fn drain(mut arrival: Millis, now: Millis) -> (i64, Millis, Millis) {
        let mut taken = 0;
        loop {
            match TWO_A_SECOND.take(arrival, now) {
                Ok(next) => (taken, arrival) = (taken + 1, next),
                Err(back) => return (taken, arrival, back),
            }
        }
    }

    #[test]
    fn a_burst_passes_and_then_the_pace_holds() {
        let (taken, arrival, back) = drain(0, 10_000);
        assert_eq!((taken, back), (3, 10_500));
        let (taken, _, back) = drain(arrival, back);
        assert_eq!((taken, back), (1, 11_000));
    }

    #[test]
    fn over_a_minute_no_more_passes_than_agreed() {
        let (mut arrival, mut total) = (0, 0);
        for now in (0..60_000).step_by(50) {
            let (taken, next, _) = drain(arrival, now);
            (arrival, total) = (next, total + taken);
        }
        assert_eq!(total, 3 + 119);
    }

    #[test]
    fn a_clock_set_back_by_hours_blocks_for_one_interval_only() {
        let (_, arrival, _) = drain(0, 100_000_000);
        assert_eq!(TWO_A_SECOND.take(arrival, 0), Err(500));
    }

    #[test]
    fn a_rate_of_zero_is_no_limit() {
        let rate = Rate {
            every_ms: 0,
            burst_ms: 0,
        };
        assert_eq!(rate.take(0, 5), Ok(5));
        assert_eq!(rate.take(5, 5), Ok(5));
    }
}
