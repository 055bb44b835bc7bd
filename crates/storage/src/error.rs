//! What can go wrong with a database, sorted by what the caller can do about it.
//!
//! Not found is never an error here: look-ups return `Option`. Nothing is decided by an error's
//! text, only by the codes the databases document.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::error::DatabaseError;

/// A failure of the storage. Cloned when one failed commit answers several callers.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// Somebody else holds the database for longer than we wait. Try again later.
    #[error("the database is busy")]
    Busy(#[source] Arc<sqlx::Error>),
    /// The database cannot be reached. Try again later.
    #[error("the database is unavailable")]
    Unavailable(#[source] Arc<sqlx::Error>),
    /// There is no room left to write. Reading still works.
    #[error("the database has no space left to write")]
    Full(#[source] Arc<sqlx::Error>),
    /// A row exists already, or a row it refers to does not.
    #[error("a rule of the database refused the change")]
    Constraint(#[source] Arc<sqlx::Error>),
    /// The database failed in a way we do not know.
    #[error("the database failed")]
    Database(#[source] Arc<sqlx::Error>),
    /// The path of the database cannot be expressed as text.
    #[error("the database path `{}` is not valid UTF-8", .0.display())]
    Path(PathBuf),
    /// The linked or running database loses data in this version.
    #[error("{database} {found} is too old, at least {expected} is needed")]
    Version {
        /// Which database.
        database: &'static str,
        /// The version it reports.
        found: String,
        /// The oldest version that is safe.
        expected: &'static str,
    },
    /// A setting that durability rests on has another value.
    #[error("database setting `{name}` is `{found}`, expected {expected}")]
    Setting {
        /// The setting.
        name: &'static str,
        /// Its value.
        found: String,
        /// What it must be.
        expected: &'static str,
    },
    /// The database was written by another program or a newer version of this one.
    #[error("migration {version} is recorded as `{found}`, expected `{expected}`")]
    Migration {
        /// Number of the migration.
        version: i64,
        /// Checksum found in the database.
        found: String,
        /// Checksum of our text, or `none` for a migration we do not know.
        expected: String,
    },
    /// The shop does not exist.
    #[error("there is no shop `{0}`")]
    UnknownShop(String),
    /// A column holds a value this version does not know.
    #[error("column `{column}` holds `{found}`, expected {expected}")]
    Value {
        /// The column.
        column: &'static str,
        /// What it holds.
        found: String,
        /// What we know.
        expected: &'static str,
    },
    /// A row that must exist does not.
    #[error("a row of `{table}` that must exist does not")]
    Vanished {
        /// Its table.
        table: &'static str,
    },
    /// The task that writes orders has ended, so the process is shutting down.
    #[error("the storage is closing")]
    Closing,
}

impl StorageError {
    /// Whether the same call may succeed a little later: answer 503 with `Retry-After`.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Busy(_) | Self::Unavailable(_) | Self::Full(_) | Self::Closing
        )
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        let sort = match &error {
            sqlx::Error::PoolTimedOut => Sort::Busy,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Sort::Unavailable,
            sqlx::Error::Database(cause) => sort(cause.as_ref()),
            _ => Sort::Other,
        };
        let error = Arc::new(error);
        match sort {
            Sort::Busy => Self::Busy(error),
            Sort::Unavailable => Self::Unavailable(error),
            Sort::Full => Self::Full(error),
            Sort::Constraint => Self::Constraint(error),
            Sort::Other => Self::Database(error),
        }
    }
}

enum Sort {
    Busy,
    Unavailable,
    Full,
    Constraint,
    Other,
}

/// SQLite reports numbers (extended result codes), PostgreSQL five characters (SQLSTATE).
fn sort(cause: &dyn DatabaseError) -> Sort {
    if cause.is_unique_violation() || cause.is_foreign_key_violation() || cause.is_check_violation()
    {
        return Sort::Constraint;
    }
    let code = cause.code().unwrap_or_default();
    if code.len() == 5 {
        return match &code[..] {
            // Lock not available, serialisation failure, deadlock, cancelled by a timeout,
            // too many connections.
            "55P03" | "40001" | "40P01" | "57014" | "53300" => Sort::Busy,
            // Shutting down, crashed, starting up.
            "57P01" | "57P02" | "57P03" => Sort::Unavailable,
            "53100" => Sort::Full,
            _ => Sort::Other,
        };
    }
    // The low byte is the primary result code.
    match code.parse::<u32>().map(|code| code & 0xff) {
        // SQLITE_BUSY, SQLITE_LOCKED
        Ok(5 | 6) => Sort::Busy,
        // SQLITE_IOERR, SQLITE_CANTOPEN
        Ok(10 | 14) => Sort::Unavailable,
        // SQLITE_FULL
        Ok(13) => Sort::Full,
        _ => Sort::Other,
    }
}
