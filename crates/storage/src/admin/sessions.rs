//! Sessions: valid until idle for too long, and never longer than their absolute limit.

use super::Admin;
use crate::db::RowExt;
use crate::ids::sha256_hex;
use crate::{Millis, StorageError, UserId};

/// A look at the session is written down at most this often, or every page would be a write.
const TOUCH_EVERY_MS: Millis = 60_000;

const FIND: &str = "select s.user_id, u.name, u.role, s.created, s.last_seen \
     from session s join admin_user u on u.id = s.user_id \
     where s.id_hash = $1 and s.idle_until > $2 and s.abs_until > $2 and u.disabled_at is null";

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without a request.
    pub idle_ms: Millis,
    /// In all.
    pub absolute_ms: Millis,
}

/// Who a session belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionUser {
    /// The user.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// When they logged in.
    pub since: Millis,
}

impl Admin<'_> {
    /// Opens a session under a new random token.
    ///
    /// # Errors
    /// When there is no such user, or the database fails.
    pub async fn open_session(
        &self,
        token: &str,
        user: &UserId,
        limits: SessionLimits,
        now: Millis,
    ) -> Result<(), StorageError> {
        sqlx::query(
            "insert into session (id_hash, user_id, created, last_seen, idle_until, abs_until) \
             values ($1, $2, $3, $3, $4, $5)",
        )
        .bind(sha256_hex(token.as_bytes()))
        .bind(user.as_str())
        .bind(now)
        .bind(now + limits.idle_ms)
        .bind(now + limits.absolute_ms)
        .execute(&self.0.db.writer)
        .await?;
        Ok(())
    }

    /// Whose session this is, if it is valid; being asked keeps it from going idle.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(
        &self,
        token: &str,
        limits: SessionLimits,
        now: Millis,
    ) -> Result<Option<SessionUser>, StorageError> {
        let hash = sha256_hex(token.as_bytes());
        let row = sqlx::query(FIND)
            .bind(hash.as_str())
            .bind(now)
            .fetch_optional(&self.0.db.reader)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if now - row.number("last_seen")? >= TOUCH_EVERY_MS {
            sqlx::query("update session set last_seen = $2, idle_until = $3 where id_hash = $1")
                .bind(hash)
                .bind(now)
                .bind(now + limits.idle_ms)
                .execute(&self.0.db.writer)
                .await?;
        }
        Ok(Some(SessionUser {
            user: UserId::new(row.text("user_id")?),
            name: row.text("name")?,
            role: row.text("role")?,
            since: row.number("created")?,
        }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, token: &str) -> Result<(), StorageError> {
        sqlx::query("delete from session where id_hash = $1")
            .bind(sha256_hex(token.as_bytes()))
            .execute(&self.0.db.writer)
            .await?;
        Ok(())
    }

    /// Removes sessions and set-up tokens that are over. Answers how many sessions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Millis) -> Result<u64, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let gone = sqlx::query("delete from session where idle_until <= $1 or abs_until <= $1")
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query("delete from setup_token where expires <= $1")
            .bind(now)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(gone.rows_affected())
    }
}
