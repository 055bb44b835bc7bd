//! `GET /v1/frame/{product}`: a calculator for pages that want it in a frame, such as editors.
//!
//! Exactly the shop's origins may hold the frame: the browser is told by the policy, and the
//! frame's script by a list, because it answers nobody else.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use tirage_pricing::json::Json;

use crate::app::App;
use crate::error::ApiError;

pub(super) async fn page(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Response, ApiError> {
    let mut response = app.assets.page(request, "/frame/index.html").await?;
    let origins = origins(&app).join(" ");
    // The shop's own styles may come from any of its origins.
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         connect-src 'self' {origins}; \
         img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; frame-ancestors {origins}"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response
            .headers_mut()
            .insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// Who may hold the frame.
pub(super) async fn list(State(app): State<Arc<App>>) -> Response {
    let listed = origins(&app).into_iter().map(Json::text).collect();
    let body = Json::object([("origins", Json::List(listed))]).to_string();
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, body).into_response()
}

fn origins(app: &App) -> Vec<&str> {
    let own = std::iter::once(&app.config.server.public_url);
    let all = own.chain(&app.config.shop.allowed_origins);
    all.map(String::as_str).collect()
}
