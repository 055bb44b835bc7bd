//! The log: to standard error, for people or for machines.
//!
//! What may be in it is a matter of policy (`docs/operations.md`): no personal data, no secrets,
//! no bodies, no paths that open something. A test plants canaries and reads the whole log.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::{LogConfig, LogFormat};

/// Starts logging; a second call changes nothing.
pub fn start(config: &LogConfig) {
    // Checked with the settings; what cannot be read logs as usual.
    let filter = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match config.format {
        LogFormat::Text => log.with_ansi(false).try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    if let Err(error) = started {
        tracing::debug!(error, "the log was started before");
    }
}
