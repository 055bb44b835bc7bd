//! HTTP by hand over a real socket, for what a proper client would never do.

use std::net::SocketAddr;
use std::time::Duration;

use http::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Exchange;

/// Longer than anything takes that works.
const DEADLINE: Duration = Duration::from_secs(20);

/// A connection that a test writes bytes to.
#[derive(Debug)]
pub struct Socket(TcpStream);

impl Socket {
    /// Connects, or says why not.
    ///
    /// # Errors
    /// When nobody accepts.
    pub async fn connect(address: SocketAddr) -> std::io::Result<Self> {
        TcpStream::connect(address).await.map(Self)
    }

    /// Writes bytes; a closed other end is not noticed here.
    pub async fn write(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes).await;
    }

    /// Reads until the other end closes, or until the deadline: then `None`.
    pub async fn read_to_end(&mut self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = tokio::time::timeout(DEADLINE, self.0.read_to_end(&mut bytes)).await;
        // A reset is a way of closing.
        read.ok().map(|_| bytes)
    }

    /// Writes bytes, waits, and answers whether the other end has closed meanwhile.
    pub async fn is_closed_after(&mut self, bytes: &[u8], wait: Duration) -> bool {
        let mut ignored = [0; 1024];
        self.write(bytes).await;
        match tokio::time::timeout(wait, self.0.read(&mut ignored)).await {
            Ok(Ok(length)) => length == 0,
            Ok(Err(_)) => true,
            Err(_) => false,
        }
    }

    /// Reads some bytes.
    pub async fn read_some(&mut self) -> Vec<u8> {
        let mut bytes = vec![0; 64 * 1024];
        let read = tokio::time::timeout(DEADLINE, self.0.read(&mut bytes)).await;
        let length = read.ok().and_then(Result::ok).unwrap_or_default();
        bytes.truncate(length);
        bytes
    }
}

/// One request on a connection of its own. `None` when no complete answer came, for whatever
/// reason: the client then knows nothing.
pub async fn exchange(address: SocketAddr, head: &str, body: &str) -> Option<Exchange> {
    let mut socket = Socket::connect(address).await.ok()?;
    let length = body.len();
    let request = format!(
        "{head}\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    );
    socket.write(request.as_bytes()).await;
    parse(&socket.read_to_end().await?)
}

/// Reads an answer with a `Content-Length`.
fn parse(bytes: &[u8]) -> Option<Exchange> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse::<u16>().ok()?;
    let mut headers = http::HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name = http::HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, value.trim().parse().ok()?);
    }
    let body = bytes.get(end + 4..)?.to_vec();
    let length = headers.get("content-length")?.to_str().ok()?;
    let length: usize = length.parse().ok()?;
    (body.len() == length).then_some(Exchange {
        status: StatusCode::from_u16(status).ok()?,
        headers,
        body,
    })
}
