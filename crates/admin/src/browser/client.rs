//! The service's administrator API.

use gloo_net::http::Request;
use tirage_pricing::json::{FromJson, Json, Node, ToJson};
use tirage_wire::admin::{
    Delivery, DeliveryAction, DeliveryCommand, Login, OrderDetail, OrderPage, Session, Setup,
};
use web_sys::AbortSignal;

use crate::state::failure::Failure;

const TIMEOUT_MS: u32 = 20_000;

/// Makes the first administrator and logs them in.
pub(crate) async fn set_up(setup: &Setup) -> Result<Session, Failure> {
    read(&post("/admin/api/setup", &setup.to_json()).await?)
}

/// Logs in.
pub(crate) async fn log_in(login: &Login) -> Result<Session, Failure> {
    read(&post("/admin/api/login", &login.to_json()).await?)
}

/// Logs out.
pub(crate) async fn log_out() -> Result<(), Failure> {
    post("/admin/api/logout", &Json::object([])).await.map(drop)
}

/// Asks who is logged in.
pub(crate) async fn session() -> Result<Session, Failure> {
    read(&load("/admin/api/session").await?)
}

/// Loads a page of orders: the first one, or the one that begins before a cursor.
pub(crate) async fn orders(before: Option<&str>) -> Result<OrderPage, Failure> {
    let path = match before {
        Some(cursor) => format!(
            "/admin/api/orders?before={}",
            String::from(js_sys::encode_uri_component(cursor))
        ),
        None => "/admin/api/orders".to_owned(),
    };
    read(&load(&path).await?)
}

/// Loads an order.
pub(crate) async fn order(id: &str) -> Result<OrderDetail, Failure> {
    read(&load(&format!("/admin/api/orders/{id}")).await?)
}

/// Retries or cancels a delivery.
pub(crate) async fn command(delivery: &str, action: DeliveryAction) -> Result<Delivery, Failure> {
    let path = format!("/admin/api/deliveries/{delivery}");
    read(&post(&path, &DeliveryCommand { action }.to_json()).await?)
}

struct Answer {
    status: u16,
    body: String,
}

async fn load(path: &str) -> Result<Answer, Failure> {
    let request = Request::get(path)
        .header("accept", "application/json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)))
        .build();
    exchange(request).await
}

async fn post(path: &str, body: &Json) -> Result<Answer, Failure> {
    let request = Request::post(path)
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)))
        .body(body.to_string());
    exchange(request).await
}

async fn exchange(request: Result<Request, gloo_net::Error>) -> Result<Answer, Failure> {
    let request = request.map_err(|_| Failure::NoAnswer)?;
    let response = request.send().await.map_err(|_| Failure::NoAnswer)?;
    let status = response.status();
    let body = response.text().await.map_err(|_| Failure::NoAnswer)?;
    if response.ok() {
        Ok(Answer { status, body })
    } else {
        Err(Failure::from_answer(status, &body))
    }
}

fn read<T: FromJson>(answer: &Answer) -> Result<T, Failure> {
    let unreadable = Failure::Unreadable {
        status: answer.status,
    };
    let Ok(json) = Json::parse(&answer.body) else {
        return Err(unreadable);
    };
    T::from_json(&Node::root(&json)).map_err(|_| unreadable)
}
