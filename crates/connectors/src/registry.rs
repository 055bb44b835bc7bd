//! From stored settings to a connector: the only place that matches on the kind of system.

use std::sync::Arc;

use serde::Deserialize;

use crate::asystem::{AsystemConfig, AsystemConnector};
use crate::config::{ConfigError, ConfigProblem};
use crate::connector::{Connector, ConnectorKind};
use crate::http::Http;
use crate::memory::MemoryConnector;

/// Settings of a connection; `kind` says of which system.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConnectorConfig {
    /// ASystem.
    Asystem(Box<AsystemConfig>),
    /// Orders stay in memory.
    Memory {},
}

impl ConnectorConfig {
    /// Reads stored settings.
    ///
    /// # Errors
    /// When the text is not JSON, a setting is unknown or of another type.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        serde_json::from_str(text).map_err(|error| ConfigError {
            // The message may repeat what was found; secrets see to it that theirs does not.
            problems: vec![ConfigProblem::new(
                "",
                "a connection's settings",
                &error.to_string(),
            )],
        })
    }

    /// Which system the settings are for.
    #[must_use]
    pub fn kind(&self) -> ConnectorKind {
        match self {
            Self::Asystem(_) => ConnectorKind::Asystem,
            Self::Memory {} => ConnectorKind::Memory,
        }
    }
}

/// Makes the connector of these settings. Nothing is sent yet.
///
/// # Errors
/// When settings are wrong; all of them are reported.
pub fn build(config: &ConnectorConfig, http: &Http) -> Result<Arc<dyn Connector>, ConfigError> {
    Ok(match config {
        ConnectorConfig::Asystem(config) => Arc::new(AsystemConnector::new(config, http)?),
        ConnectorConfig::Memory {} => Arc::new(MemoryConnector::new()),
    })
}
