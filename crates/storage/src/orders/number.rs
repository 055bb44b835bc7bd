//! Order numbers: the shop's prefix and a count, `T-10001`, short enough for a telephone.
//!
//! A number opens nothing (the token does), so it may be guessed. SQLite counts inside the orders'
//! own transaction ([`Counter`]): no gaps. PostgreSQL takes numbers in blocks ([`Blocks`]),
//! because one counter row updated in every transaction would let submits through one at a time;
//! a restart then skips the rest of a block, and two processes count in blocks of their own.

use std::collections::HashMap;

use sqlx::AnyConnection;
use tokio::sync::Mutex;

use crate::db::RowExt;
use crate::{ShopId, StorageError};

const BLOCK: i64 = 32;

const READ: &str = "select prefix, next_number from shop where id = $1";
const WRITE: &str = "update shop set next_number = $2 where id = $1";
const RESERVE: &str = "update shop set next_number = next_number + $2 where id = $1 \
     returning prefix, next_number";

/// A count and how to write it.
#[derive(Debug)]
struct Count {
    prefix: String,
    next: i64,
}

impl Count {
    fn number(&self) -> String {
        format!("{}-{}", self.prefix, self.next)
    }
}

/// The counts of one transaction that holds the write lock. Only [`Counter::save`] moves them on.
#[derive(Debug, Default)]
pub(super) struct Counter(HashMap<ShopId, Count>);

impl Counter {
    /// The number the next order of the shop will have.
    pub(super) async fn peek(
        &mut self,
        connection: &mut AnyConnection,
        shop: &ShopId,
    ) -> Result<String, StorageError> {
        if let Some(count) = self.0.get(shop) {
            return Ok(count.number());
        }
        let row = sqlx::query(READ)
            .bind(shop.as_str())
            .fetch_optional(connection)
            .await?
            .ok_or_else(|| unknown(shop))?;
        let count = Count {
            prefix: row.text("prefix")?,
            next: row.number("next_number")?,
        };
        let number = count.number();
        self.0.insert(shop.clone(), count);
        Ok(number)
    }

    /// The number last peeked at has been given to an order.
    pub(super) fn advance(&mut self, shop: &ShopId) {
        if let Some(count) = self.0.get_mut(shop) {
            count.next += 1;
        }
    }

    pub(super) async fn save(self, connection: &mut AnyConnection) -> Result<(), StorageError> {
        for (shop, count) in self.0 {
            sqlx::query(WRITE)
                .bind(shop.as_str())
                .bind(count.next)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }
}

/// The numbers this process has reserved and not yet given.
#[derive(Debug, Default)]
pub(crate) struct Blocks(Mutex<HashMap<ShopId, (Count, i64)>>);

impl Blocks {
    /// The next number out of this process's block. `connection` must not be in a transaction:
    /// one that rolled back would give the block to somebody else too.
    pub(super) async fn next(
        &self,
        connection: &mut AnyConnection,
        shop: &ShopId,
    ) -> Result<String, StorageError> {
        let mut blocks = self.0.lock().await;
        if let Some((count, end)) = blocks.get_mut(shop)
            && count.next < *end
        {
            let number = count.number();
            count.next += 1;
            return Ok(number);
        }
        let row = sqlx::query(RESERVE)
            .bind(shop.as_str())
            .bind(BLOCK)
            .fetch_optional(connection)
            .await?
            .ok_or_else(|| unknown(shop))?;
        let end = row.number("next_number")?;
        let mut count = Count {
            prefix: row.text("prefix")?,
            next: end - BLOCK,
        };
        let number = count.number();
        count.next += 1;
        blocks.insert(shop.clone(), (count, end));
        Ok(number)
    }
}

fn unknown(shop: &ShopId) -> StorageError {
    StorageError::UnknownShop(shop.as_str().to_owned())
}
