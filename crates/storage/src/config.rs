//! Which database to open.

use std::path::PathBuf;

use secrecy::SecretString;

/// The database behind every repository.
#[derive(Debug, Clone)]
pub enum DatabaseConfig {
    /// A file on this machine. The default: nothing to install, one process.
    Sqlite {
        /// The database file; created when missing. Its directory must exist.
        path: PathBuf,
    },
    /// A PostgreSQL server, shared by any number of processes.
    Postgres {
        /// `postgres://user:password@host/database`
        url: SecretString,
    },
}
