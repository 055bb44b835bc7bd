//! `[database]`: which database to open.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;

use super::connections::secret;

/// Which database to open.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum DatabaseSection {
    /// A file on this machine.
    Sqlite {
        /// The file.
        path: PathBuf,
    },
    /// A server.
    Postgres {
        /// Its address with user and password.
        #[serde(deserialize_with = "secret")]
        url: SecretString,
    },
}
