//! `[[connections]]`: print houses that orders are forwarded to.

use std::collections::BTreeSet;
use std::fmt;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de};

use super::Problem;
use super::shop::{KEY, is_key};

/// A print house that orders are forwarded to.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum ConnectionConfig {
    /// ASystem on the print house's premises.
    Asystem {
        /// Its name in rows and logs.
        id: String,
        /// `https://address:port`.
        host: String,
        /// The key the print house gave.
        #[serde(deserialize_with = "secret")]
        key: SecretString,
        /// The manager orders are given to.
        #[serde(default)]
        manager: Option<String>,
        /// The contractor orders are booked on.
        #[serde(default)]
        contractor: Option<String>,
        /// SHA-256 of the one self-signed certificate to trust.
        #[serde(default)]
        trust_fingerprint: Option<String>,
        /// Let the host be in a private network, as a print house beside the shop is.
        #[serde(default)]
        allow_private: bool,
        /// Let the host be plain `http` on this machine. For development.
        #[serde(default)]
        allow_loopback: bool,
        /// Requests a minute; 0 for no limit.
        #[serde(default = "sixty")]
        rate_per_minute: u32,
        /// Requests that may come at once before the rate counts.
        #[serde(default = "ten")]
        burst: u32,
    },
    /// Takes every order and forgets it at the end of the process. For development.
    Memory {
        /// Its name in rows and logs.
        id: String,
    },
}

impl ConnectionConfig {
    /// Its name in rows and logs.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Asystem { id, .. } | Self::Memory { id } => id,
        }
    }
}

fn sixty() -> u32 {
    60
}

fn ten() -> u32 {
    10
}

pub(super) fn check(connections: &[ConnectionConfig], problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (index, connection) in connections.iter().enumerate() {
        let place = format!("connections[{index}].id");
        if !is_key(connection.id()) {
            problems.push(Problem::new(&place, KEY, connection.id()));
        }
        if !seen.insert(connection.id()) {
            problems.push(Problem::new(
                &place,
                "each connection once",
                connection.id(),
            ));
        }
    }
}

/// Reads a secret without ever quoting it: serde's own message for a wrong type would.
pub(super) fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
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
