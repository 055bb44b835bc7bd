//! Connectors for tests.

use std::sync::Arc;
use std::time::Duration;

use tirage_connectors::http::{Http, HttpLimits};
use tirage_connectors::registry::{ConnectorConfig, build};
use tirage_connectors::{
    ConfigError, Connector, ConnectorError, OrderKey, RemoteOrder, conformance,
};

/// The key of every connection here; no error may tell it.
pub(crate) const KEY: &str = "canary-9b1c7e";

/// Limits no healthy exchange on this machine comes near, however busy it is.
pub(crate) fn patient() -> Http {
    Http::new(HttpLimits::default())
}

/// Limits for exchanges that are meant to run into them.
pub(crate) fn hasty() -> Http {
    Http::new(HttpLimits {
        connect: Duration::from_millis(200),
        headers: Duration::from_millis(200),
        total: Duration::from_millis(600),
        body_bytes: 16 * 1024,
    })
}

/// Settings of a connection to a server on this machine, with more settings merged in.
pub(crate) fn settings(url: &str, more: &serde_json::Value) -> String {
    let mut settings = serde_json::json!({
        "kind": "asystem",
        "api_host": url,
        "api_key": KEY,
        "network": { "allow": ["127.0.0.1"], "plain_http": true },
    });
    for (name, value) in more.as_object().unwrap() {
        settings[name] = value.clone();
    }
    settings.to_string()
}

pub(crate) fn try_connect(settings: &str, http: &Http) -> Result<Arc<dyn Connector>, ConfigError> {
    build(&ConnectorConfig::from_json(settings)?, http)
}

pub(crate) fn connect(url: &str, http: &Http) -> Arc<dyn Connector> {
    connect_with(url, http, &serde_json::json!({}))
}

pub(crate) fn connect_with(url: &str, http: &Http, more: &serde_json::Value) -> Arc<dyn Connector> {
    try_connect(&settings(url, more), http).unwrap()
}

pub(crate) fn key(number: &str) -> OrderKey {
    OrderKey::new(format!("key-{number}"), number).unwrap()
}

pub(crate) async fn push(connector: &dyn Connector) -> Result<RemoteOrder, ConnectorError> {
    let order = conformance::sample_order("T-1").unwrap();
    connector.push_order(&order, &key("T-1")).await
}
