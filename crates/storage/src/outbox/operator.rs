//! What staff may do with a delivery by hand. Everything is written into the order's history.
//!
//! A delivery under lease cannot be touched: its outcome is being found out.

use tirage_pricing::json::Json;

use super::{DeliveryState, Outbox};
use crate::db::{Locking, RowExt, Tx, locking};
use crate::orders::record;
use crate::{DeliveryId, Millis, OrderId, StorageError};

const LOAD: Locking = locking!(
    ("select order_id, target, state from delivery where id = $1"),
    "for update",
    ("")
);

/// The schedule starts again; the idempotency key stays, so the target may still recognise it.
const RETRY: &str = "update delivery set next_at = $2, target_fault = 0, ended = null, \
       attempt = case when state = 'dead' then 0 else attempt end, \
       first_at = case when state = 'dead' then null else first_at end, \
       needs_check = case when $3 = 1 then 0 else needs_check end, \
       state = case when state = 'dead' or $3 = 1 then 'pending' else state end \
     where id = $1";

const ADOPT: &str = "update delivery set state = 'done', ended = $2, needs_check = 0, \
       remote_id = $3, remote_number = $4, error_class = null, error = null where id = $1";

const CANCEL: &str = "update delivery set state = 'cancelled', ended = $2 where id = $1";

/// What the person who sends again knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resend {
    /// Nothing new: look it up first if that is due.
    AfterCheck,
    /// They looked and it is not there: send without a look-up.
    NotThere,
}

/// Whether a change by hand was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It was.
    Yes,
    /// The delivery is in a state that does not allow it.
    NotAllowed(DeliveryState),
    /// There is no such delivery.
    NotFound,
}

impl Outbox<'_> {
    /// Sends a waiting or dead delivery now, with its old idempotency key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retry_now(
        &self,
        id: &DeliveryId,
        resend: Resend,
        actor: &str,
        now: Millis,
    ) -> Result<Changed, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let loaded = match self.waiting(&mut tx, id).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(refusal),
        };
        sqlx::query(RETRY)
            .bind(id.as_str())
            .bind(now)
            .bind(i64::from(resend == Resend::NotThere))
            .execute(&mut *tx)
            .await?;
        let data = told(id, &loaded, actor).with("checked", Json::Bool(resend == Resend::NotThere));
        record(&mut tx, &loaded.order_id, now, ("delivery_retried", &data)).await?;
        tx.commit().await?;
        self.0.wake();
        Ok(Changed::Yes)
    }

    /// Ends a waiting or dead delivery as done: a person found it at the target.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn adopt(
        &self,
        id: &DeliveryId,
        (remote_id, remote_number): (&str, Option<&str>),
        actor: &str,
        now: Millis,
    ) -> Result<Changed, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let loaded = match self.waiting(&mut tx, id).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(refusal),
        };
        sqlx::query(ADOPT)
            .bind(id.as_str())
            .bind(now)
            .bind(remote_id)
            .bind(remote_number.map(str::to_owned))
            .execute(&mut *tx)
            .await?;
        let data = told(id, &loaded, actor).with("remote_id", Json::text(remote_id));
        record(&mut tx, &loaded.order_id, now, ("delivery_adopted", &data)).await?;
        tx.commit().await?;
        self.0.wake();
        Ok(Changed::Yes)
    }

    /// Calls a waiting or dead delivery off; later ones of the order go on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cancel(
        &self,
        id: &DeliveryId,
        actor: &str,
        now: Millis,
    ) -> Result<Changed, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let loaded = match self.waiting(&mut tx, id).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(refusal),
        };
        sqlx::query(CANCEL)
            .bind(id.as_str())
            .bind(now)
            .execute(&mut *tx)
            .await?;
        let data = told(id, &loaded, actor);
        record(
            &mut tx,
            &loaded.order_id,
            now,
            ("delivery_cancelled", &data),
        )
        .await?;
        tx.commit().await?;
        self.0.wake();
        Ok(Changed::Yes)
    }

    /// Locks a delivery that nobody is at and that has not ended well, or says why not.
    async fn waiting(
        &self,
        tx: &mut Tx,
        id: &DeliveryId,
    ) -> Result<Result<Loaded, Changed>, StorageError> {
        let row = sqlx::query(self.0.db.spell(LOAD))
            .bind(id.as_str())
            .fetch_optional(&mut **tx)
            .await?;
        let Some(row) = row else {
            return Ok(Err(Changed::NotFound));
        };
        let state = DeliveryState::from_column(&row.text("state")?)?;
        match state {
            DeliveryState::Pending | DeliveryState::Unknown | DeliveryState::Dead => {
                Ok(Ok(Loaded {
                    order_id: OrderId::new(row.text("order_id")?),
                    target: row.text("target")?,
                    state,
                }))
            }
            DeliveryState::Leased | DeliveryState::Done | DeliveryState::Cancelled => {
                Ok(Err(Changed::NotAllowed(state)))
            }
        }
    }
}

struct Loaded {
    order_id: OrderId,
    target: String,
    state: DeliveryState,
}

fn told(id: &DeliveryId, loaded: &Loaded, actor: &str) -> Json {
    Json::object([
        ("delivery", Json::text(id.as_str())),
        ("target", Json::text(loaded.target.as_str())),
        ("from", Json::text(loaded.state.as_str())),
        ("by", Json::text(actor)),
    ])
}
