//! `/_faults` and `/_orders`: for tests and for curious people, not part of the emulated system.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::Shared;
use crate::faults::Faults;

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/_faults", get(faults).put(set_faults))
        .route("/_orders", get(orders))
}

async fn faults(State(shared): State<Arc<Shared>>) -> Json<Faults> {
    Json(shared.faults().clone())
}

async fn set_faults(State(shared): State<Arc<Shared>>, Json(faults): Json<Faults>) -> Json<Faults> {
    shared.faults().clone_from(&faults);
    Json(faults)
}

async fn orders(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let store = shared.store();
    Json(json!({ "orders": store.orders(), "received": store.received() }))
}
