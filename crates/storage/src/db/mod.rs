//! Connections and transactions, the only place that knows which database it is.
//!
//! All SQL is one text for both databases, written with `$1` and run through sqlx's `Any` driver.
//! The one difference is the row lock, which SQLite neither has nor needs: it is in [`Locking`].
//! The surprising rule: a write transaction is only ever begun by [`Db::begin`], because on SQLite
//! a deferred transaction that reads before it writes fails at once with `SQLITE_BUSY_SNAPSHOT`,
//! whatever the busy timeout says.

mod migrate;
mod postgres;
mod row;
mod sqlite;

use sqlx::{Any, AnyPool, Transaction};

use crate::{DatabaseConfig, StorageError};

pub(crate) use row::RowExt;

/// An open write transaction. Dropped without a commit, it is rolled back.
pub(crate) type Tx = Transaction<'static, Any>;

/// Which database is behind the pools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// The pools. On SQLite one connection writes and others read; on PostgreSQL they are the same.
#[derive(Debug, Clone)]
pub(crate) struct Db {
    pub(crate) dialect: Dialect,
    pub(crate) writer: AnyPool,
    pub(crate) reader: AnyPool,
}

/// One statement in its two spellings, with and without row locks. Made by `locking!`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Locking {
    pub(crate) plain: &'static str,
    pub(crate) locked: &'static str,
}

/// Builds a [`Locking`] of the text before the lock clause, the clause, and the text after it.
macro_rules! locking {
    (($($before:tt)*), $clause:literal, ($($after:tt)*)) => {
        $crate::db::Locking {
            plain: concat!($($before)*, " ", $($after)*),
            locked: concat!($($before)*, " ", $clause, " ", $($after)*),
        }
    };
}
pub(crate) use locking;

impl Db {
    /// Connects, refuses settings and versions that lose data, and migrates.
    pub(crate) async fn open(config: &DatabaseConfig) -> Result<Self, StorageError> {
        sqlx::any::install_default_drivers();
        let db = match config {
            DatabaseConfig::Sqlite { path } => sqlite::open(path).await?,
            DatabaseConfig::Postgres { url } => postgres::open(url).await?,
        };
        migrate::run(&db).await?;
        Ok(db)
    }

    /// Begins a write transaction: on SQLite with the write lock taken at once.
    pub(crate) async fn begin(&self) -> Result<Tx, StorageError> {
        let statement = match self.dialect {
            Dialect::Sqlite => "begin immediate",
            Dialect::Postgres => "begin",
        };
        Ok(self.writer.begin_with(statement).await?)
    }

    /// The spelling of a statement with a row lock for this database.
    pub(crate) fn spell(&self, statement: Locking) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => statement.plain,
            Dialect::Postgres => statement.locked,
        }
    }

    /// Closes every connection; on SQLite this also empties the write-ahead log.
    pub(crate) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}
