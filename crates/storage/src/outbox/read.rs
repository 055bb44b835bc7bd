//! What staff and metrics see of the outbox.

use sqlx::any::AnyRow;

use super::{DeliveryState, Outbox};
use crate::db::RowExt;
use crate::{DeliveryId, Millis, OrderId, StorageError, TargetId};

macro_rules! summary_columns {
    () => {
        "select id, order_id, target, kind, seq, state, needs_check, attempt, next_at, \
         remote_id, remote_number, error_class, error from delivery "
    };
}

const ONE: &str = concat!(summary_columns!(), "where id = $1");
const OF_ORDER: &str = concat!(
    summary_columns!(),
    "where order_id = $1 order by target, seq"
);
const DEAD: &str = concat!(
    summary_columns!(),
    "where state = 'dead' and ($1 = '' or target = $1) order by ended desc, id limit $2"
);
const ATTEMPTS: &str = "select lease_token, attempt, owner, started, ended, outcome, class, http, \
       ms, remote_id, excerpt from delivery_attempt where delivery_id = $1 order by lease_token";
const BACKLOG: &str = "select target, state, count(*) as deliveries, min(created) as oldest \
     from delivery where state in ('pending', 'unknown', 'leased') group by target, state \
     union all \
     select target, state, count(*) as deliveries, min(created) as oldest \
     from delivery where state = 'dead' group by target, state \
     order by target, state";

/// A delivery as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliverySummary {
    /// The delivery.
    pub id: DeliveryId,
    /// Its order.
    pub order_id: OrderId,
    /// Where it goes.
    pub target: TargetId,
    /// What to do there.
    pub kind: String,
    /// Its place among the order's deliveries to this target.
    pub seq: i64,
    /// Where it stands.
    pub state: DeliveryState,
    /// An attempt may have had its effect: for a dead one, a person must look it up.
    pub needs_check: bool,
    /// Attempts so far.
    pub attempt: i64,
    /// When it next needs somebody; meaningless once it ended.
    pub next_at: Millis,
    /// The target's id for it.
    pub remote_id: Option<String>,
    /// The target's number for people.
    pub remote_number: Option<String>,
    /// The kind of the last failure.
    pub error_class: Option<String>,
    /// The message of the last failure.
    pub error: Option<String>,
}

/// One attempt of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its lease.
    pub lease_token: i64,
    /// Which attempt it was; two may share a number when the first did not count.
    pub attempt: i64,
    /// The worker.
    pub owner: String,
    /// When it began.
    pub started: Millis,
    /// When it ended; `None` when it runs, or its worker died.
    pub ended: Option<Millis>,
    /// `done`, `retry`, `unknown`, `held`, `dead`, `paused` or `released`.
    pub outcome: Option<String>,
    /// The kind of failure.
    pub class: Option<String>,
    /// The HTTP status.
    pub http: Option<i64>,
    /// How long it took.
    pub ms: Option<Millis>,
    /// The target's id, when it succeeded.
    pub remote_id: Option<String>,
    /// The message or the beginning of the answer.
    pub excerpt: Option<String>,
}

/// How much waits for a target, in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// The target.
    pub target: TargetId,
    /// Pending, leased, unknown or dead.
    pub state: DeliveryState,
    /// How many.
    pub deliveries: i64,
    /// When the oldest of them was written.
    pub oldest: Millis,
}

impl Outbox<'_> {
    /// One delivery.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery(&self, id: &DeliveryId) -> Result<Option<DeliverySummary>, StorageError> {
        sqlx::query(ONE)
            .bind(id.as_str())
            .fetch_optional(&self.0.db.reader)
            .await?
            .map(|row| delivery_summary(&row))
            .transpose()
    }

    /// The deliveries of an order, by target and place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_order(&self, order: &OrderId) -> Result<Vec<DeliverySummary>, StorageError> {
        sqlx::query(OF_ORDER)
            .bind(order.as_str())
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(delivery_summary)
            .collect()
    }

    /// What waits for a person, of one target or of all, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dead(
        &self,
        target: Option<&TargetId>,
        limit: i64,
    ) -> Result<Vec<DeliverySummary>, StorageError> {
        sqlx::query(DEAD)
            .bind(target.map_or("", TargetId::as_str))
            .bind(limit)
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(delivery_summary)
            .collect()
    }

    /// The attempts of a delivery, the first first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attempts(&self, id: &DeliveryId) -> Result<Vec<Attempt>, StorageError> {
        sqlx::query(ATTEMPTS)
            .bind(id.as_str())
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(attempt)
            .collect()
    }

    /// How much waits, per target and state. A target without deliveries is not in it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn backlog(&self) -> Result<Vec<Backlog>, StorageError> {
        sqlx::query(BACKLOG)
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(|row| {
                Ok(Backlog {
                    target: TargetId::new(row.text("target")?),
                    state: DeliveryState::from_column(&row.text("state")?)?,
                    deliveries: row.number("deliveries")?,
                    oldest: row.number("oldest")?,
                })
            })
            .collect()
    }
}

/// Reads the columns of a [`DeliverySummary`].
pub(crate) fn delivery_summary(row: &AnyRow) -> Result<DeliverySummary, StorageError> {
    Ok(DeliverySummary {
        id: DeliveryId::new(row.text("id")?),
        order_id: OrderId::new(row.text("order_id")?),
        target: TargetId::new(row.text("target")?),
        kind: row.text("kind")?,
        seq: row.number("seq")?,
        state: DeliveryState::from_column(&row.text("state")?)?,
        needs_check: row.number("needs_check")? != 0,
        attempt: row.number("attempt")?,
        next_at: row.number("next_at")?,
        remote_id: row.maybe_text("remote_id")?,
        remote_number: row.maybe_text("remote_number")?,
        error_class: row.maybe_text("error_class")?,
        error: row.maybe_text("error")?,
    })
}

fn attempt(row: &AnyRow) -> Result<Attempt, StorageError> {
    Ok(Attempt {
        lease_token: row.number("lease_token")?,
        attempt: row.number("attempt")?,
        owner: row.text("owner")?,
        started: row.number("started")?,
        ended: row.maybe_number("ended")?,
        outcome: row.maybe_text("outcome")?,
        class: row.maybe_text("class")?,
        http: row.maybe_number("http")?,
        ms: row.maybe_number("ms")?,
        remote_id: row.maybe_text("remote_id")?,
        excerpt: row.maybe_text("excerpt")?,
    })
}
