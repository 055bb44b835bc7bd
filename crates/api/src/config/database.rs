//! `[database]`: which database to open.

use std::fmt;
use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de};

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

/// Reads a secret without ever quoting it: serde's own message for a wrong type would.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    struct Text;
    impl de::Visitor<'_> for Text {
        type Value = SecretString;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text in quotes")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<SecretString, E> {
            if text.is_empty() {
                return Err(E::custom("expected a secret, found an empty text"));
            }
            Ok(SecretString::from(text))
        }

        fn visit_i64<E: de::Error>(self, _: i64) -> Result<SecretString, E> {
            Err(E::custom("expected a text in quotes, found a number"))
        }
    }
    // `deserialize_str` would let the reader complain by itself, with the value.
    deserializer.deserialize_any(Text)
}
