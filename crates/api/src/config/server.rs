//! `[server]`: how HTTP is served.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::Problem;

/// How HTTP is served.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Address under which browsers reach the service, without a slash at the end.
    pub public_url: String,
    /// Directory of the files for browsers.
    pub assets: PathBuf,
    /// Whether the demo shop is served.
    pub demo: bool,
    /// Connections at once.
    pub max_connections: u32,
    /// Connections at once from one address.
    pub max_connections_per_ip: u32,
    /// Time for the head of a request.
    pub header_timeout_ms: u64,
    /// Time from the head to the answer.
    pub request_timeout_ms: u64,
    /// Time an answer may stay unread.
    pub idle_timeout_ms: u64,
    /// Time between the signal and the end of accepting.
    pub drain_delay_ms: u64,
    /// Time for running requests to finish.
    pub drain_timeout_ms: u64,
}

impl ServerConfig {
    /// Whether browsers use TLS, so that cookies may be secure ones.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Time from the head to the answer.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }

    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        if !is_origin(&self.public_url) {
            let expected = "scheme and host without a path, such as \"https://print.example\"";
            problems.push(Problem::new(
                "server.public_url",
                expected,
                &self.public_url,
            ));
        }
        let timeouts = [
            ("server.header_timeout_ms", self.header_timeout_ms),
            ("server.request_timeout_ms", self.request_timeout_ms),
            ("server.idle_timeout_ms", self.idle_timeout_ms),
            ("server.max_connections", u64::from(self.max_connections)),
            (
                "server.max_connections_per_ip",
                u64::from(self.max_connections_per_ip),
            ),
        ];
        for (place, value) in timeouts {
            if value == 0 {
                problems.push(Problem::new(place, "more than 0", value));
            }
        }
    }
}

/// Whether a text is a web origin: scheme, host and perhaps a port, nothing behind.
pub(super) fn is_origin(text: &str) -> bool {
    let Some(host) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    !host.is_empty() && host.chars().all(allowed) && host == host.to_lowercase()
}
