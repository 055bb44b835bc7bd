//! The first user: made with a token that is shown once on the console and works once.

use super::users::insert;
use super::{Admin, NewUser};
use crate::ids::sha256_hex;
use crate::{Millis, StorageError};

/// What came of a set-up token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redeemed {
    /// The user exists; the token is used up.
    Created,
    /// The token is unknown, used or too old.
    Refused,
    /// The name is taken; the token still works.
    NameTaken,
}

impl Admin<'_> {
    /// Makes a set-up token valid until `expires`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue_setup_token(
        &self,
        token: &str,
        expires: Millis,
        now: Millis,
    ) -> Result<(), StorageError> {
        sqlx::query("insert into setup_token (hash, created, expires) values ($1, $2, $3)")
            .bind(sha256_hex(token.as_bytes()))
            .bind(now)
            .bind(expires)
            .execute(&self.0.db.writer)
            .await?;
        Ok(())
    }

    /// Creates a user with a set-up token, which is then used up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn redeem_setup_token(
        &self,
        token: &str,
        user: &NewUser,
        now: Millis,
    ) -> Result<Redeemed, StorageError> {
        let mut tx = self.0.db.begin().await?;
        let used = sqlx::query(
            "update setup_token set used = $2 \
             where hash = $1 and used is null and expires > $2",
        )
        .bind(sha256_hex(token.as_bytes()))
        .bind(now)
        .execute(&mut *tx)
        .await?;
        if used.rows_affected() == 0 {
            return Ok(Redeemed::Refused);
        }
        if !insert(&mut tx, user, now).await? {
            return Ok(Redeemed::NameTaken);
        }
        tx.commit().await?;
        Ok(Redeemed::Created)
    }
}
