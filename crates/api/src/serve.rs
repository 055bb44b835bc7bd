//! Starts the service, and ends it in order: first nobody new comes in, then what runs finishes,
//! then the workers give back what they have not sent, then the database closes.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tirage_storage::{DatabaseConfig, Storage};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::app::{App, Parts};
use crate::clock::SystemClock;
use crate::config::{Config, DatabaseSection, ServerConfig};
use crate::entropy::Entropy;
use crate::outbox;
use crate::server::{self, Limits, Phase, PhaseControl};
use crate::{offer_setup, publish, router};

/// Runs the service until a signal ends it.
///
/// # Errors
/// When it cannot start.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let signals = Signals::listen().context("cannot listen to signals")?;
    let database = config.database.to_storage();
    let storage = Storage::open(&database)
        .await
        .context("cannot open the database")?;
    let control = PhaseControl::new();
    let app = App::new(Parts {
        config,
        storage: storage.clone(),
        clock: Arc::new(SystemClock),
        entropy: Entropy::of_the_system(),
        phase: control.watch(),
    });
    publish(&app).await.context("cannot publish the products")?;
    let targets = outbox::targets(&app)
        .await
        .context("cannot use a connection")?;
    let settings = &app.config.server;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}", settings.listen))?;
    if let Some(link) = offer_setup(&app).await? {
        announce(&format!("make the first administrator: {}", link.reveal()));
    }
    announce(&format!("listening on http://{}", listener.local_addr()?));
    let delay = Duration::from_millis(settings.drain_delay_ms);
    let phase = control.watch();
    tokio::spawn(signals.act(control, delay));
    let supervisors = app
        .config
        .outbox
        .enabled
        .then(|| outbox::start(&app, targets));
    let limits = limits(settings);
    let drain = limits.drain;
    server::serve(listener, router(&app), limits, phase).await;
    if let Some(supervisors) = supervisors {
        supervisors.finish(drain).await;
    }
    storage.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// What the settings say about connections.
#[must_use]
pub fn limits(settings: &ServerConfig) -> Limits {
    Limits {
        connections: settings.max_connections,
        connections_per_ip: settings.max_connections_per_ip,
        header: Duration::from_millis(settings.header_timeout_ms),
        idle: Duration::from_millis(settings.idle_timeout_ms),
        drain: Duration::from_millis(settings.drain_timeout_ms),
    }
}

impl DatabaseSection {
    /// The same in the storage's terms.
    #[must_use]
    pub fn to_storage(&self) -> DatabaseConfig {
        match self {
            Self::Sqlite { path } => DatabaseConfig::Sqlite { path: path.clone() },
            Self::Postgres { url } => DatabaseConfig::Postgres { url: url.clone() },
        }
    }
}

/// The first asks to end in order, the second ends at once.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    async fn act(mut self, control: PhaseControl, delay: Duration) {
        self.next().await;
        tracing::info!("stopping");
        control.advance(Phase::Draining);
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            () = self.next() => std::process::exit(1),
        }
        control.advance(Phase::Stopping);
        self.next().await;
        std::process::exit(1);
    }
}

#[expect(
    clippy::print_stdout,
    reason = "whoever started it waits for this line"
)]
fn announce(line: &str) {
    println!("{line}");
}
