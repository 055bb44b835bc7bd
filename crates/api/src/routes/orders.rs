//! `POST /v1/orders` and `GET /v1/orders/{token}`: a cart becomes an order, an order has a page.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderValue};
use http::{HeaderMap, StatusCode};
use tirage_storage::OrderToken;
use tirage_wire::cart::Cart;
use tirage_wire::problem::ProblemCode;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{Answer, Step, WireJson};
use crate::orders::{receipt, view};
use crate::submit::{IdempotencyKey, Submitted, submit};

pub(super) async fn place(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    key: IdempotencyKey,
    WireJson(cart): WireJson<Cart>,
) -> Result<Response, ApiError> {
    require_known_origin(&app, &headers)?;
    let (status, head) = match submit(&app, &key, &cart).await? {
        Submitted::New(head) => (StatusCode::CREATED, head),
        Submitted::Before(head) => (StatusCode::OK, head),
    };
    Ok((status, private(Answer(receipt(&head)?))).into_response())
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Step(token): Step<String>,
) -> Result<Response, ApiError> {
    let token = OrderToken::new(token);
    let order = app.storage.orders().by_token(&token).await?;
    let order = order.ok_or_else(|| ApiError::not_found("such order"))?;
    let deliveries = app.storage.outbox().of_order(&order.head.id).await?;
    Ok(private(Answer(view(&app, &order, &deliveries).await?)))
}

/// A browser on another shop's page is stopped by CORS already; this also stops one that lies
/// about having asked.
fn require_known_origin(app: &App, headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let own = std::iter::once(&app.config.server.public_url);
    let mut known = app.config.shop.allowed_origins.iter().chain(own);
    if known.any(|known| known.as_bytes() == origin.as_bytes()) {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::FORBIDDEN,
        ProblemCode::Forbidden,
        "this shop takes no orders from pages of this origin",
    ))
}

fn private(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
