//! A stream that fails when its other end is too slow, whatever the protocol above is doing.
//!
//! Three clocks: until the first complete request, since the last byte read or written, and since
//! a write first found no room. A failed read or write makes hyper close the connection.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

use super::Limits;

/// The guarded stream.
pub(super) struct Guarded {
    stream: TcpStream,
    first_request: FirstRequest,
    until_first: Pin<Box<Sleep>>,
    idle: Duration,
    quiet: Pin<Box<Sleep>>,
    unread: Option<Pin<Box<Sleep>>>,
}

/// Set when the first request has arrived completely.
#[derive(Debug, Clone, Default)]
pub(super) struct FirstRequest(Arc<AtomicBool>);

impl FirstRequest {
    pub(super) fn arrived(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_there(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Guarded {
    pub(super) fn new(stream: TcpStream, limits: &Limits, first_request: FirstRequest) -> Self {
        Self {
            stream,
            first_request,
            until_first: Box::pin(sleep(limits.header)),
            idle: limits.idle,
            quiet: Box::pin(sleep(limits.idle)),
            unread: None,
        }
    }

    fn moved(&mut self) {
        let later = Instant::now() + self.idle;
        self.quiet.as_mut().reset(later);
    }

    fn check_patience(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        if !self.first_request.is_there() && self.until_first.as_mut().poll(context).is_ready() {
            return Poll::Ready(io::ErrorKind::TimedOut.into());
        }
        ready!(self.quiet.as_mut().poll(context));
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }

    /// Reading goes on while an answer waits to be read, so writing has a clock of its own.
    fn written(
        &mut self,
        context: &mut Context<'_>,
        result: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if result.is_ready() {
            self.unread = None;
            self.moved();
            return result;
        }
        let idle = self.idle;
        let unread = self.unread.get_or_insert_with(|| Box::pin(sleep(idle)));
        ready!(unread.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Guarded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_read(context, buffer);
        if result.is_ready() {
            self.moved();
            return result;
        }
        self.check_patience(context).map(Err)
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(context, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
