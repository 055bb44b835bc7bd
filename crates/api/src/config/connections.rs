//! `[[connections]]`: print houses that orders are forwarded to.
//!
//! Name and pace are ours; everything else in an entry is the connector's own, read and checked by
//! the connector, so that a new system needs nothing here.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;
use serde_json::{Map, Value as Json};
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

impl ConnectionConfig {
    /// Reads an entry. `settings` may name a JSON document with the connector's settings, because
    /// TOML has no `null`, which some of them need; what the entry says itself lies over it.
    pub(super) fn from_table(mut entry: Table) -> Result<Self, String> {
        let file = entry.remove("settings");
        let own: Table = ["id", "rate_per_minute", "burst"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), entry.remove(name)?)))
            .collect();
        let own: Own = own.try_into().map_err(|error| message(&error))?;
        let settings = over(document(file)?, entry)?;
        Ok(Self {
            id: own.id,
            rate_per_minute: own.rate_per_minute,
            burst: own.burst,
            // Secrets see to it that their value is not in the message.
            connector: serde_json::from_value(settings).map_err(|error| error.to_string())?,
        })
    }
}

fn message(error: &toml::de::Error) -> String {
    error.message().to_owned()
}

fn document(file: Option<Value>) -> Result<Map<String, Json>, String> {
    let Some(file) = file else {
        return Ok(Map::new());
    };
    let path = file.as_str().ok_or("`settings`: expected a file name")?;
    let text = fs::read_to_string(path).map_err(|error| format!("`{path}`: {error}"))?;
    serde_json::from_str(&text).map_err(|error| {
        // The message itself may quote a secret.
        let (line, column) = (error.line(), error.column());
        format!("`{path}`: expected a JSON object at line {line}, column {column}")
    })
}

fn over(mut settings: Map<String, Json>, entry: Table) -> Result<Json, String> {
    for (name, value) in entry {
        let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
        settings.insert(name, value);
    }
    Ok(Json::Object(settings))
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
