//! Order numbers: the shop's prefix and a count, `T-10001`, short enough for a telephone.
//!
//! A number opens nothing (the token does), so it may be guessed. SQLite counts inside the order's
//! own transaction: no gaps. PostgreSQL takes numbers in blocks, because one counter row updated
//! in every transaction would let submits through one at a time; a restart then skips the rest of
//! a block, and two processes count in blocks of their own.

use std::collections::HashMap;

use sqlx::AnyConnection;
use tokio::sync::Mutex;

use crate::db::RowExt;
use crate::{ShopId, StorageError};

const BLOCK: i64 = 32;

const RESERVE: &str = "update shop set next_number = next_number + $2 where id = $1 \
     returning prefix, next_number";

/// The numbers this process has reserved and not yet given.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Mutex<HashMap<ShopId, Block>>);

#[derive(Debug)]
struct Block {
    prefix: String,
    next: i64,
    end: i64,
}

impl Numbers {
    /// The next number out of this process's block. `connection` must not be in a transaction:
    /// one that rolled back would give the block to somebody else too.
    pub(super) async fn next(
        &self,
        connection: &mut AnyConnection,
        shop: &ShopId,
    ) -> Result<String, StorageError> {
        let mut blocks = self.0.lock().await;
        if let Some(number) = blocks.get_mut(shop).and_then(Block::take) {
            return Ok(number);
        }
        let mut block = reserve(connection, shop, BLOCK).await?;
        let number = block.number();
        block.next += 1;
        blocks.insert(shop.clone(), block);
        Ok(number)
    }
}

impl Block {
    fn take(&mut self) -> Option<String> {
        (self.next < self.end).then(|| {
            let number = self.number();
            self.next += 1;
            number
        })
    }

    fn number(&self) -> String {
        format!("{}-{}", self.prefix, self.next)
    }
}

/// The next number of a shop, counted inside the caller's transaction.
pub(super) async fn next_exactly(
    connection: &mut AnyConnection,
    shop: &ShopId,
) -> Result<String, StorageError> {
    Ok(reserve(connection, shop, 1).await?.number())
}

async fn reserve(
    connection: &mut AnyConnection,
    shop: &ShopId,
    count: i64,
) -> Result<Block, StorageError> {
    let row = sqlx::query(RESERVE)
        .bind(shop.as_str())
        .bind(count)
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| StorageError::UnknownShop(shop.as_str().to_owned()))?;
    let end = row.number("next_number")?;
    Ok(Block {
        prefix: row.text("prefix")?,
        next: end - count,
        end,
    })
}
