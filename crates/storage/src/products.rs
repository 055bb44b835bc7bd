//! Products: what a shop sells, each with its current template and every template it ever had.
//!
//! The history is what lets an open page finish its order after a new template was published.

use sqlx::any::AnyRow;

use crate::db::RowExt;
use crate::{Millis, Revision, ShopId, Storage, StorageError};

/// A product to publish. JSON stays text here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    /// The shop that sells it.
    pub shop: ShopId,
    /// Its key in addresses (`business-cards`).
    pub key: String,
    /// Its name: JSON, one text per language.
    pub name: String,
    /// The template to price it with; stored before (see [`crate::Templates::put`]).
    pub template: Revision,
    /// Its place in the shop's list.
    pub position: i64,
    /// JSON object of how the calculator is shown.
    pub options: String,
}

/// A published product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The shop that sells it.
    pub shop: ShopId,
    /// Its key in addresses.
    pub key: String,
    /// Its name: JSON, one text per language.
    pub name: String,
    /// The template that prices it now.
    pub template: Revision,
    /// Its place in the shop's list.
    pub position: i64,
    /// JSON object of how the calculator is shown.
    pub options: String,
    /// When it last changed.
    pub updated: Millis,
}

/// One entry of a product's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRevision {
    /// The template.
    pub revision: Revision,
    /// When it was first published.
    pub since: Millis,
    /// When it was last published; later than `since` after a roll back.
    pub published: Millis,
}

/// The products of all shops.
#[derive(Debug, Clone, Copy)]
pub struct Products<'s>(pub(crate) &'s Storage);

impl Products<'_> {
    /// Makes this the current state of the product and remembers its template in the history.
    /// Publishing an older template again is how one rolls back.
    ///
    /// # Errors
    /// When the shop or the template does not exist, or the database fails.
    pub async fn publish(&self, product: &NewProduct, now: Millis) -> Result<(), StorageError> {
        let mut tx = self.0.db.begin().await?;
        sqlx::query(
            "insert into product (shop, key, name, template, position, options, created, updated) \
             values ($1, $2, $3, $4, $5, $6, $7, $7) \
             on conflict (shop, key) do update set name = excluded.name, \
               template = excluded.template, position = excluded.position, \
               options = excluded.options, updated = excluded.updated",
        )
        .bind(product.shop.as_str())
        .bind(product.key.as_str())
        .bind(product.name.as_str())
        .bind(product.template.as_str())
        .bind(product.position)
        .bind(product.options.as_str())
        .bind(now)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "insert into product_revision (shop, product, revision, since, published) \
             values ($1, $2, $3, $4, $4) \
             on conflict (shop, product, revision) do update set published = excluded.published",
        )
        .bind(product.shop.as_str())
        .bind(product.key.as_str())
        .bind(product.template.as_str())
        .bind(now)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The product with this key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, shop: &ShopId, key: &str) -> Result<Option<Product>, StorageError> {
        sqlx::query(
            "select shop, key, name, template, position, options, updated \
             from product where shop = $1 and key = $2",
        )
        .bind(shop.as_str())
        .bind(key)
        .fetch_optional(&self.0.db.reader)
        .await?
        .map(|row| product(&row))
        .transpose()
    }

    /// The products of a shop in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, shop: &ShopId) -> Result<Vec<Product>, StorageError> {
        sqlx::query(
            "select shop, key, name, template, position, options, updated \
             from product where shop = $1 order by position, key",
        )
        .bind(shop.as_str())
        .fetch_all(&self.0.db.reader)
        .await?
        .iter()
        .map(product)
        .collect()
    }

    /// Whether the product is or ever was priced with this template.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_revision(
        &self,
        shop: &ShopId,
        key: &str,
        revision: &Revision,
    ) -> Result<bool, StorageError> {
        let row = sqlx::query(
            "select since from product_revision \
             where shop = $1 and product = $2 and revision = $3",
        )
        .bind(shop.as_str())
        .bind(key)
        .bind(revision.as_str())
        .fetch_optional(&self.0.db.reader)
        .await?;
        Ok(row.is_some())
    }

    /// The templates a product had, the last published first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn history(
        &self,
        shop: &ShopId,
        key: &str,
    ) -> Result<Vec<ProductRevision>, StorageError> {
        sqlx::query(
            "select revision, since, published from product_revision \
             where shop = $1 and product = $2 order by published desc, revision",
        )
        .bind(shop.as_str())
        .bind(key)
        .fetch_all(&self.0.db.reader)
        .await?
        .iter()
        .map(|row| {
            Ok(ProductRevision {
                revision: Revision::new(row.text("revision")?),
                since: row.number("since")?,
                published: row.number("published")?,
            })
        })
        .collect()
    }
}

fn product(row: &AnyRow) -> Result<Product, StorageError> {
    Ok(Product {
        shop: ShopId::new(row.text("shop")?),
        key: row.text("key")?,
        name: row.text("name")?,
        template: Revision::new(row.text("template")?),
        position: row.number("position")?,
        options: row.text("options")?,
        updated: row.number("updated")?,
    })
}
