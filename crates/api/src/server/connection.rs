//! One connection, HTTP/1.1 or HTTP/2.

use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::net::TcpStream;
use tower::ServiceExt as _;

use super::guarded::{FirstRequest, Guarded};
use super::{Limits, Peer, PhaseWatch};

const MOST_HEADERS: usize = 64;
const LARGEST_HEAD: usize = 16 * 1024;
const MOST_STREAMS: u32 = 64;
const MOST_RESET_STREAMS: usize = 20;
const PING_EVERY: std::time::Duration = std::time::Duration::from_secs(20);
const PONG_WITHIN: std::time::Duration = std::time::Duration::from_secs(10);

/// Serves the connection until either end has enough.
pub(super) async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: &Limits,
    mut phase: PhaseWatch,
) {
    // Answers are written whole; waiting for more only delays them.
    let _ = stream.set_nodelay(true);
    let first_request = FirstRequest::default();
    let stream = Guarded::new(stream, limits, first_request.clone());
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        first_request.arrived();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    });
    let builder = builder(limits);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = phase.stopping() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // The client's doing: a time-out, a reset, something that is not HTTP.
        tracing::debug!(%error, "connection ended");
    }
}

fn builder(limits: &Limits) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LARGEST_HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(PONG_WITHIN)
        .max_concurrent_streams(MOST_STREAMS)
        .max_pending_accept_reset_streams(MOST_RESET_STREAMS)
        .max_header_list_size(u32::try_from(LARGEST_HEAD).unwrap_or(u32::MAX));
    builder
}
