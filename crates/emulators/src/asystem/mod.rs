//! ASystem as a real HTTP server: our default profile of it, with faults.

mod api;
mod catalogue;
mod page;
mod store;
mod switches;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::faults::Faults;
use crate::serve::serve;
use store::Store;

pub use store::{Received, StoredOrder};

/// How to start the emulator.
#[derive(Debug, Clone)]
pub struct AsystemOptions {
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// The key it asks for.
    pub key: String,
    /// Where orders are kept; in memory without it.
    pub data: Option<PathBuf>,
}

impl Default for AsystemOptions {
    fn default() -> Self {
        Self {
            port: 0,
            key: "asystem-key".to_owned(),
            data: None,
        }
    }
}

/// A running emulator; dropping it stops it and cuts its connections.
#[derive(Debug)]
pub struct AsystemEmulator {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

/// What the routes share.
#[derive(Debug)]
struct Shared {
    key: String,
    store: Mutex<Store>,
    faults: Mutex<Faults>,
}

impl AsystemEmulator {
    /// Starts listening on loopback.
    ///
    /// # Errors
    /// When the port is taken or the directory cannot be used.
    pub async fn start(options: AsystemOptions) -> io::Result<Self> {
        let store = match &options.data {
            Some(directory) => Store::open(directory)?,
            None => Store::default(),
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            key: options.key,
            store: Mutex::new(store),
            faults: Mutex::new(Faults::default()),
        });
        let router = Router::new()
            .nest("/api/v1", api::routes(&shared))
            .merge(switches::routes())
            .merge(page::routes())
            .with_state(Arc::clone(&shared));
        Ok(Self {
            address,
            shared,
            server: tokio::spawn(serve(listener, router)),
        })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The fault switches, with what is left of the planned faults.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.shared.faults().clone()
    }

    /// Sets all fault switches at once.
    pub fn set_faults(&self, faults: Faults) {
        *self.shared.faults() = faults;
    }

    /// The orders taken so far.
    #[must_use]
    pub fn orders(&self) -> Vec<StoredOrder> {
        self.shared.store().orders().to_vec()
    }

    /// How often each external number came.
    #[must_use]
    pub fn received(&self) -> BTreeMap<String, Received> {
        self.shared.store().received()
    }

    /// Stops listening and cuts every open connection, as a killed process would.
    pub async fn stop(mut self) {
        self.server.abort();
        // Waiting makes sure that the port is free; an aborted task reports that it was.
        let _ = (&mut self.server).await;
    }

    /// Serves until the process ends.
    pub async fn serve_forever(mut self) {
        let _ = (&mut self.server).await;
    }
}

impl Drop for AsystemEmulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    // A panic of one request must not take the emulator down with it.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
