//! Orders for the administrator: the list, and one with everything about it.

use std::sync::Arc;

use axum::extract::{Query, State};
use serde::Deserialize;
use tirage_storage::{OrderId, OrderPage as Page, OrderRow as Row};
use tirage_wire::admin::{OrderDetail, OrderPage, OrderRow};
use tirage_wire::cart::Customer;

use super::deliveries::{self, Pauses};
use crate::admin::session::Administrator;
use crate::app::App;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::http::body::{Answer, Step};
use crate::orders::{decimal, lines, read, shipping, status, url};

const PAGE: usize = 50;

/// Which orders.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    /// Where the page begins: the `next` of the page before.
    before: Option<String>,
    /// Only orders in this status.
    status: Option<String>,
    /// Only orders whose number begins like this.
    number: Option<String>,
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    _: Administrator,
    filter: Result<Query<Filter>, axum::extract::rejection::QueryRejection>,
) -> Result<Answer<OrderPage>, ApiError> {
    let Query(filter) = filter.unwrap_or_default();
    let page = Page {
        shop: app.shop.clone(),
        status: filter.status,
        number: filter.number,
        before: filter.before.as_deref().and_then(cursor),
        limit: i64::try_from(PAGE).unwrap_or(i64::MAX),
    };
    let rows = app.storage.orders().list(&page).await?;
    let next = rows.last().filter(|_| rows.len() == PAGE).map(|row| {
        let head = &row.head;
        format!("{}.{}", head.placed_at, head.id)
    });
    let pauses = Pauses::load(&app).await?;
    let orders = rows.iter().map(|row| order_row(row, &pauses));
    let orders = orders.collect::<Result<_, _>>()?;
    Ok(Answer(OrderPage { orders, next }))
}

pub(super) async fn detail(
    State(app): State<Arc<App>>,
    _: Administrator,
    Step(id): Step<String>,
) -> Result<Answer<OrderDetail>, ApiError> {
    let order = app.storage.orders().by_id(&OrderId::new(id)).await?;
    let order = order.ok_or_else(|| ApiError::not_found("such order"))?;
    let pauses = Pauses::load(&app).await?;
    let mut views = Vec::new();
    for delivery in app.storage.outbox().of_order(&order.head.id).await? {
        views.push(deliveries::view(&app, &delivery, &pauses).await?);
    }
    let events = app.storage.orders().events(&order.head.id).await?;
    Ok(Answer(OrderDetail {
        id: order.head.id.as_str().to_owned(),
        number: order.head.number.clone(),
        url: url(&order.head),
        placed_at: rfc3339(order.head.placed_at),
        status: status(&order.head)?,
        customer: read(&order.customer)?,
        shipping: shipping(&order)?,
        issue_date: order.issue_date.clone(),
        consent_at: order.consent_at.map(rfc3339),
        comment: order.comment.clone(),
        lines: lines(&app, &order).await?,
        total: decimal(&order.head.total)?,
        currency: order.head.currency.clone(),
        deliveries: views,
        events: events
            .iter()
            .map(deliveries::event)
            .collect::<Result<_, _>>()?,
    }))
}

fn order_row(row: &Row, pauses: &Pauses) -> Result<OrderRow, ApiError> {
    let head = &row.head;
    let customer: Customer = read(&row.customer)?;
    Ok(OrderRow {
        id: head.id.as_str().to_owned(),
        number: head.number.clone(),
        placed_at: rfc3339(head.placed_at),
        customer: customer.organisation.unwrap_or(customer.name),
        status: status(head)?,
        total: decimal(&head.total)?,
        currency: head.currency.clone(),
        deliveries: row
            .deliveries
            .iter()
            .map(|delivery| deliveries::delivery(delivery, pauses))
            .collect::<Result<_, _>>()?,
    })
}

/// Where a page begins. An unreadable one begins at the beginning.
fn cursor(text: &str) -> Option<(tirage_storage::Millis, OrderId)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, OrderId::new(id)))
}
