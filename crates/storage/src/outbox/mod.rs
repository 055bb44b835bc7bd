//! The outbox: what is to be forwarded, to whom, how far it got.
//!
//! A delivery is written with its order, claimed under a lease, and settled. The rule everything
//! follows from: a lease that runs out says nothing about the outcome, so whoever claims the
//! delivery next must look it up before sending ([`Claimed::needs_check`]). `policy`, `breaker`
//! and `rate` decide and are pure; the other files only store what they decided.

mod breaker;
mod claim;
mod insert;
mod operator;
mod policy;
mod rate;
mod read;
mod settle;
mod target;

use crate::{DeliveryId, Millis, OrderId, Storage, StorageError, TargetId};

pub use breaker::{Admission, Breaker, Phase};
pub use claim::{Claim, ClaimRequest, Claimed, RateToken, Waiting};
pub(crate) use insert::insert_delivery;
pub use operator::{Changed, Resend};
pub use policy::{DeadReason, Disposition, Jitter, NextStep, Progress, Schedule, Wait, next_step};
pub(crate) use read::delivery_summary;
pub use read::{Attempt, Backlog, DeliverySummary};
pub use settle::{Outcome, Report, Settled, Settlement, TargetHealth};
pub use target::{Pause, Target, TargetSettings};

/// A delivery to write. The payload must not hold the order's number: that is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The connection to forward to. It need not exist yet.
    pub target: TargetId,
    /// What to do there (`create_order`).
    pub kind: String,
    /// JSON with what the order's own rows do not say.
    pub payload: String,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// Waits for its time.
    Pending,
    /// Somebody is at it.
    Leased,
    /// An attempt ended without an answer; waits to be looked up.
    Unknown,
    /// The target has it.
    Done,
    /// Ended without success; a person may revive it. Later deliveries of the order wait.
    Dead,
    /// A person called it off. Later deliveries of the order go on.
    Cancelled,
}

/// The deliveries of all orders.
#[derive(Debug, Clone, Copy)]
pub struct Outbox<'s>(pub(crate) &'s Storage);

impl DeliveryState {
    /// The word in the database, in JSON and in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Leased => "leased",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }

    fn from_column(word: &str) -> Result<Self, StorageError> {
        [
            Self::Pending,
            Self::Leased,
            Self::Unknown,
            Self::Done,
            Self::Dead,
            Self::Cancelled,
        ]
        .into_iter()
        .find(|state| state.as_str() == word)
        .ok_or_else(|| StorageError::Value {
            column: "delivery.state",
            found: word.to_owned(),
            expected: "a state of a delivery",
        })
    }
}

impl Outbox<'_> {
    /// Tells when this process has stored something new to forward. Other processes are not
    /// heard of, so a worker also looks by itself now and then.
    #[must_use]
    pub fn changes(&self) -> tokio::sync::watch::Receiver<u64> {
        self.0.woken.subscribe()
    }

    /// When the next delivery to this target can be claimed, as far as it is up to the delivery.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_due(&self, target: &TargetId) -> Result<Option<Millis>, StorageError> {
        claim::next_due(&self.0.db.reader, target).await
    }
}

/// The id of a delivery, from what it is.
fn delivery_id(order: &OrderId, target: &TargetId, seq: i64) -> DeliveryId {
    DeliveryId::new(format!("{order}.{target}.{seq}"))
}
