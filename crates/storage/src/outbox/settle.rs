//! Settling: what came of an attempt, written once by whoever still holds the lease.
//!
//! The delivery, the attempt's record, the target's breaker and the order's history change in one
//! transaction. A success that comes after its lease was taken over is not thrown away: the
//! effect exists, so its remote id is kept, and two different ids raise an alarm in the history.

use sqlx::AnyConnection;
use tirage_pricing::json::Json;

use super::{Claimed, DeadReason, DeliveryState, NextStep, Outbox, Pause, Target, target};
use crate::db::{RowExt, Tx};
use crate::orders::record;
use crate::{Millis, StorageError};

/// After this long of nothing but faults a target is paused, and staff is told.
const PAUSE_AFTER_MS: Millis = 5 * 24 * 3_600 * 1_000;
/// What is kept of an answer. Scrubbed of secrets by whoever reports it.
const LONGEST_EXCERPT: usize = 4_096;

const SETTLE: &str = "update delivery set state = $3, next_at = $4, needs_check = case when $5 = 1 \
       then 1 else needs_check end, attempt = attempt - $6, target_fault = $7, \
       remote_id = coalesce($8, remote_id), remote_number = coalesce($9, remote_number), \
       error_class = $10, error = $11, ended = $12, lease_owner = null \
     where id = $1 and lease_token = $2 and state = 'leased'";

const END_ATTEMPT: &str = "update delivery_attempt set ended = $3, outcome = $4, class = $5, \
       http = $6, ms = $7, remote_id = $8, excerpt = $9 \
     where delivery_id = $1 and lease_token = $2";

/// Nobody is at it, so the late success ends it; otherwise the one at it finds the id.
const LATE_SUCCESS: &str = "update delivery set remote_id = coalesce(remote_id, $2), \
       remote_number = coalesce(remote_number, $3), \
       ended = case when state in ('pending', 'unknown') then $4 else ended end, \
       state = case when state in ('pending', 'unknown') then 'done' else state end \
     where id = $1";

const REMOTE_IDS: &str = "select count(distinct remote_id) as ids from delivery_attempt \
     where delivery_id = $1 and remote_id is not null";

/// A target that recovered is not left waiting for retries scheduled while it was failing.
const PULL_FORWARD: &str = "update delivery set next_at = $2 \
     where target = $1 and state = 'pending' and target_fault = 1 and next_at > $2";

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// What becomes of the delivery.
    pub outcome: Outcome,
    /// What the attempt says about the target.
    pub health: TargetHealth,
    /// What staff sees of the attempt.
    pub report: Report,
}

/// What becomes of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The target has it, made now or found there.
    Done {
        /// The target's id for it.
        remote_id: Option<String>,
        /// The target's number for people.
        remote_number: Option<String>,
    },
    /// It certainly had no effect; send again. A check that was due stays due.
    Retry {
        /// When.
        next_at: Millis,
    },
    /// It may have had its effect; look it up.
    Unknown {
        /// When.
        next_at: Millis,
    },
    /// It may have had its effect and only a person can find out.
    Held,
    /// It is over.
    Dead,
    /// The target refuses us: it is paused, the delivery waits and loses no attempt.
    Paused {
        /// Why, for staff.
        reason: String,
    },
    /// Nothing was sent; the attempt does not count. Only for a worker that stops in time.
    Released,
}

/// What an attempt says about its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetHealth {
    /// It answered and works, even if it refused this order.
    Works,
    /// It failed: no connection, a time-out, a server error.
    Fault,
    /// Nothing is known: it was not asked, or it asked for patience.
    Unproven,
}

/// What is remembered of an attempt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The kind of failure, a word from a fixed list; empty for a success.
    pub class: String,
    /// The HTTP status, if there was one.
    pub http: Option<i64>,
    /// How long it took.
    pub ms: Millis,
    /// The message or the beginning of the answer, without secrets and personal data.
    pub excerpt: Option<String>,
}

/// Whether a settlement counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It did; the delivery is now in this state.
    Applied(DeliveryState),
    /// The lease was taken over before. Only a success was kept.
    Fenced,
    /// The target has the order twice: this success and another one carry different ids.
    Duplicated,
}

impl From<NextStep> for Outcome {
    fn from(step: NextStep) -> Self {
        match step {
            NextStep::RetryAt(next_at) => Self::Retry { next_at },
            NextStep::CheckAt(next_at) => Self::Unknown { next_at },
            NextStep::Hold => Self::Held,
            NextStep::Dead(DeadReason::Refused | DeadReason::Exhausted) => Self::Dead,
            NextStep::Pause => Self::Paused {
                reason: "credentials".to_owned(),
            },
        }
    }
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Retry { .. } => "retry",
            Self::Unknown { .. } => "unknown",
            Self::Held => "held",
            Self::Dead => "dead",
            Self::Paused { .. } => "paused",
            Self::Released => "released",
        }
    }

    fn state(&self) -> DeliveryState {
        match self {
            Self::Done { .. } => DeliveryState::Done,
            Self::Retry { .. } | Self::Paused { .. } | Self::Released => DeliveryState::Pending,
            Self::Unknown { .. } => DeliveryState::Unknown,
            Self::Held | Self::Dead => DeliveryState::Dead,
        }
    }

    fn remote(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::Done {
                remote_id,
                remote_number,
            } => (remote_id.clone(), remote_number.clone()),
            _ => (None, None),
        }
    }
}

/// What the target's row adds to an outcome.
struct Verdict {
    next_at: Millis,
    /// Attempts to give back: 1 when this one was not the delivery's own failure.
    given_back: i64,
    recovered: bool,
}

impl Outbox<'_> {
    /// Writes what came of an attempt.
    ///
    /// # Errors
    /// When the database fails; the lease then runs out and the outcome counts as unknown.
    pub async fn settle(
        &self,
        claimed: &Claimed,
        settlement: &Settlement,
        now: Millis,
    ) -> Result<Settled, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let row = target::lock(&self.0.db, &mut tx, &claimed.target).await?;
        let (target, verdict) = judge(row, settlement, now);
        let applied = write(&mut tx, claimed, (settlement, &verdict), now).await?;
        end_attempt(&mut tx, claimed, settlement, now).await?;
        if let Some(target) = target {
            target::store(&mut tx, &target).await?;
        }
        if verdict.recovered {
            sqlx::query(PULL_FORWARD)
                .bind(claimed.target.as_str())
                .bind(now)
                .execute(&mut *tx)
                .await?;
        }
        let settled = if applied {
            tell(&mut tx, claimed, settlement, now).await?;
            Settled::Applied(settlement.outcome.state())
        } else {
            late(&mut tx, claimed, settlement, now).await?
        };
        let settled = match duplicated(&mut tx, claimed, settlement, now).await? {
            true => Settled::Duplicated,
            false => settled,
        };
        tx.commit().await?;
        if applied {
            // The next delivery of the order may be free now, and so is a place in flight.
            self.0.wake();
        }
        Ok(settled)
    }
}

/// Applies the attempt to the target. `None` when nothing about it changed: the usual success
/// leaves its row alone.
fn judge(
    before: Option<Target>,
    settlement: &Settlement,
    now: Millis,
) -> (Option<Target>, Verdict) {
    let mut verdict = Verdict {
        next_at: match &settlement.outcome {
            Outcome::Retry { next_at } | Outcome::Unknown { next_at } => *next_at,
            _ => now,
        },
        given_back: i64::from(matches!(
            settlement.outcome,
            Outcome::Released | Outcome::Paused { .. }
        )),
        recovered: false,
    };
    let Some(before) = before else {
        return (None, verdict);
    };
    let mut after = before.clone();
    match settlement.health {
        TargetHealth::Works => {
            after.breaker = before.breaker.on_success();
            after.failing_since = None;
            verdict.recovered = before.breaker.is_tripped() && !after.breaker.is_tripped();
        }
        TargetHealth::Fault => {
            after.breaker = before.breaker.on_fault(now);
            let since = before.failing_since.unwrap_or(now);
            after.failing_since = Some(since);
            if now - since >= PAUSE_AFTER_MS {
                after.paused.get_or_insert_with(|| pause(now, "failing"));
            }
            defer(&before, &after, settlement, &mut verdict);
        }
        TargetHealth::Unproven => {}
    }
    if let Outcome::Paused { reason } = &settlement.outcome {
        after.paused.get_or_insert_with(|| pause(now, reason));
    }
    ((after != before).then_some(after), verdict)
}

/// While the breaker is open the target's outage decides when to try again, not the delivery's
/// own schedule, and a probe that failed costs the delivery nothing.
fn defer(before: &Target, after: &Target, settlement: &Settlement, verdict: &mut Verdict) {
    let super::Phase::Open { until } = after.breaker.phase else {
        return;
    };
    match settlement.outcome {
        Outcome::Retry { .. } => verdict.next_at = until,
        Outcome::Unknown { next_at } => verdict.next_at = next_at.max(until),
        _ => return,
    }
    verdict.given_back = i64::from(before.breaker.is_tripped());
}

fn pause(now: Millis, reason: &str) -> Pause {
    Pause {
        at: now,
        reason: reason.to_owned(),
    }
}

/// Answers whether the lease was still ours.
async fn write(
    tx: &mut Tx,
    claimed: &Claimed,
    (settlement, verdict): (&Settlement, &Verdict),
    now: Millis,
) -> Result<bool, StorageError> {
    let outcome = &settlement.outcome;
    let (remote_id, remote_number) = outcome.remote();
    let failed = !matches!(outcome, Outcome::Done { .. });
    let state = outcome.state();
    let ended = matches!(state, DeliveryState::Done | DeliveryState::Dead).then_some(now);
    let result = sqlx::query(SETTLE)
        .bind(claimed.id.as_str())
        .bind(claimed.lease_token)
        .bind(state.as_str())
        .bind(verdict.next_at)
        .bind(i64::from(matches!(
            outcome,
            Outcome::Unknown { .. } | Outcome::Held
        )))
        .bind(verdict.given_back)
        .bind(i64::from(settlement.health == TargetHealth::Fault))
        .bind(remote_id)
        .bind(remote_number)
        .bind(failed.then(|| settlement.report.class.clone()))
        .bind(excerpt(&settlement.report).filter(|_| failed))
        .bind(ended)
        .execute(&mut **tx)
        .await?;
    Ok(result.rows_affected() == 1)
}

async fn end_attempt(
    connection: &mut AnyConnection,
    claimed: &Claimed,
    settlement: &Settlement,
    now: Millis,
) -> Result<(), StorageError> {
    let report = &settlement.report;
    sqlx::query(END_ATTEMPT)
        .bind(claimed.id.as_str())
        .bind(claimed.lease_token)
        .bind(now)
        .bind(settlement.outcome.word())
        .bind(report.class.as_str())
        .bind(report.http)
        .bind(report.ms)
        .bind(settlement.outcome.remote().0)
        .bind(excerpt(report))
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes the ends that staff and the customer's page care about into the order's history.
async fn tell(
    tx: &mut Tx,
    claimed: &Claimed,
    settlement: &Settlement,
    now: Millis,
) -> Result<(), StorageError> {
    let data = Json::object([
        ("target", Json::text(claimed.target.as_str())),
        ("kind", Json::text(claimed.kind.as_str())),
        ("delivery", Json::text(claimed.id.as_str())),
    ]);
    match &settlement.outcome {
        Outcome::Done {
            remote_id,
            remote_number,
        } => {
            let data = data
                .with("remote_id", Json::optional(remote_id.as_ref()))
                .with("remote_number", Json::optional(remote_number.as_ref()));
            record(tx, &claimed.order_id, now, ("delivered", &data)).await
        }
        Outcome::Held | Outcome::Dead => {
            let data = data
                .with("outcome", Json::text(settlement.outcome.word()))
                .with("class", Json::text(settlement.report.class.as_str()));
            record(tx, &claimed.order_id, now, ("delivery_dead", &data)).await
        }
        _ => Ok(()),
    }
}

/// Keeps a success whose lease was taken over.
async fn late(
    tx: &mut Tx,
    claimed: &Claimed,
    settlement: &Settlement,
    now: Millis,
) -> Result<Settled, StorageError> {
    let Outcome::Done {
        remote_id,
        remote_number,
    } = &settlement.outcome
    else {
        return Ok(Settled::Fenced);
    };
    sqlx::query(LATE_SUCCESS)
        .bind(claimed.id.as_str())
        .bind(remote_id.clone())
        .bind(remote_number.clone())
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(Settled::Fenced)
}

/// Looks for a second remote id, and says so in the order's history.
async fn duplicated(
    tx: &mut Tx,
    claimed: &Claimed,
    settlement: &Settlement,
    now: Millis,
) -> Result<bool, StorageError> {
    let (Some(remote_id), _) = settlement.outcome.remote() else {
        return Ok(false);
    };
    let row = sqlx::query(REMOTE_IDS)
        .bind(claimed.id.as_str())
        .fetch_one(&mut **tx)
        .await?;
    if row.number("ids")? < 2 {
        return Ok(false);
    }
    let data = Json::object([
        ("target", Json::text(claimed.target.as_str())),
        ("delivery", Json::text(claimed.id.as_str())),
        ("remote_id", Json::text(remote_id)),
    ]);
    record(tx, &claimed.order_id, now, ("delivery_duplicated", &data)).await?;
    Ok(true)
}

fn excerpt(report: &Report) -> Option<String> {
    report.excerpt.as_ref().map(|text| {
        let end = text.floor_char_boundary(LONGEST_EXCERPT);
        text[..end].to_owned()
    })
}
