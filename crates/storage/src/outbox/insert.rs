//! Writing deliveries: with their order, or later for an order that exists.

use sqlx::AnyConnection;

use super::{NewDelivery, Outbox, delivery_id};
use crate::db::RowExt;
use crate::ids::{idem_key, sha256_hex};
use crate::{DeliveryId, Millis, OrderId, StorageError};

const INSERT: &str = "insert into delivery (id, order_id, target, kind, seq, idem_key, payload, \
       payload_sha, state, needs_check, attempt, created, next_at, lease_token, target_fault) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', 0, 0, $9, $9, 0, 0)";

/// Writes one delivery, due at once, as number `seq` of this order and target.
pub(crate) async fn insert_delivery(
    connection: &mut AnyConnection,
    (order, seq): (&OrderId, i64),
    delivery: &NewDelivery,
    now: Millis,
) -> Result<DeliveryId, StorageError> {
    let id = delivery_id(order, &delivery.target, seq);
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(order.as_str())
        .bind(delivery.target.as_str())
        .bind(delivery.kind.as_str())
        .bind(seq)
        .bind(idem_key(order, &delivery.target, &delivery.kind, seq))
        .bind(delivery.payload.as_str())
        .bind(sha256_hex(delivery.payload.as_bytes()))
        .bind(now)
        .execute(connection)
        .await?;
    Ok(id)
}

impl Outbox<'_> {
    /// Adds a delivery to an order that exists: after the ones it has for this target.
    ///
    /// # Errors
    /// When there is no such order, or the database fails.
    pub async fn add(
        &self,
        order: &OrderId,
        delivery: &NewDelivery,
        now: Millis,
    ) -> Result<DeliveryId, StorageError> {
        let mut tx = self.0.db.begin().await?;
        // Two at once would take one number; the order's row makes them queue.
        sqlx::query("update orders set events = events where id = $1 returning id")
            .bind(order.as_str())
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(StorageError::Vanished { table: "orders" })?;
        let row = sqlx::query(
            "select coalesce(max(seq), 0) as last from delivery where order_id = $1 and target = $2",
        )
        .bind(order.as_str())
        .bind(delivery.target.as_str())
        .fetch_one(&mut *tx)
        .await?;
        let seq = row.number("last")? + 1;
        let id = insert_delivery(&mut tx, (order, seq), delivery, now).await?;
        tx.commit().await?;
        self.0.wake();
        Ok(id)
    }
}
