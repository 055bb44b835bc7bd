//! The accept loop: connections with limits on their number, their silence and their heads.
//!
//! Why not the framework's own: it has no limits of this kind, and hyper's timer for the head
//! starts only after it has decided which version of HTTP it reads, which a client that sends one
//! letter and falls silent puts off for ever.

mod connection;
mod guarded;
mod per_ip;
mod phase;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use per_ip::PerIp;
pub use phase::{Phase, PhaseControl, PhaseWatch};

/// What a client may do to the server.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at once.
    pub connections: u32,
    /// Connections at once from one address.
    pub connections_per_ip: u32,
    /// From the connection to its first complete head, and for every later head.
    pub header: Duration,
    /// How long a connection may move no byte in the direction it should.
    pub idle: Duration,
    /// How long running requests may take after the end of accepting.
    pub drain: Duration,
}

/// Where a request came from: the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Serves until the phase says to stop, then lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut phase: PhaseWatch) {
    let slots = Arc::new(Semaphore::new(limits.connections as usize));
    let per_ip = PerIp::new(limits.connections_per_ip);
    let limits = Arc::new(limits);
    loop {
        let accepted = tokio::select! {
            biased;
            () = phase.stopping() => break,
            accepted = accept(&listener, &slots) => accepted,
        };
        match accepted {
            Ok((stream, peer, slot)) => {
                let Some(place) = per_ip.take(peer.ip()) else {
                    // Dropping the stream closes it; an answer would cost what the limit saves.
                    continue;
                };
                let (router, limits, phase) = (router.clone(), Arc::clone(&limits), phase.clone());
                tokio::spawn(async move {
                    connection::serve(stream, peer, router, &limits, phase).await;
                    drop((slot, place));
                });
            }
            Err(error) => pause_after(&error).await,
        }
    }
    drop(listener);
    let finished = slots.acquire_many(limits.connections);
    if tokio::time::timeout(limits.drain, finished).await.is_err() {
        tracing::warn!("some requests did not finish in time and are cut off");
    }
}

/// A slot first: what cannot be served waits in the kernel's queue.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, slot))
}

/// A connection that broke before it was accepted is nobody's fault; anything else, such as too
/// many open files, would come again at once.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
