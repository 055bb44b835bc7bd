//! `/admin/api/…`: for the administrator's pages only; same-origin, JSON, by session cookie.

mod access;
mod deliveries;
mod orders;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use http::header::{self, HeaderValue};
use tower_http::compression::CompressionLayer;

use crate::admin::origin;
use crate::app::App;
use crate::http::protect;

const BODY_BYTES: usize = 64 * 1024;

pub(super) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/admin/api/setup", post(access::set_up))
        .route("/admin/api/login", post(access::log_in))
        .route("/admin/api/logout", post(access::log_out))
        .route("/admin/api/session", get(access::session))
        .route("/admin/api/orders", get(orders::page))
        .route("/admin/api/orders/{id}", get(orders::detail))
        .route("/admin/api/deliveries/{id}", post(deliveries::command))
        .method_not_allowed_fallback(protect::no_such_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn_with_state(Arc::clone(app), origin::same_origin))
        .layer(CompressionLayer::new())
        .layer(from_fn(keep_private))
}

/// No copy of customers' data in any cache.
async fn keep_private(
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
