//! `GET /`: the orders received, for people who want to see what arrived.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use serde_json::Value;

use super::Shared;
use super::store::{Received, StoredOrder};
use crate::faults::Faults;

const STYLE: &str = include_str!("page.css");

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/", get(page))
}

async fn page(State(shared): State<Arc<Shared>>) -> Html<String> {
    let faults = shared.faults().clone();
    let store = shared.store();
    let received = store.received();
    let doubled = received.values().filter(|one| one.orders > 1).count();
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta http-equiv=\"refresh\" content=\"3\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>ASystem emulator: {count} orders</title><style>{STYLE}</style>\
         <header><h1>ASystem emulator</h1><p>{count} orders received{doubled}. {health}</p>\
         <p><a href=\"/_orders\">JSON</a> · <a href=\"/_faults\">fault switches</a></p></header>",
        count = store.orders().len(),
        doubled = match doubled {
            0 => String::new(),
            n => format!(", <strong>{n} of them doubled</strong>"),
        },
        health = health(&faults),
    );
    for order in store.orders().iter().rev() {
        let counted = received
            .get(&order.external_number)
            .copied()
            .unwrap_or_default();
        article(&mut html, order, counted);
    }
    Html(html)
}

fn health(faults: &Faults) -> String {
    if *faults == Faults::default() {
        "In good health.".to_owned()
    } else {
        let switches = serde_json::to_string(faults).unwrap_or_default();
        format!(
            "<strong>Faults are on:</strong> <code>{}</code>",
            escape(&switches)
        )
    }
}

fn article(html: &mut String, stored: &StoredOrder, counted: Received) {
    let order = &stored.order;
    let class = if counted.orders > 1 {
        " class=\"doubled\""
    } else {
        ""
    };
    let customer = &order["customer"];
    put(
        html,
        &format!("<article{class}><h2>{}", escape(&stored.number)),
    );
    put(
        html,
        &format!(" <small>{}</small>", escape(&stored.external_number)),
    );
    put(
        html,
        &format!(
            "<span>{} {}</span></h2>",
            text(&order["price"]),
            text(&order["currency"])
        ),
    );
    put(html, &format!("<p>{}", text(&customer["name"])));
    for field in ["organisation", "phone", "email"] {
        if !customer[field].is_null() {
            put(html, &format!(" · {}", text(&customer[field])));
        }
    }
    put(
        html,
        &format!(
            "</p><p class=\"quiet\">received {}",
            escape(&stored.received_at)
        ),
    );
    if counted.requests > 1 {
        put(html, &format!(", came {} times", counted.requests));
    }
    if counted.orders > 1 {
        put(
            html,
            &format!(", <strong>became {} orders</strong>", counted.orders),
        );
    }
    put(html, "</p>");
    for item in list(&order["items"]) {
        put(
            html,
            &format!(
                "<h3>{} <small>× {}</small><span>{}</span></h3>",
                text(&item["name"]),
                text(&item["quantity"]),
                text(&item["price"])
            ),
        );
        let group = text(&item["group"]);
        if !group.is_empty() {
            put(html, &format!("<p>{group}</p>"));
        }
        table(html, list(&item["summary"]), "value");
        table(html, list(&item["price_lines"]), "amount");
    }
    table(html, list(&order["parameters"]), "value");
    let pretty = serde_json::to_string_pretty(order).unwrap_or_default();
    put(
        html,
        &format!(
            "<details><summary>as it was sent</summary><pre>{}</pre></details></article>",
            escape(&pretty)
        ),
    );
}

fn table(html: &mut String, rows: &[Value], column: &str) {
    if rows.is_empty() {
        return;
    }
    put(html, "<table>");
    for row in rows {
        put(
            html,
            &format!("<tr><th>{}<td>{}", text(&row["name"]), text(&row[column])),
        );
    }
    put(html, "</table>");
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => escape(text),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            escape(&value.to_string())
        }
    }
}

fn put(html: &mut String, piece: &str) {
    html.push_str(piece);
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' | '\'' => {
                // Writing to a string cannot fail.
                let _ = write!(safe, "&#{};", u32::from(char));
            }
            _ => safe.push(char),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_order_says_is_shown_and_never_run() {
        let mut html = String::new();
        let stored = StoredOrder {
            id: "1".to_owned(),
            number: "A-00001".to_owned(),
            status: "new".to_owned(),
            idempotency_key: None,
            external_number: "T-1".to_owned(),
            received_at: "2026-11-24T10:00:00Z".to_owned(),
            order: serde_json::json!({ "customer": { "name": "<script>alert('x')</script>" } }),
        };
        article(&mut html, &stored, Received::default());
        assert!(!html.contains("<script"));
        assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)"));
    }
}
