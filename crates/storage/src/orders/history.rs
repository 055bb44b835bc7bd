//! What happened to an order: status changes and notes, numbered without gaps.
//!
//! The number comes from a counter in the order's row. Raising it also locks the order, so two
//! events at once queue up instead of colliding.

use sqlx::AnyConnection;
use tirage_pricing::json::Json;

use super::{OrderEvent, Orders};
use crate::db::RowExt;
use crate::{Millis, OrderId, StorageError};

/// The first event is the order's own row: writing it a second time would cost every submit.
const EVENTS: &str = "select 1 as seq, placed_at as at, 'placed' as kind, '{}' as data \
     from orders where id = $1 \
     union all \
     select seq, at, kind, data from order_event where order_id = $1 order by seq";

/// Adds an event to an order inside the caller's transaction.
pub(crate) async fn record(
    connection: &mut AnyConnection,
    order: &OrderId,
    at: Millis,
    (kind, data): (&str, &Json),
) -> Result<(), StorageError> {
    let row = sqlx::query("update orders set events = events + 1 where id = $1 returning events")
        .bind(order.as_str())
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(StorageError::Vanished { table: "orders" })?;
    sqlx::query(
        "insert into order_event (order_id, seq, at, kind, data) values ($1, $2, $3, $4, $5)",
    )
    .bind(order.as_str())
    .bind(row.number("events")?)
    .bind(at)
    .bind(kind)
    .bind(data.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

impl Orders<'_> {
    /// Changes the status and remembers who did it. Answers the status before, or `None` when
    /// there is no such order. The same status again changes and records nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_status(
        &self,
        order: &OrderId,
        status: &str,
        actor: &str,
        now: Millis,
    ) -> Result<Option<String>, StorageError> {
        let mut tx = self.0.db.begin().await?;
        // Raising nothing still locks the row on PostgreSQL.
        let row = sqlx::query("update orders set events = events where id = $1 returning status")
            .bind(order.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let before = row.text("status")?;
        if before != status {
            sqlx::query("update orders set status = $2, status_at = $3 where id = $1")
                .bind(order.as_str())
                .bind(status)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            let data = Json::object([
                ("from", Json::text(before.as_str())),
                ("to", Json::text(status)),
                ("by", Json::text(actor)),
            ]);
            record(&mut tx, order, now, ("status", &data)).await?;
            tx.commit().await?;
        }
        Ok(Some(before))
    }

    /// Adds an event of the caller's own kind. `data` is a JSON object.
    ///
    /// # Errors
    /// When there is no such order, or the database fails.
    pub async fn note(
        &self,
        order: &OrderId,
        kind: &str,
        data: &Json,
        now: Millis,
    ) -> Result<(), StorageError> {
        let mut tx = self.0.db.begin().await?;
        record(&mut tx, order, now, (kind, data)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The history of an order, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn events(&self, order: &OrderId) -> Result<Vec<OrderEvent>, StorageError> {
        sqlx::query(EVENTS)
            .bind(order.as_str())
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(|row| {
                Ok(OrderEvent {
                    seq: row.number("seq")?,
                    at: row.number("at")?,
                    kind: row.text("kind")?,
                    data: row.text("data")?,
                })
            })
            .collect()
    }
}
