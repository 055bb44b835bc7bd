//! The fault switches: what goes wrong with which request, decided before it is handled.
//!
//! Random faults come from a seed, so a run that found something can be run again.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Answers 503 and does nothing.
    Down,
    /// Never answers and does nothing.
    HangBefore,
    /// Resets the connection and does nothing.
    ResetBefore,
    /// Answers 429 with `Retry-After`.
    RateLimited,
    /// Answers 401, whatever the key.
    Unauthorized,
    /// Answers 409: the template has changed.
    Conflict,
    /// Answers 422 with parameter errors.
    Reject,
    /// Does what was asked and answers 500.
    ErrorAfter,
    /// Does what was asked and never answers.
    HangAfter,
    /// Does what was asked and answers 200 with a page that is no JSON.
    GarbageAfter,
    /// Does what was asked and resets the connection.
    ResetAfter,
}

/// The switches. The default is a system in good health.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Faults of the coming requests, used up in order before anything else.
    #[serde(skip_serializing_if = "is_default")]
    pub next: VecDeque<Planned>,
    /// The fault of every further request.
    #[serde(skip_serializing_if = "is_default")]
    pub always: Option<Fault>,
    /// A fault drawn for every further request.
    #[serde(skip_serializing_if = "is_default")]
    pub random: Option<RandomMix>,
    /// Which requests are concerned.
    #[serde(skip_serializing_if = "is_default")]
    pub on: On,
    /// How long every answer takes.
    #[serde(skip_serializing_if = "is_default")]
    pub slow_ms: u64,
    /// How much later a fault that takes the order takes it.
    #[serde(skip_serializing_if = "is_default")]
    pub late_ms: u64,
    /// The `Retry-After` of [`Fault::RateLimited`].
    #[serde(skip_serializing_if = "is_default")]
    pub retry_after: Option<String>,
    /// Ignores `Idempotency-Key`: the same order twice is two orders.
    #[serde(skip_serializing_if = "is_default")]
    pub forgetful: bool,
}

/// A fault of the coming requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Which fault.
    pub fault: Fault,
    /// For how many requests.
    #[serde(default = "once")]
    pub times: u32,
}

/// A fault drawn per request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RandomMix {
    /// Where the draws begin; it moves on with every draw.
    pub seed: u64,
    /// How many requests of a thousand get which fault.
    pub per_mille: BTreeMap<Fault, u16>,
}

/// Which requests a fault may hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// Every request.
    #[default]
    All,
    /// Requests that change something.
    Writes,
    /// Requests that only ask.
    Reads,
}

/// What happens to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) fault: Option<Fault>,
    pub(crate) slow: Duration,
    pub(crate) late: Duration,
    pub(crate) retry_after: String,
}

fn once() -> u32 {
    1
}

/// What is off is left out, so that a person sees what is on.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Fault {
    /// One fault for the next request.
    #[must_use]
    pub fn once(self) -> Planned {
        self.times(1)
    }

    /// One fault for some coming requests.
    #[must_use]
    pub fn times(self, times: u32) -> Planned {
        Planned { fault: self, times }
    }
}

impl Faults {
    /// Faults of the coming requests, and good health after them.
    pub fn next(planned: impl IntoIterator<Item = Planned>) -> Self {
        Self {
            next: planned.into_iter().collect(),
            ..Self::default()
        }
    }

    /// One fault for every request from now on.
    #[must_use]
    pub fn always(fault: Fault) -> Self {
        Self {
            always: Some(fault),
            ..Self::default()
        }
    }

    /// The same faults for some requests only.
    #[must_use]
    pub fn on(mut self, on: On) -> Self {
        self.on = on;
        self
    }

    /// Decides what happens to the coming request.
    pub(crate) fn draw(&mut self, request: On) -> Fate {
        let concerned = self.on == On::All || self.on == request;
        Fate {
            fault: if concerned { self.fault() } else { None },
            slow: Duration::from_millis(self.slow_ms),
            late: Duration::from_millis(self.late_ms),
            retry_after: self.retry_after.clone().unwrap_or_else(|| "1".to_owned()),
        }
    }

    fn fault(&mut self) -> Option<Fault> {
        while let Some(mut planned) = self.next.pop_front() {
            if planned.times > 0 {
                planned.times -= 1;
                if planned.times > 0 {
                    self.next.push_front(planned);
                }
                return Some(planned.fault);
            }
        }
        self.always
            .or_else(|| self.random.as_mut().and_then(RandomMix::draw))
    }
}

impl RandomMix {
    fn draw(&mut self) -> Option<Fault> {
        let mut ticket = split_mix(&mut self.seed) % 1000;
        for (fault, share) in &self.per_mille {
            let share = u64::from(*share);
            if ticket < share {
                return Some(*fault);
            }
            ticket -= share;
        }
        None
    }
}

/// SplitMix64: enough for drawing faults, and the same draws for ever.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planned_faults_are_used_up_before_the_constant_one() {
        let mut faults = Faults::next([Fault::Down.times(2), Fault::HangAfter.once()]);
        faults.always = Some(Fault::ErrorAfter);
        let drawn: Vec<_> = (0..5).map(|_| faults.draw(On::Reads).fault).collect();
        let expected = [
            Fault::Down,
            Fault::Down,
            Fault::HangAfter,
            Fault::ErrorAfter,
            Fault::ErrorAfter,
        ];
        assert_eq!(drawn, expected.map(Some));
    }

    #[test]
    fn a_request_of_the_other_kind_uses_nothing_up() {
        let mut faults = Faults::next([Fault::Down.once()]).on(On::Writes);
        assert_eq!(faults.draw(On::Reads).fault, None);
        assert_eq!(faults.draw(On::Writes).fault, Some(Fault::Down));
    }

    #[test]
    fn the_same_seed_draws_the_same_faults_in_the_asked_shares() {
        let mix = RandomMix {
            seed: 7,
            per_mille: BTreeMap::from([(Fault::Down, 100), (Fault::HangAfter, 50)]),
        };
        let draws = |mut mix: RandomMix| (0..10_000).map(|_| mix.draw()).collect::<Vec<_>>();
        let drawn = draws(mix.clone());
        assert_eq!(drawn, draws(mix));
        let count = |fault| drawn.iter().filter(|drawn| **drawn == Some(fault)).count();
        assert!((900..1100).contains(&count(Fault::Down)));
        assert!((420..580).contains(&count(Fault::HangAfter)));
    }

    #[test]
    fn a_misspelled_switch_is_refused() {
        assert!(serde_json::from_str::<Faults>(r#"{"alwyas": "down"}"#).is_err());
        assert!(serde_json::from_str::<Faults>(r#"{"always": "down"}"#).is_ok());
        assert!(serde_json::from_str::<Faults>(r#"{"next": [{"fault": "reject"}]}"#).is_ok());
    }
}
