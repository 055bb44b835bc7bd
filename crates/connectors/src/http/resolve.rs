//! Host names to addresses, through the rules.
//!
//! The client connects to exactly the addresses handed out here, so a name that changes its mind
//! between the check and the connection gains nothing.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::AddressRules;

/// Looks host names up. The operating system does, but for tests.
#[async_trait]
pub trait Lookup: Send + Sync + 'static {
    /// Every address of a name.
    async fn lookup(&self, host: &str) -> io::Result<Vec<SocketAddr>>;
}

/// The operating system's way of looking names up.
#[derive(Debug, Clone, Copy)]
pub(super) struct SystemLookup;

#[async_trait]
impl Lookup for SystemLookup {
    async fn lookup(&self, host: &str) -> io::Result<Vec<SocketAddr>> {
        // The port is the client's business.
        Ok(tokio::net::lookup_host((host, 0)).await?.collect())
    }
}

/// Hands out a name's addresses when every one of them may be reached.
pub(super) struct GuardedResolver {
    pub(super) lookup: Arc<dyn Lookup>,
    pub(super) rules: AddressRules,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let rules = self.rules.clone();
        let lookup = Arc::clone(&self.lookup);
        Box::pin(async move {
            let addresses = lookup.lookup(&host).await?;
            // One bad address spoils the name: otherwise a public one beside it would open the
            // door to being tried in turn.
            for address in &addresses {
                rules.check(&host, address.ip())?;
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
