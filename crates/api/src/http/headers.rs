//! Headers of every answer, and the policy of every page.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use http::header::{self, HeaderName, HeaderValue};

/// Nothing from elsewhere, nothing inline, WebAssembly allowed, and no frame around it: the
/// administrator's pages.
const STRICT: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";
/// The demo's pages that may stand in a frame of the demo.
const HOSTS: &str = "/hosts/";
const EVERYWHERE: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Adds the headers of every answer and, to pages, their policy.
pub(crate) async fn secure(request: Request, next: Next) -> Response {
    let framed = request.uri().path().starts_with(HOSTS);
    let mut response = next.run(request).await;
    let is_page = is_html(response.headers());
    let headers = response.headers_mut();
    for (name, value) in EVERYWHERE {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_page {
        // A page may have brought its own.
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert_with(|| policy(framed));
        // The address of an order's page opens it.
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        );
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
    }
    response
}

fn policy(framed: bool) -> HeaderValue {
    let strict = HeaderValue::from_static(STRICT);
    if !framed {
        return strict;
    }
    let text = STRICT.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    HeaderValue::from_str(&text).unwrap_or(strict)
}

fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// Whether a client has this version already.
pub(crate) fn is_current(headers: &HeaderMap, etag: &str) -> bool {
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || weak(tag) == weak(etag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_recognised_in_a_list_and_when_weak() {
        let check = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(value));
            is_current(&headers, "W/\"a1\"")
        };
        assert!(check("\"a1\""));
        assert!(check("\"b\", W/\"a1\""));
        assert!(check("*"));
        assert!(!check("\"a\""));
    }
}
