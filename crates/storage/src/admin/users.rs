//! Users of the administration.

use std::fmt;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::Admin;
use crate::db::RowExt;
use crate::{Millis, StorageError, UserId};

const BY_ID: &str = "select id, name, password_hash, role, created, disabled_at \
     from admin_user where id = $1";
const BY_NAME: &str = "select id, name, password_hash, role, created, disabled_at \
     from admin_user where name = $1";
const LIST: &str = "select id, name, password_hash, role, created, disabled_at \
     from admin_user order by name";

/// A user to create.
#[derive(Clone)]
pub struct NewUser {
    /// Its id (see [`UserId::random`]).
    pub id: UserId,
    /// The name to log in with; unique.
    pub name: String,
    /// The hash of the password, with its parameters.
    pub password_hash: String,
    /// The role, a word of the api's.
    pub role: String,
}

/// A user.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The name to log in with.
    pub name: String,
    /// The hash of the password, with its parameters.
    pub password_hash: String,
    /// The role, a word of the api's.
    pub role: String,
    /// When it was created.
    pub created: Millis,
    /// Since when it may not log in.
    pub disabled_at: Option<Millis>,
}

impl fmt::Debug for NewUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewUser")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("role", &self.role)
            .field("disabled_at", &self.disabled_at)
            .finish_non_exhaustive()
    }
}

impl Admin<'_> {
    /// Creates a user. `false`: the name is taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_user(&self, user: &NewUser, now: Millis) -> Result<bool, StorageError> {
        let mut connection = self.0.db.writer.acquire().await?;
        insert(&mut connection, user, now).await
    }

    /// The user with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn user(&self, id: &UserId) -> Result<Option<User>, StorageError> {
        self.find(BY_ID, id.as_str()).await
    }

    /// The user with this name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn user_by_name(&self, name: &str) -> Result<Option<User>, StorageError> {
        self.find(BY_NAME, name).await
    }

    async fn find(&self, statement: &'static str, key: &str) -> Result<Option<User>, StorageError> {
        sqlx::query(statement)
            .bind(key)
            .fetch_optional(&self.0.db.reader)
            .await?
            .map(|row| user(&row))
            .transpose()
    }

    /// Every user, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users(&self) -> Result<Vec<User>, StorageError> {
        sqlx::query(LIST)
            .fetch_all(&self.0.db.reader)
            .await?
            .iter()
            .map(user)
            .collect()
    }

    /// Changes the password and ends every session of the user.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password(
        &self,
        id: &UserId,
        password_hash: &str,
        now: Millis,
    ) -> Result<(), StorageError> {
        let mut tx = self.0.db.begin().await?;
        sqlx::query("update admin_user set password_hash = $2, updated = $3 where id = $1")
            .bind(id.as_str())
            .bind(password_hash)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        end_sessions(&mut tx, id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps the user from logging in and ends every session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disable_user(&self, id: &UserId, now: Millis) -> Result<(), StorageError> {
        let mut tx = self.0.db.begin().await?;
        sqlx::query("update admin_user set disabled_at = $2, updated = $2 where id = $1")
            .bind(id.as_str())
            .bind(now)
            .execute(&mut *tx)
            .await?;
        end_sessions(&mut tx, id).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// `false`: the name is taken.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    user: &NewUser,
    now: Millis,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "insert into admin_user (id, name, password_hash, role, created, updated) \
         values ($1, $2, $3, $4, $5, $5) on conflict (name) do nothing",
    )
    .bind(user.id.as_str())
    .bind(user.name.as_str())
    .bind(user.password_hash.as_str())
    .bind(user.role.as_str())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

async fn end_sessions(connection: &mut AnyConnection, id: &UserId) -> Result<(), StorageError> {
    sqlx::query("delete from session where user_id = $1")
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

fn user(row: &AnyRow) -> Result<User, StorageError> {
    Ok(User {
        id: UserId::new(row.text("id")?),
        name: row.text("name")?,
        password_hash: row.text("password_hash")?,
        role: row.text("role")?,
        created: row.number("created")?,
        disabled_at: row.maybe_number("disabled_at")?,
    })
}
