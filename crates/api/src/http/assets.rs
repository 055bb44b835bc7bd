//! Files for browsers, from the directory that the build fills: the widget, the administrator's
//! pages, the demo shop.
//!
//! `/v/<version>/…` never changes and is kept for ever; `/v1/…` is the newest of version 1; pages
//! are asked for again every time. A file with a `.br` or `.gz` beside it is sent compressed.

use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use http::header::{self, HeaderName, HeaderValue};
use http::{StatusCode, Uri};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use crate::error::ApiError;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The copy that a browser has may be used once more while it asks, and while it gets no answer.
const SHORTLY: &str = "public, max-age=300, stale-while-revalidate=604800";
const ASK_AGAIN: &str = "no-cache";

/// The directory of files.
#[derive(Debug, Clone)]
pub(crate) struct Assets(ServeDir);

impl Assets {
    pub(crate) fn new(directory: &Path) -> Self {
        let files = ServeDir::new(directory)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        Self(files)
    }

    /// The file that the request's path names.
    pub(crate) async fn file(&self, request: Request) -> Result<Response, ApiError> {
        let path = request.uri().path();
        let (caching, shared) = if path.starts_with("/v/") {
            (FOR_EVER, true)
        } else if path.starts_with("/v1/") {
            (SHORTLY, true)
        } else {
            (ASK_AGAIN, false)
        };
        let mut response = self.send(request).await?;
        if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
            if shared {
                share(headers);
            }
        }
        Ok(response)
    }

    /// A page, whatever the request's path.
    pub(crate) async fn page(
        &self,
        mut request: Request,
        file: &'static str,
    ) -> Result<Response, ApiError> {
        *request.uri_mut() = Uri::from_static(file);
        let mut response = self.send(request).await?;
        let caching = HeaderValue::from_static(ASK_AGAIN);
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, caching);
        Ok(response)
    }

    /// A file that pages of others load, whatever the request's path.
    pub(crate) async fn shared(
        &self,
        mut request: Request,
        file: &'static str,
    ) -> Result<Response, ApiError> {
        *request.uri_mut() = Uri::from_static(file);
        self.file(request).await
    }

    async fn send(&self, request: Request) -> Result<Response, ApiError> {
        let Ok(response) = self.0.clone().oneshot(request).await;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::TEMPORARY_REDIRECT => {
                Err(ApiError::not_found("such file"))
            }
            _ => Ok(response.map(Body::new).into_response()),
        }
    }
}

/// The widget's files are public and carry nothing of a visitor: any page may load them.
fn share(headers: &mut http::HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}
