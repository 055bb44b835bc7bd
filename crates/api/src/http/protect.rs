//! A request that takes too long or a handler that fails still gets a proper answer.

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use tirage_wire::problem::ProblemCode;

use crate::error::ApiError;

/// Cuts a request off, the reading of its body included.
pub(crate) async fn limit_time(
    State(limit): State<Duration>,
    request: Request,
    next: Next,
) -> Response {
    tokio::time::timeout(limit, next.run(request))
        .await
        .unwrap_or_else(|_| {
            ApiError::unavailable(
                "the answer took too long; an order may be stored: ask again with the same key",
            )
            .into_response()
        })
}

/// A panic is a fault of ours like any other; its message may hold anything, so nobody sees it.
pub(crate) fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    ApiError::internal(anyhow::anyhow!("a handler panicked")).into_response()
}

/// The answer for an address nobody knows.
pub(crate) async fn no_such_address() -> ApiError {
    ApiError::not_found("such address")
}

/// The answer for an address that does not know the method.
pub(crate) async fn no_such_method() -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        ProblemCode::MethodNotAllowed,
        "this address does not know the method; `Allow` lists those it knows",
    )
}
