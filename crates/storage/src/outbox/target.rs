//! Targets: what an administrator allows and how each is doing.
//!
//! The row is a small state machine: pace, breaker, pause. Whoever changes it locks it, applies
//! pure functions and writes it back, so processes that share a target agree about it.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::rate::Rate;
use super::{Breaker, Outbox, Phase};
use crate::db::{Db, Locking, RowExt, locking};
use crate::{Millis, StorageError, TargetId};

macro_rules! target_columns {
    () => {
        "id, rate_ms, burst_ms, max_inflight, tat, paused_at, pause_reason, breaker, \
         breaker_count, breaker_opened, breaker_until, failing_since"
    };
}

const LOAD: Locking = locking!(
    ("select ", target_columns!(), " from target where id = $1"),
    "for update",
    ("")
);

const FIND: &str = concat!("select ", target_columns!(), " from target where id = $1");
const LIST: &str = concat!("select ", target_columns!(), " from target order by id");

const STORE: &str = "update target set tat = $2, paused_at = $3, pause_reason = $4, breaker = $5, \
       breaker_count = $6, breaker_opened = $7, breaker_until = $8, failing_since = $9 \
     where id = $1";

const ENSURE: &str = "insert into target (id, rate_ms, burst_ms, max_inflight, tat, breaker, \
       breaker_count, breaker_opened, breaker_until, created, updated) \
     values ($1, $2, $3, $4, 0, 'closed', 0, 0, 0, $5, $5) \
     on conflict (id) do update set rate_ms = excluded.rate_ms, burst_ms = excluded.burst_ms, \
       max_inflight = excluded.max_inflight, updated = excluded.updated";

/// What a target may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetSettings {
    /// The connection.
    pub id: TargetId,
    /// One request per so many milliseconds; 0 means no limit.
    pub rate_ms: Millis,
    /// How far ahead of that pace requests may run.
    pub burst_ms: Millis,
    /// How many deliveries may be under way at once.
    pub max_inflight: i64,
}

/// A target: its settings and how it is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What it may be asked.
    pub settings: TargetSettings,
    /// Why nothing is sent to it, when so.
    pub paused: Option<Pause>,
    /// Its circuit breaker.
    pub breaker: Breaker,
    /// Since when every attempt fails by the target's fault.
    pub failing_since: Option<Millis>,
    /// When the next request would arrive at the agreed pace.
    pub(super) arrival: Millis,
}

/// Why nothing is sent to a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Since when.
    pub at: Millis,
    /// `credentials`, `failing`, or what the administrator wrote.
    pub reason: String,
}

impl Target {
    pub(super) fn rate(&self) -> Rate {
        Rate {
            every_ms: self.settings.rate_ms,
            burst_ms: self.settings.burst_ms,
        }
    }
}

impl Outbox<'_> {
    /// Creates the target, or changes what it may be asked; how it is doing stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ensure_target(
        &self,
        settings: &TargetSettings,
        now: Millis,
    ) -> Result<(), StorageError> {
        sqlx::query(ENSURE)
            .bind(settings.id.as_str())
            .bind(settings.rate_ms)
            .bind(settings.burst_ms)
            .bind(settings.max_inflight)
            .bind(now)
            .execute(&self.0.db.writer)
            .await?;
        Ok(())
    }

    /// The target with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn target(&self, id: &TargetId) -> Result<Option<Target>, StorageError> {
        sqlx::query(FIND)
            .bind(id.as_str())
            .fetch_optional(&self.0.db.reader)
            .await?
            .map(|row| target(&row))
            .transpose()
    }

    /// Every target, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn targets(&self) -> Result<Vec<Target>, StorageError> {
        sqlx::query(LIST)
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(target)
            .collect()
    }

    /// Stops sending to the target; what is under way ends as it will. Answers whether there is
    /// such a target.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause(
        &self,
        id: &TargetId,
        reason: &str,
        now: Millis,
    ) -> Result<bool, StorageError> {
        self.change(id, |target| {
            target.paused = Some(Pause {
                at: now,
                reason: reason.to_owned(),
            });
        })
        .await
    }

    /// Sends to the target again, as if it had never failed. Answers whether there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resume(&self, id: &TargetId) -> Result<bool, StorageError> {
        let found = self
            .change(id, |target| {
                target.paused = None;
                target.breaker = Breaker::NEW;
                target.failing_since = None;
            })
            .await?;
        self.0.wake();
        Ok(found)
    }

    async fn change(
        &self,
        id: &TargetId,
        change: impl FnOnce(&mut Target) + Send,
    ) -> Result<bool, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let Some(mut target) = lock(&self.0.db, &mut tx, id).await? else {
            return Ok(false);
        };
        change(&mut target);
        store(&mut tx, &target).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Loads a target and keeps others from changing it until the transaction ends.
pub(super) async fn lock(
    db: &Db,
    connection: &mut AnyConnection,
    id: &TargetId,
) -> Result<Option<Target>, StorageError> {
    sqlx::query(db.spell(LOAD))
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?
        .map(|row| target(&row))
        .transpose()
}

/// Writes back how the target is doing.
pub(super) async fn store(
    connection: &mut AnyConnection,
    target: &Target,
) -> Result<(), StorageError> {
    let (phase, count, until) = match target.breaker.phase {
        Phase::Closed { faults } => ("closed", faults, 0),
        Phase::Open { until } => ("open", 0, until),
        Phase::Recovering { successes } => ("recovering", successes, 0),
    };
    let pause = target.paused.as_ref();
    sqlx::query(STORE)
        .bind(target.settings.id.as_str())
        .bind(target.arrival)
        .bind(pause.map(|pause| pause.at))
        .bind(pause.map(|pause| pause.reason.clone()))
        .bind(phase)
        .bind(count)
        .bind(target.breaker.opened)
        .bind(until)
        .bind(target.failing_since)
        .execute(connection)
        .await?;
    Ok(())
}

fn target(row: &AnyRow) -> Result<Target, StorageError> {
    let paused = row.maybe_number("paused_at")?.map(|at| {
        Ok::<_, StorageError>(Pause {
            at,
            reason: row.maybe_text("pause_reason")?.unwrap_or_default(),
        })
    });
    Ok(Target {
        settings: TargetSettings {
            id: TargetId::new(row.text("id")?),
            rate_ms: row.number("rate_ms")?,
            burst_ms: row.number("burst_ms")?,
            max_inflight: row.number("max_inflight")?,
        },
        paused: paused.transpose()?,
        breaker: breaker(row)?,
        failing_since: row.maybe_number("failing_since")?,
        arrival: row.number("tat")?,
    })
}

fn breaker(row: &AnyRow) -> Result<Breaker, StorageError> {
    let count = row.number("breaker_count")?;
    let word = row.text("breaker")?;
    let phase = match word.as_str() {
        "closed" => Phase::Closed { faults: count },
        "open" => Phase::Open {
            until: row.number("breaker_until")?,
        },
        "recovering" => Phase::Recovering { successes: count },
        _ => {
            return Err(StorageError::Value {
                column: "target.breaker",
                found: word,
                expected: "`closed`, `open` or `recovering`",
            });
        }
    };
    Ok(Breaker {
        phase,
        opened: row.number("breaker_opened")?,
    })
}
