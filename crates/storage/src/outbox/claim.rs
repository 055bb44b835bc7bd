//! Claiming: one delivery at a time, with the pace, the breaker and the pause asked first.
//!
//! Everything happens in one transaction on the locked target, so a token is only spent when a
//! delivery comes with it, and nobody waits for a token while holding a lease. Every claim raises
//! the delivery's lease token; whoever settles with an older one is fenced.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool};

use super::{Admission, Outbox, target};
use crate::db::{Locking, RowExt, Tx, locking};
use crate::{DeliveryId, Millis, OrderId, StorageError, TargetId};

/// A delivery waits for the earlier ones of its order and target; called-off ones do not count.
macro_rules! claimable {
    () => {
        "d.target = $1 and d.state in ('pending', 'unknown', 'leased') and not exists (\
           select 1 from delivery p where p.order_id = d.order_id and p.target = d.target \
             and p.seq < d.seq and p.state not in ('done', 'cancelled'))"
    };
}

const NEXT_DUE: &str = concat!(
    "select d.next_at from delivery d where ",
    claimable!(),
    " order by d.next_at limit 1"
);

const IN_FLIGHT: &str = "select count(*) as leased from delivery \
     where target = $1 and state = 'leased' and next_at > $2";

/// A lease that ran out is like an unknown outcome: it needs a look-up.
const CLAIM: Locking = locking!(
    (
        "with due as materialized (select d.id from delivery d where ",
        claimable!(),
        " and d.next_at <= $2 order by d.next_at, d.id limit 1"
    ),
    "for update of d skip locked",
    (") update delivery set \
             needs_check = case when state = 'pending' then needs_check else 1 end, \
             state = 'leased', lease_owner = $3, lease_token = lease_token + 1, next_at = $4, \
             attempt = attempt + 1, first_at = coalesce(first_at, $2) \
           from due where delivery.id = due.id \
           returning delivery.id, order_id, target, kind, seq, payload, idem_key, needs_check, \
             attempt, lease_token, next_at, first_at, remote_id")
);

const STARTED: &str = "insert into delivery_attempt \
       (delivery_id, lease_token, attempt, owner, started) values ($1, $2, $3, $4, $5)";

const RENEW: &str = "update delivery set next_at = $3 \
     where id = $1 and lease_token = $2 and state = 'leased' and next_at > $4";

/// Who wants to forward to what, and for how long.
#[derive(Debug, Clone)]
pub struct ClaimRequest<'a> {
    /// The target.
    pub target: &'a TargetId,
    /// Name of the worker, shown to staff.
    pub owner: &'a str,
    /// Now.
    pub now: Millis,
    /// How long the lease lasts.
    pub lease_ms: Millis,
}

/// What a claim gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// A delivery, and one request of the target's pace with it.
    Leased(Box<Claimed>),
    /// Nothing now.
    Wait {
        /// Why.
        waiting: Waiting,
        /// When it may be different, if that is known.
        until: Option<Millis>,
    },
}

/// Why nothing could be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing is due.
    NothingDue,
    /// The target's pace is used up.
    Rate,
    /// The target's breaker is open.
    Breaker,
    /// As many are under way as may be.
    InFlight,
    /// The target is paused.
    Paused,
    /// There is no such target.
    NoTarget,
}

/// A delivery under lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
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
    /// JSON with what the order's own rows do not say.
    pub payload: String,
    /// The key under which the target recognises it, the same for every attempt.
    pub idem_key: String,
    /// An earlier attempt may have had its effect: look it up before sending.
    pub needs_check: bool,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// Proof of the lease.
    pub lease_token: i64,
    /// When the lease ends.
    pub lease_until: Millis,
    /// When the first attempt began.
    pub first_at: Millis,
    /// The target's id for it, when an attempt that had lost its lease reported success.
    pub known_remote: Option<String>,
}

/// Whether one more request may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateToken {
    /// It may.
    Granted,
    /// Not before this time.
    NotBefore(Millis),
}

impl Outbox<'_> {
    /// Leases the delivery to the target that is due longest. The rate token it takes pays for
    /// the first request of the attempt; take more with [`Outbox::take_rate_token`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, request: &ClaimRequest<'_>) -> Result<Claim, StorageError> {
        // Cheap and without the write lock: most looks find nothing.
        let due = self.next_due(request.target).await?;
        if due.is_none_or(|due| due > request.now) {
            return Ok(wait(Waiting::NothingDue, due));
        }
        let mut tx = self.0.db.begin().await?;
        let Some(mut target) = target::lock(&self.0.db, &mut tx, request.target).await? else {
            return Ok(wait(Waiting::NoTarget, None));
        };
        if target.paused.is_some() {
            return Ok(wait(Waiting::Paused, None));
        }
        let most = match target
            .breaker
            .admission(request.now, target.settings.max_inflight)
        {
            Admission::InFlight(most) => most,
            Admission::Closed(until) => return Ok(wait(Waiting::Breaker, Some(until))),
        };
        if in_flight(&mut tx, request).await? >= most {
            return Ok(wait(Waiting::InFlight, None));
        }
        target.arrival = match target.rate().take(target.arrival, request.now) {
            Ok(arrival) => arrival,
            Err(until) => return Ok(wait(Waiting::Rate, Some(until))),
        };
        let statement = self.0.db.spell(CLAIM);
        let Some(claimed) = lease(&mut tx, statement, request).await? else {
            return Ok(wait(Waiting::NothingDue, None));
        };
        target.breaker = target.breaker.on_claim(request.now);
        target::store(&mut tx, &target).await?;
        tx.commit().await?;
        Ok(Claim::Leased(Box::new(claimed)))
    }

    /// Extends a lease that has not run out. `false`: it has, stop before the next request.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew(
        &self,
        claimed: &mut Claimed,
        now: Millis,
        lease_ms: Millis,
    ) -> Result<bool, StorageError> {
        let until = now + lease_ms;
        let result = sqlx::query(RENEW)
            .bind(claimed.id.as_str())
            .bind(claimed.lease_token)
            .bind(until)
            .bind(now)
            .execute(&self.0.db.writer)
            .await?;
        let held = result.rows_affected() == 1;
        if held {
            claimed.lease_until = until;
        }
        Ok(held)
    }

    /// Takes one more request of the target's pace.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_rate_token(
        &self,
        id: &TargetId,
        now: Millis,
    ) -> Result<RateToken, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let Some(mut target) = target::lock(&self.0.db, &mut tx, id).await? else {
            // No row, no limit agreed.
            return Ok(RateToken::Granted);
        };
        match target.rate().take(target.arrival, now) {
            Ok(arrival) => {
                target.arrival = arrival;
                target::store(&mut tx, &target).await?;
                tx.commit().await?;
                Ok(RateToken::Granted)
            }
            Err(until) => Ok(RateToken::NotBefore(until)),
        }
    }
}

fn wait(waiting: Waiting, until: Option<Millis>) -> Claim {
    Claim::Wait { waiting, until }
}

pub(super) async fn next_due(
    pool: &AnyPool,
    target: &TargetId,
) -> Result<Option<Millis>, StorageError> {
    sqlx::query(NEXT_DUE)
        .bind(target.as_str())
        .fetch_optional(pool)
        .await?
        .map(|row| row.number("next_at"))
        .transpose()
}

async fn in_flight(
    connection: &mut AnyConnection,
    request: &ClaimRequest<'_>,
) -> Result<i64, StorageError> {
    sqlx::query(IN_FLIGHT)
        .bind(request.target.as_str())
        .bind(request.now)
        .fetch_one(connection)
        .await?
        .number("leased")
}

async fn lease(
    tx: &mut Tx,
    statement: &'static str,
    request: &ClaimRequest<'_>,
) -> Result<Option<Claimed>, StorageError> {
    let row = sqlx::query(statement)
        .bind(request.target.as_str())
        .bind(request.now)
        .bind(request.owner)
        .bind(request.now + request.lease_ms)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let claimed = claimed(&row)?;
    sqlx::query(STARTED)
        .bind(claimed.id.as_str())
        .bind(claimed.lease_token)
        .bind(claimed.attempt)
        .bind(request.owner)
        .bind(request.now)
        .execute(&mut **tx)
        .await?;
    Ok(Some(claimed))
}

fn claimed(row: &AnyRow) -> Result<Claimed, StorageError> {
    let lease_until = row.number("next_at")?;
    Ok(Claimed {
        id: DeliveryId::new(row.text("id")?),
        order_id: OrderId::new(row.text("order_id")?),
        target: TargetId::new(row.text("target")?),
        kind: row.text("kind")?,
        seq: row.number("seq")?,
        payload: row.text("payload")?,
        idem_key: row.text("idem_key")?,
        needs_check: row.number("needs_check")? != 0,
        attempt: row.number("attempt")?,
        lease_token: row.number("lease_token")?,
        lease_until,
        first_at: row.maybe_number("first_at")?.unwrap_or(lease_until),
        known_remote: row.maybe_text("remote_id")?,
    })
}
