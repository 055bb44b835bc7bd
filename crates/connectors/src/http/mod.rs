//! The one HTTP client of all connectors, and the only way out of the service.
//!
//! What it never does: follow a redirect, use a proxy, unpack a body, keep a connection for the
//! next request (a kept one may be closed at the moment it is used, and then nobody knows whether
//! the request was read), or try again by itself.

mod address;
mod classify;
mod client;
mod network;
mod origin;
mod resolve;
mod retry_after;
mod tls;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::CryptoProvider;

pub use network::NetworkConfig;
pub use resolve::Lookup;

pub(crate) use classify::Effect;
pub(crate) use client::{Failure, HttpClient, Outgoing};
pub(crate) use network::Route;

use resolve::SystemLookup;

/// What all connections share; built once, when the service starts.
#[derive(Clone)]
pub struct Http {
    limits: HttpLimits,
    lookup: Arc<dyn Lookup>,
    provider: Arc<CryptoProvider>,
}

/// How long and how much an exchange may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpLimits {
    /// From the look-up of the name to the end of the TLS handshake.
    pub connect: Duration,
    /// From then on to the last header of the answer.
    pub headers: Duration,
    /// The whole exchange.
    pub total: Duration,
    /// Length of an answer.
    pub body_bytes: usize,
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            headers: Duration::from_secs(30),
            total: Duration::from_secs(90),
            body_bytes: 1024 * 1024,
        }
    }
}

impl Http {
    /// Clients with these limits.
    #[must_use]
    pub fn new(limits: HttpLimits) -> Self {
        Self {
            limits,
            lookup: Arc::new(SystemLookup),
            // Chosen here and not for the whole process, which may have its own.
            provider: Arc::new(rustls::crypto::ring::default_provider()),
        }
    }

    /// The same with another way of looking host names up.
    #[must_use]
    pub fn with_lookup(mut self, lookup: impl Lookup) -> Self {
        self.lookup = Arc::new(lookup);
        self
    }
}

impl Default for Http {
    fn default() -> Self {
        Self::new(HttpLimits::default())
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
