//! `/livez`, `/readyz`, `/metrics`: for whoever runs the service.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header;

use crate::app::App;
use crate::error::ApiError;
use crate::server::Phase;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// Ready is who can store an order now. A print house that is down is none of its business:
/// orders wait for it.
async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, ApiError> {
    if app.phase.current() != Phase::Running {
        return Err(ApiError::unavailable("the service is shutting down"));
    }
    app.storage.probe(app.clock.now()).await?;
    Ok("ready\n")
}

async fn metrics(State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let backlog = app.storage.outbox().backlog().await?;
    let text = app.metrics.text(&backlog, app.clock.now());
    let text = text.map_err(ApiError::internal)?;
    let media = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, media)], text).into_response())
}
