//! The emulated system's own interface: our default profile.

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::store::{StoredOrder, Taken};
use super::{Shared, catalogue};
use crate::faults::{Fate, Fault, On};
use crate::serve::Reset;

/// Layers wrap from the inside out: a fault comes before the key is looked at.
pub(super) fn routes(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/identifiers", get(identifiers))
        .route("/templates", get(templates))
        .route("/templates/{id}", get(template))
        .route("/orders", get(find_orders).post(take_order))
        .route("/orders/{id}", get(order))
        .layer(from_fn_with_state(Arc::clone(shared), check_key))
        .layer(from_fn_with_state(Arc::clone(shared), inject_fault))
}

async fn check_key(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let expected = format!("Bearer {}", shared.key);
    let sent = request.headers().get(header::AUTHORIZATION);
    if sent.is_some_and(|sent| sent.as_bytes() == expected.as_bytes()) {
        next.run(request).await
    } else {
        refuse(StatusCode::UNAUTHORIZED, "the key is not known")
    }
}

async fn inject_fault(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let kind = if request.method().is_safe() {
        On::Reads
    } else {
        On::Writes
    };
    let fate = shared.faults().draw(kind);
    if !fate.slow.is_zero() {
        tokio::time::sleep(fate.slow).await;
    }
    let Some(fault) = fate.fault else {
        return next.run(request).await;
    };
    match fault {
        Fault::Down => refuse(StatusCode::SERVICE_UNAVAILABLE, "down for maintenance"),
        Fault::HangBefore => std::future::pending().await,
        Fault::ResetBefore => reset(),
        Fault::RateLimited => (
            [(header::RETRY_AFTER, fate.retry_after.clone())],
            refuse(StatusCode::TOO_MANY_REQUESTS, "too many requests"),
        )
            .into_response(),
        Fault::Unauthorized => refuse(StatusCode::UNAUTHORIZED, "the key has expired"),
        Fault::Conflict => refuse(StatusCode::CONFLICT, "the template's revision is gone"),
        Fault::Reject => objection("Тираж", "out_of_range", "не более 1000"),
        Fault::ErrorAfter => {
            act(&fate, request, next).await;
            refuse(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong")
        }
        Fault::HangAfter => {
            act(&fate, request, next).await;
            std::future::pending().await
        }
        Fault::GarbageAfter => {
            act(&fate, request, next).await;
            Html("<html><body>OK</body></html>").into_response()
        }
        Fault::ResetAfter => {
            act(&fate, request, next).await;
            reset()
        }
    }
}

/// Does what the request asks and drops the answer: now, or later and unseen.
async fn act(fate: &Fate, request: Request, next: Next) {
    if fate.late.is_zero() {
        next.run(request).await;
    } else {
        let late = fate.late;
        // The body has to be read before the connection is gone.
        let (parts, body) = request.into_parts();
        let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
            return;
        };
        tokio::spawn(async move {
            tokio::time::sleep(late).await;
            next.run(Request::from_parts(parts, body.into())).await;
        });
    }
}

fn reset() -> Response {
    let mut response = ().into_response();
    response.extensions_mut().insert(Reset);
    response
}

fn refuse(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error": message }))).into_response()
}

fn objection(parameter: &str, code: &str, message: &str) -> Response {
    let body = json!({
        "errors": [{ "parameter": parameter, "code": code, "message": message }],
    });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

async fn identifiers() -> Json<Value> {
    Json(catalogue::identifiers())
}

/// The list is served one template a page, so that clients have to follow the cursor.
#[derive(Deserialize)]
struct Cursor {
    #[serde(default)]
    cursor: usize,
}

async fn templates(Query(Cursor { cursor }): Query<Cursor>) -> Json<Value> {
    let all = catalogue::templates();
    let items: Vec<Value> = all
        .iter()
        .skip(cursor)
        .take(1)
        .map(|template| {
            json!({
                "id": template["id"],
                "name": template["name"],
                "group": template["group"],
                "revision": template["revision"],
            })
        })
        .collect();
    let next = (cursor + 1 < all.len()).then(|| (cursor + 1).to_string());
    Json(json!({ "items": items, "next": next }))
}

async fn template(Path(id): Path<String>) -> Response {
    match catalogue::template(&id) {
        Some(template) => Json(template).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "no such template"),
    }
}

#[derive(Deserialize)]
struct Search {
    external_number: Option<String>,
}

async fn find_orders(
    State(shared): State<Arc<Shared>>,
    Query(search): Query<Search>,
) -> Json<Value> {
    let store = shared.store();
    let items: Vec<Value> = store
        .orders()
        .iter()
        .filter(|order| match &search.external_number {
            Some(number) => order.external_number == *number,
            None => true,
        })
        .map(answer)
        .collect();
    Json(json!({ "items": items }))
}

async fn order(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let store = shared.store();
    match store.orders().iter().find(|order| order.id == id) {
        Some(order) => Json(answer(order)).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "no such order"),
    }
}

async fn take_order(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(order): Json<Value>,
) -> Response {
    let external_number = match order.get("external_number").and_then(Value::as_str) {
        Some(number) if !number.is_empty() => number.to_owned(),
        _ => return objection("external_number", "required", "the order has no number"),
    };
    if let Some(id) = unknown_template(&order) {
        return refuse(StatusCode::CONFLICT, &format!("template {id} is gone"));
    }
    let forgetful = shared.faults().forgetful;
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok())
        .filter(|_| !forgetful);
    match shared.store().take(key, &external_number, order) {
        Ok(Taken::New(order)) => (StatusCode::CREATED, Json(answer(&order))).into_response(),
        Ok(Taken::Known(order)) => Json(answer(&order)).into_response(),
        Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

fn unknown_template(order: &Value) -> Option<String> {
    let items = order.get("items").and_then(Value::as_array)?;
    items
        .iter()
        .filter_map(|item| item.get("template_id").and_then(Value::as_str))
        .find(|id| catalogue::template(id).is_none())
        .map(ToOwned::to_owned)
}

fn answer(order: &StoredOrder) -> Value {
    json!({
        "id": order.id,
        "number": order.number,
        "status": order.status,
        "external_number": order.external_number,
        "price": order.order.get("price"),
    })
}
