//! `[[connections]]`: print houses that orders are forwarded to.
//!
//! Name and pace are ours; everything else in an entry is the connector's own, read and checked by
//! the connector, so that a new system needs nothing here.

use std::collections::BTreeSet;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use tirage_connectors::http::Http;
use tirage_connectors::registry::{self, ConnectorConfig};
use toml::{Table, Value};

use super::Problem;
use super::shop::{KEY, is_key};

/// A print house that orders are forwarded to.
#[derive(Debug, Clone)]
pub struct ConnectionConfig {
    /// Its name in rows and logs.
    pub id: String,
    /// Requests a minute; 0 for no limit.
    pub rate_per_minute: u32,
    /// Requests that may come at once before the pace counts.
    pub burst: u32,
    /// Which system, and its settings.
    pub connector: ConnectorConfig,
}

#[derive(Deserialize)]
struct Own {
    id: String,
    #[serde(default = "usual_rate")]
    rate_per_minute: u32,
    #[serde(default = "usual_burst")]
    burst: u32,
}

fn usual_rate() -> u32 {
    120
}

fn usual_burst() -> u32 {
    20
}

impl<'de> Deserialize<'de> for ConnectionConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut rest = Table::deserialize(deserializer)?;
        let own: Table = ["id", "rate_per_minute", "burst"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), rest.remove(name)?)))
            .collect();
        let own: Own = own.try_into().map_err(|error| message::<D>(&error))?;
        let connector = Value::Table(rest)
            .try_into()
            .map_err(|error| message::<D>(&error))?;
        Ok(Self {
            id: own.id,
            rate_per_minute: own.rate_per_minute,
            burst: own.burst,
            connector,
        })
    }
}

fn message<'de, D: Deserializer<'de>>(error: &toml::de::Error) -> D::Error {
    D::Error::custom(error.message())
}

pub(super) fn check(connections: &[ConnectionConfig], problems: &mut Vec<Problem>) {
    let http = Http::default();
    let mut seen = BTreeSet::new();
    for (index, connection) in connections.iter().enumerate() {
        let place = format!("connections[{index}]");
        let id = format!("{place}.id");
        if !is_key(&connection.id) {
            problems.push(Problem::new(&id, KEY, &connection.id));
        }
        if !seen.insert(&connection.id) {
            problems.push(Problem::new(&id, "each connection once", &connection.id));
        }
        if let Err(error) = registry::build(&connection.connector, &http) {
            for problem in error.problems {
                let place = format!("{place}{}", problem.field.replace('/', "."));
                problems.push(Problem::new(place, problem.expected, problem.found));
            }
        }
    }
}
