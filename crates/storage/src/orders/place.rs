//! Placing an order: order, lines, deliveries and history in one transaction, once per key.
//!
//! Two submits with one key race in the database, not here: the loser's insert finds the row and
//! answers with it. On SQLite submits go through the [`super::Batcher`], which shares one commit
//! among those that wait; on PostgreSQL each has its own transaction and the server shares them.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection};

use super::{NewOrder, OrderHead, Orders, Placed};
use crate::db::RowExt;
use crate::outbox::insert_delivery;
use crate::{Millis, OrderId, OrderToken, ShopId, StorageError};

const EXISTING: &str = "select id, shop, number, token, total, currency, status, placed_at, \
     cart_hash from orders where shop = $1 and idem = $2";

const INSERT_ORDER: &str = "insert into orders (id, shop, number, token, idem, cart_hash, customer, \
       comment, locale, currency, total, status, placed_at, status_at, events, shipping, issue_date, \
       consent_at) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, 1, $14, $15, $16) \
     on conflict (shop, idem) do nothing returning id";

const INSERT_LINE: &str = "insert into order_line \
       (order_id, position, product, template, answers, run, quote, total, \"group\") \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

impl Orders<'_> {
    /// Stores the order and its deliveries, unless this key came before. After `Placed::New` the
    /// order survives a crash and a power cut. May be repeated after any error.
    ///
    /// # Errors
    /// When the shop or a template does not exist, or the database fails.
    pub async fn place(&self, order: NewOrder, now: Millis) -> Result<Placed, StorageError> {
        let placed = match &self.0.batcher {
            Some(batcher) => batcher.place(order, now).await?,
            None => self.place_alone(order, now).await?,
        };
        if matches!(placed, Placed::New(_)) {
            self.0.wake();
        }
        Ok(placed)
    }

    /// What a key already stands for, without placing anything: a repeated submit is answered with
    /// its order even when the same cart would be refused by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn earlier(
        &self,
        shop: &ShopId,
        idem: &str,
        cart_hash: &str,
    ) -> Result<Option<Placed>, StorageError> {
        let mut connection = self.0.db.reader.acquire().await?;
        known(&mut connection, shop, (idem, cart_hash)).await
    }

    /// One order, one transaction. The number is taken before it begins: a counter updated inside
    /// would hold every other submit of the shop until this one is on disk.
    async fn place_alone(&self, order: NewOrder, now: Millis) -> Result<Placed, StorageError> {
        let mut connection = self.0.db.writer.acquire().await?;
        if let Some(placed) = existing(&mut connection, &order).await? {
            return Ok(placed);
        }
        let number = self.0.blocks.next(&mut connection, &order.shop).await?;
        // Only PostgreSQL comes here, where a plain `begin` is right.
        let mut tx = connection.begin().await?;
        if let Some(head) = insert(&mut tx, &order, number, now).await? {
            tx.commit().await?;
            return Ok(Placed::New(head));
        }
        // Somebody else inserted this key after we looked, and has committed.
        existing(&mut tx, &order)
            .await?
            .ok_or(StorageError::Vanished { table: "orders" })
    }
}

/// What the key already stands for.
pub(super) async fn existing(
    connection: &mut AnyConnection,
    order: &NewOrder,
) -> Result<Option<Placed>, StorageError> {
    let key = (order.idem.as_str(), order.cart_hash.as_str());
    known(connection, &order.shop, key).await
}

async fn known(
    connection: &mut AnyConnection,
    shop: &ShopId,
    (idem, cart_hash): (&str, &str),
) -> Result<Option<Placed>, StorageError> {
    let row = sqlx::query(EXISTING)
        .bind(shop.as_str())
        .bind(idem)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    if row.text("cart_hash")? == cart_hash {
        Ok(Some(Placed::Repeated(head(&row)?)))
    } else {
        Ok(Some(Placed::KeyReused))
    }
}

/// Writes every row of the order (its first event is the row itself); `None` when the key exists, and then nothing was written.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    order: &NewOrder,
    number: String,
    now: Millis,
) -> Result<Option<OrderHead>, StorageError> {
    let row = sqlx::query(INSERT_ORDER)
        .bind(order.id.as_str())
        .bind(order.shop.as_str())
        .bind(number.as_str())
        .bind(order.token.reveal())
        .bind(order.idem.as_str())
        .bind(order.cart_hash.as_str())
        .bind(order.customer.as_str())
        .bind(order.comment.clone())
        .bind(order.locale.as_str())
        .bind(order.currency.as_str())
        .bind(order.total.as_str())
        .bind(order.status.as_str())
        .bind(now)
        .bind(order.shipping.clone())
        .bind(order.issue_date.clone())
        .bind(order.consent_at)
        .fetch_optional(&mut *connection)
        .await?;
    if row.is_none() {
        return Ok(None);
    }
    insert_lines(connection, order).await?;
    for (index, delivery) in order.deliveries.iter().enumerate() {
        let earlier = order.deliveries[..index].iter();
        let seq = 1 + earlier.filter(|one| one.target == delivery.target).count() as i64;
        insert_delivery(connection, (&order.id, seq), delivery, now).await?;
    }
    Ok(Some(OrderHead {
        id: order.id.clone(),
        shop: order.shop.clone(),
        number,
        token: order.token.clone(),
        total: order.total.clone(),
        currency: order.currency.clone(),
        status: order.status.clone(),
        placed_at: now,
    }))
}

async fn insert_lines(
    connection: &mut AnyConnection,
    order: &NewOrder,
) -> Result<(), StorageError> {
    for (position, line) in order.lines.iter().enumerate() {
        sqlx::query(INSERT_LINE)
            .bind(order.id.as_str())
            .bind(position as i64)
            .bind(line.product.as_str())
            .bind(line.template.as_str())
            .bind(line.answers.as_str())
            .bind(line.run.as_str())
            .bind(line.quote.as_str())
            .bind(line.total.as_str())
            .bind(line.group.clone())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Reads the columns of an [`OrderHead`].
pub(super) fn head(row: &AnyRow) -> Result<OrderHead, StorageError> {
    Ok(OrderHead {
        id: OrderId::new(row.text("id")?),
        shop: ShopId::new(row.text("shop")?),
        number: row.text("number")?,
        token: OrderToken::new(row.text("token")?),
        total: row.text("total")?,
        currency: row.text("currency")?,
        status: row.text("status")?,
        placed_at: row.number("placed_at")?,
    })
}
