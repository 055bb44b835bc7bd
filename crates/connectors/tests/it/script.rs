//! A server that does exactly what it is told with the bytes of every connection.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does with a connection.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Reads the request and answers.
    Answer(Vec<u8>),
    /// Reads the request, answers this much of it and resets the connection.
    ResetAfter(Vec<u8>),
    /// Reads the request, answers this much of it and closes the connection.
    CloseAfter(Vec<u8>),
    /// Reads this much of the request and resets the connection.
    ResetReading(usize),
    /// Reads the request and says nothing more.
    Silence,
    /// Reads the request, answers this, then one byte now and then, for ever.
    Drip(Vec<u8>),
    /// Reads the request, answers this, then as much as is taken, for ever.
    Flood(Vec<u8>),
}

/// A scripted server; every connection gets the same step until another one is set.
pub(crate) struct Script {
    pub(crate) url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    step: Mutex<Step>,
    requests: Mutex<Vec<String>>,
}

impl Script {
    pub(crate) async fn start(step: Step) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            step: Mutex::new(step),
            requests: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        let server = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let step = serving.step.lock().unwrap().clone();
                tokio::spawn(play(stream, step, Arc::clone(&serving)));
            }
        });
        Self {
            url,
            shared,
            server,
        }
    }

    pub(crate) fn set(&self, step: Step) {
        *self.shared.step.lock().unwrap() = step;
    }

    /// The requests read in full, or the beginning of those that were not.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap().clone()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// An answer in full.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

async fn play(mut stream: TcpStream, step: Step, shared: Arc<Shared>) {
    if let Step::ResetReading(length) = step {
        let mut read = vec![0; length];
        // The client may have sent less; either way the connection ends here.
        let _ = stream.read_exact(&mut read).await;
        stream.set_zero_linger().unwrap();
        return;
    }
    let request = read_request(&mut stream).await;
    shared.requests.lock().unwrap().push(request);
    match step {
        Step::Answer(bytes) | Step::CloseAfter(bytes) => {
            let _ = stream.write_all(&bytes).await;
        }
        Step::ResetAfter(bytes) => {
            let _ = stream.write_all(&bytes).await;
            stream.set_zero_linger().unwrap();
        }
        Step::Silence => {
            // Ends when the client gives up.
            let _ = stream.read_u8().await;
        }
        Step::Drip(bytes) => {
            let _ = stream.write_all(&bytes).await;
            while stream.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        Step::Flood(bytes) => {
            let _ = stream.write_all(&bytes).await;
            while stream.write_all(&[b' '; 4096]).await.is_ok() {}
        }
        Step::ResetReading(_) => unreachable!("handled above"),
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).await.unwrap_or(0);
        request.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&request);
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, length)| length.trim().parse().unwrap());
            body.len() >= length
        });
        if read == 0 || whole {
            return text.into_owned();
        }
    }
}
