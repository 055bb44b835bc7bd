//! Shops: who sells. There is always at least one.

use crate::db::RowExt;
use crate::{Millis, ShopId, Storage, StorageError};

/// Where a shop's order numbers begin. Five digits from the start: the number does not grow a
/// digit for years, and the first customer does not learn to be the first.
const FIRST_NUMBER: i64 = 10_001;

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Its id.
    pub id: ShopId,
    /// Its name, as staff knows it.
    pub name: String,
    /// First part of its order numbers (`T` for `T-10001`); no two shops share one.
    pub prefix: String,
    /// JSON list of the web origins that may embed it.
    pub origins: String,
}

/// The shops.
#[derive(Debug, Clone, Copy)]
pub struct Shops<'s>(pub(crate) &'s Storage);

impl Shops<'_> {
    /// Creates the shop, or brings its name and origins up to date.
    /// The prefix of an existing shop stays: orders are known by it outside.
    ///
    /// # Errors
    /// When another shop has the prefix, or the database fails.
    pub async fn ensure(&self, shop: &Shop, now: Millis) -> Result<(), StorageError> {
        sqlx::query(
            "insert into shop (id, name, prefix, next_number, origins, created) \
             values ($1, $2, $3, $4, $5, $6) \
             on conflict (id) do update set name = excluded.name, origins = excluded.origins",
        )
        .bind(shop.id.as_str())
        .bind(shop.name.as_str())
        .bind(shop.prefix.as_str())
        .bind(FIRST_NUMBER)
        .bind(shop.origins.as_str())
        .bind(now)
        .execute(&self.0.db.writer)
        .await?;
        Ok(())
    }

    /// The shop with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, id: &ShopId) -> Result<Option<Shop>, StorageError> {
        sqlx::query("select id, name, prefix, origins from shop where id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.0.db.reader)
            .await?
            .map(|row| shop(&row))
            .transpose()
    }

    /// Every shop, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self) -> Result<Vec<Shop>, StorageError> {
        sqlx::query("select id, name, prefix, origins from shop order by id")
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(shop)
            .collect()
    }
}

fn shop(row: &sqlx::any::AnyRow) -> Result<Shop, StorageError> {
    Ok(Shop {
        id: ShopId::new(row.text("id")?),
        name: row.text("name")?,
        prefix: row.text("prefix")?,
        origins: row.text("origins")?,
    })
}
