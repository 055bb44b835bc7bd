//! An answer of the service, read completely.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

/// An answer of the service.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Exchange {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(json) => json,
            Err(error) => panic!("{error}: {} {}", self.status, self.text()),
        }
    }

    /// A header as text; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// Status and code of a refusal, after checking that it is one in every respect.
    #[must_use]
    #[track_caller]
    pub fn refusal(&self) -> (u16, String) {
        let status = self.status.as_u16();
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{status} {}",
            self.text()
        );
        let problem = self.json();
        let code = problem["code"].as_str().unwrap_or_default().to_owned();
        assert_eq!(problem["status"], status, "{problem}");
        assert_eq!(
            problem["type"],
            format!("urn:tirage:problem:{code}"),
            "{problem}"
        );
        for field in ["title", "detail"] {
            let words = problem[field].as_str().unwrap_or_default();
            assert!(!words.is_empty(), "`{field}` is empty in {problem}");
        }
        (status, code)
    }
}
