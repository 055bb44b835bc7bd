//! `GET /v1/templates/{revision}`: templates as they were written, by the hash of their text, so
//! for ever the same.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderValue};
use http::{HeaderMap, StatusCode};
use tirage_storage::Revision;

use crate::app::App;
use crate::catalogue::Stored;
use crate::error::ApiError;
use crate::http::body::Step;
use crate::http::headers::is_current;

pub(super) async fn text(
    State(app): State<Arc<App>>,
    Step(revision): Step<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let stored = find(&app, revision).await?;
    let etag = format!("W/\"{}\"", stored.revision);
    Ok(for_ever(&headers, &etag, || {
        let media = [(header::CONTENT_TYPE, "application/json")];
        (media, stored.text.clone()).into_response()
    }))
}

async fn find(app: &App, revision: String) -> Result<Arc<Stored>, ApiError> {
    let stored = app.templates.find(&Revision::new(revision)).await?;
    stored.ok_or_else(|| ApiError::not_found("such template"))
}

/// The answer, which may be kept for ever, or only that the client has it.
fn for_ever(headers: &HeaderMap, etag: &str, answer: impl FnOnce() -> Response) -> Response {
    let mut response = if is_current(headers, etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer()
    };
    let caching = HeaderValue::from_static("public, max-age=31536000, immutable");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, caching);
    if let Ok(etag) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}
