//! Template texts, stored once under the hash of their content and never changed.

use crate::db::RowExt;
use crate::{Millis, Revision, Storage, StorageError};

/// The stored template texts.
#[derive(Debug, Clone, Copy)]
pub struct Templates<'s>(pub(crate) &'s Storage);

impl Templates<'_> {
    /// Stores a text, unless it is there already, and answers its revision.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put(&self, text: &str, now: Millis) -> Result<Revision, StorageError> {
        let revision = Revision::of(text);
        sqlx::query(
            "insert into template (revision, text, created) values ($1, $2, $3) \
             on conflict (revision) do nothing",
        )
        .bind(revision.as_str())
        .bind(text)
        .bind(now)
        .execute(&self.0.db.writer)
        .await?;
        Ok(revision)
    }

    /// The text of a revision.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn text(&self, revision: &Revision) -> Result<Option<String>, StorageError> {
        sqlx::query("select text from template where revision = $1")
            .bind(revision.as_str())
            .fetch_optional(&self.0.db.reader)
            .await?
            .map(|row| row.text("text"))
            .transpose()
    }
}
