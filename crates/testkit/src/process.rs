//! The program itself, as a process that can be killed at any moment.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::TestDatabase;

/// A running `tirage serve`. Dropping it kills it.
#[derive(Debug)]
pub struct Service {
    child: Child,
    log: JoinHandle<String>,
    /// Where it listens.
    pub address: SocketAddr,
    /// Everything it announced before it listened, and the line in which it said so.
    pub announced: Vec<String>,
}

impl Service {
    /// Starts the program with these settings and waits until it listens.
    pub async fn start(program: &Path, settings: &Path) -> Self {
        let mut child = Command::new(program)
            .args(["serve", "--config"])
            .arg(settings)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        // Reading on keeps the program from waiting for a reader.
        let mut stderr = child.stderr.take().expect("its log");
        let log = tokio::spawn(async move {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text).await;
            text
        });
        let stdout = child.stdout.take().expect("its output");
        let mut lines = BufReader::new(stdout).lines();
        let mut announced = Vec::new();
        while let Some(line) = lines.next_line().await.expect("a line") {
            announced.push(line);
            let last = announced.last().map(String::as_str).unwrap_or_default();
            if let Some(address) = last.strip_prefix("listening on http://") {
                let address = address.parse().expect("an address");
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Self {
                    child,
                    log,
                    address,
                    announced,
                };
            }
        }
        let log = log.await.expect("its log");
        panic!("the program ended before it listened: {log}");
    }

    /// `kill -9`, and waits until it is gone.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("a process to kill");
    }

    /// `SIGTERM`.
    pub async fn terminate(&self) {
        let pid = self.child.id().expect("a running process").to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().await;
        assert!(sent.expect("`kill` runs").success());
    }

    /// Waits for its end and answers whether it ended well, and its log.
    pub async fn ended(mut self) -> (bool, String) {
        let status = self.child.wait().await.expect("its end");
        (status.success(), self.log.await.expect("its log"))
    }
}

/// Settings for the program: a free port, a fresh database, and a print house that it soon asks
/// again.
pub async fn service_settings(
    database: TestDatabase,
    directory: &Path,
    (print_house, key): (&str, &str),
) -> String {
    let database = database.settings(directory).await;
    let products = crate::app::products(directory);
    format!(
        "[server]\nlisten = \"127.0.0.1:0\"\n\
         {database}\
         [outbox]\npoll_ms = 50\nrequest_timeout_ms = 1000\nlease_ms = 1500\n\
         [[connections]]\nid = \"asystem\"\nkind = \"asystem\"\napi_host = {print_house:?}\n\
         api_key = {key:?}\nsettle_seconds = 0\nrate_per_minute = 0\n\
         network = {{ allow = [\"127.0.0.1\"], plain_http = true }}\n{products}"
    )
}

/// Asks again and again until the answer is yes; fails after the deadline.
pub async fn until(what: &str, within: Duration, mut ask: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + within;
    while !ask().await {
        assert!(Instant::now() < deadline, "{what}: not within {within:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
