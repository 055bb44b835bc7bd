//! One delivery from claim to settlement. The loop and the tests take the same steps.

use std::sync::Arc;

use tirage_storage::outbox::{Claim, ClaimRequest, Claimed, Outcome, Settled, Settlement};
use tirage_storage::{Millis, StorageError};

use super::Target;
use super::attempt::{Attempt, Ended};
use crate::app::App;

/// Sends the deliveries of one target.
#[derive(Debug)]
pub struct Worker {
    pub(super) app: Arc<App>,
    pub(super) target: Target,
    owner: String,
}

/// What one step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There was nothing to do; perhaps at this time there is.
    Idle {
        /// When to look again, as far as it is known.
        until: Option<Millis>,
    },
    /// A delivery was attempted.
    Attempted,
}

impl Worker {
    /// A worker under a name that staff sees.
    #[must_use]
    pub fn new(app: Arc<App>, target: Target, owner: String) -> Self {
        Self { app, target, owner }
    }

    /// Claims the delivery that is due longest and attempts it.
    ///
    /// # Errors
    /// When the database fails; a claimed delivery then counts as of unknown outcome.
    pub async fn step(&self) -> Result<Step, StorageError> {
        match self.claim().await? {
            Claim::Wait { until, .. } => Ok(Step::Idle { until }),
            Claim::Leased(claimed) => {
                self.work(*claimed).await?;
                Ok(Step::Attempted)
            }
        }
    }

    pub(super) async fn claim(&self) -> Result<Claim, StorageError> {
        let request = ClaimRequest {
            target: &self.target.id,
            owner: &self.owner,
            now: self.app.clock.now(),
            lease_ms: self.lease_ms(),
        };
        self.app.storage.outbox().claim(&request).await
    }

    pub(super) async fn work(&self, claimed: Claimed) -> Result<(), StorageError> {
        let started = self.app.clock.now();
        let mut attempt = Attempt::new(self, claimed);
        let settlement = match attempt.run().await? {
            Ended::Settle(mut settlement) => {
                settlement.report.ms = self.app.clock.now() - started;
                settlement
            }
            // Somebody else is at it; whatever we say now would be fenced.
            Ended::LeaseLost => return Ok(()),
        };
        let claimed = attempt.into_claimed();
        let now = self.app.clock.now();
        let outbox = self.app.storage.outbox();
        let settled = outbox.settle(&claimed, &settlement, now).await?;
        self.tell(&claimed, &settlement, settled);
        Ok(())
    }

    pub(super) fn lease_ms(&self) -> Millis {
        Millis::try_from(self.app.config.outbox.lease_ms).unwrap_or(Millis::MAX)
    }

    fn tell(&self, claimed: &Claimed, settlement: &Settlement, settled: Settled) {
        let outcome = word(&settlement.outcome);
        self.app.metrics.attempt(self.target.id.as_str(), outcome);
        let class = settlement.report.class.as_str();
        let (delivery, attempt) = (&claimed.id, claimed.attempt);
        match (&settlement.outcome, settled) {
            (_, Settled::Duplicated) => {
                tracing::error!(%delivery, attempt, "the target has the order twice");
            }
            (Outcome::Done { .. } | Outcome::Released, _) => {
                tracing::info!(%delivery, attempt, outcome, "delivery");
            }
            (Outcome::Dead | Outcome::Held | Outcome::Paused { .. }, _) => {
                tracing::error!(%delivery, attempt, outcome, class, "delivery needs somebody");
            }
            (Outcome::Retry { .. } | Outcome::Unknown { .. }, _) => {
                tracing::warn!(%delivery, attempt, outcome, class, "delivery");
            }
        }
    }
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Done { .. } => "done",
        Outcome::Retry { .. } => "retry",
        Outcome::Unknown { .. } => "unknown",
        Outcome::Held => "held",
        Outcome::Dead => "dead",
        Outcome::Paused { .. } => "paused",
        Outcome::Released => "released",
    }
}
