//! From the settings to connectors, and to the rows that hold their pace and health.

use std::sync::Arc;
use std::time::Duration;

use tirage_connectors::http::{Http, HttpLimits};
use tirage_connectors::{ConfigError, Connector, registry};
use tirage_storage::outbox::TargetSettings;
use tirage_storage::{Millis, StorageError, TargetId};

use crate::app::App;
use crate::config::{ConnectionConfig, OutboxConfig};

/// A connection that orders can be sent to.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its name in rows and logs.
    pub id: TargetId,
    /// The system behind it.
    pub connector: Arc<dyn Connector>,
}

/// Why a connection cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// Its settings are wrong.
    #[error("connection `{id}`")]
    Settings {
        /// The connection.
        id: String,
        /// What is wrong.
        #[source]
        source: ConfigError,
    },
    /// The database failed.
    #[error("the connection cannot be stored")]
    Storage(#[from] StorageError),
}

/// Makes every connection of the settings ready for use.
///
/// # Errors
/// When settings are wrong or the database fails.
pub async fn targets(app: &App) -> Result<Vec<Target>, TargetError> {
    let http = Http::new(limits(&app.config.outbox));
    let mut targets = Vec::new();
    for connection in &app.config.connections {
        let id = TargetId::new(&connection.id);
        let connector = registry::build(&connection.connector, &http).map_err(|source| {
            TargetError::Settings {
                id: connection.id.clone(),
                source,
            }
        })?;
        let settings = pace(&id, connection, &app.config.outbox);
        let outbox = app.storage.outbox();
        outbox.ensure_target(&settings, app.clock.now()).await?;
        targets.push(Target { id, connector });
    }
    Ok(targets)
}

fn limits(outbox: &OutboxConfig) -> HttpLimits {
    let total = Duration::from_millis(outbox.request_timeout_ms);
    let usual = HttpLimits::default();
    HttpLimits {
        connect: usual.connect.min(total),
        headers: usual.headers.min(total),
        total,
        ..usual
    }
}

fn pace(id: &TargetId, connection: &ConnectionConfig, outbox: &OutboxConfig) -> TargetSettings {
    const MINUTE: Millis = 60_000;
    let rate_ms = match Millis::from(connection.rate_per_minute) {
        0 => 0,
        rate => (MINUTE / rate).max(1),
    };
    let ahead = Millis::from(connection.burst.max(1)) - 1;
    TargetSettings {
        id: id.clone(),
        rate_ms,
        burst_ms: rate_ms * ahead,
        max_inflight: i64::from(outbox.workers),
    }
}
