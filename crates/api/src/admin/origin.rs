//! Requests that change something must come from the administrator's own pages.
//!
//! A browser says where a request comes from: `Sec-Fetch-Site` where the connection is secure,
//! `Origin` everywhere. A request that says neither is refused, which is stricter than frameworks
//! are: no browser of ours is without both, and scripts have no business with a cookie.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{self, HeaderMap};
use http::{Method, StatusCode};
use tirage_wire::problem::ProblemCode;

use crate::app::App;
use crate::error::ApiError;

/// Lets a request pass that changes nothing, or comes from our own pages.
pub(crate) async fn same_origin(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let own = &app.config.server.public_url;
    if is_safe(request.method()) || is_ours(request.headers(), own) {
        return next.run(request).await;
    }
    ApiError::new(
        StatusCode::FORBIDDEN,
        ProblemCode::Forbidden,
        "the request does not come from the administrator's pages",
    )
    .into_response()
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn is_ours(headers: &HeaderMap, own: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let origin = text(header::ORIGIN.as_str());
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let origin_is_ours = origin.map(|origin| {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        origin == own || (!host.is_empty() && authority == Some(host))
    });
    match (text("sec-fetch-site"), origin_is_ours) {
        (Some(site), origin) => site == "same-origin" && origin.unwrap_or(true),
        (None, Some(origin)) => origin,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination of what a browser may say, against the rule in one line.
    #[test]
    fn only_our_own_pages_may_change_something() {
        let sites = [
            None,
            Some("same-origin"),
            Some("same-site"),
            Some("cross-site"),
            Some("none"),
            Some(""),
        ];
        let origins = [
            None,
            Some("https://print.example"),
            Some("https://print.example.evil.net"),
            Some("https://evil.net"),
            Some("http://print.example"),
            Some("null"),
            Some(""),
        ];
        for site in sites {
            for origin in origins {
                let mut headers = HeaderMap::new();
                headers.insert("host", "internal:8080".parse().unwrap());
                if let Some(site) = site {
                    headers.insert("sec-fetch-site", site.parse().unwrap());
                }
                if let Some(origin) = origin {
                    headers.insert("origin", origin.parse().unwrap());
                }
                let own = origin == Some("https://print.example");
                let expected = match site {
                    Some(site) => site == "same-origin" && (own || origin.is_none()),
                    None => own,
                };
                let found = is_ours(&headers, "https://print.example");
                assert_eq!(found, expected, "{site:?} {origin:?}");
            }
        }
    }

    #[test]
    fn the_host_that_was_asked_counts_as_our_own() {
        let mut headers = HeaderMap::new();
        headers.insert("host", "127.0.0.1:8080".parse().unwrap());
        headers.insert("origin", "http://127.0.0.1:8080".parse().unwrap());
        assert!(is_ours(&headers, "http://localhost:8080"));
    }
}
