//! A stored order as people see it: the receipt, the buyer's page, the lines in words.

use anyhow::Context as _;
use tirage_pricing::Decimal;
use tirage_pricing::json::{FromJson, Json, Node};
use tirage_storage::outbox::DeliveryState;
use tirage_storage::{DeliverySummary, Order, OrderHead};
use tirage_wire::cart::Shipping;
use tirage_wire::order::{Forwarding, OrderLine, OrderStatus, OrderView, Receipt};

use crate::app::App;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::summary::summary;

/// The answer to a submit.
pub(crate) fn receipt(head: &OrderHead) -> Result<Receipt, ApiError> {
    Ok(Receipt {
        number: head.number.clone(),
        token: head.token.reveal().to_owned(),
        url: url(head),
        status: status(head)?,
        total: decimal(&head.total)?,
        currency: head.currency.clone(),
    })
}

/// The order's page.
pub(crate) async fn view(
    app: &App,
    order: &Order,
    deliveries: &[DeliverySummary],
) -> Result<OrderView, ApiError> {
    let shipping = shipping(order)?;
    let remote = deliveries
        .iter()
        .find_map(|delivery| delivery.remote_number.clone());
    Ok(OrderView {
        number: order.head.number.clone(),
        placed_at: rfc3339(order.head.placed_at),
        status: status(&order.head)?,
        forwarding: forwarding(deliveries),
        remote_number: remote,
        shipping_method: shipping.map(|shipping| shipping.method),
        issue_date: order.issue_date.clone(),
        lines: lines(app, order).await?,
        total: decimal(&order.head.total)?,
        currency: order.head.currency.clone(),
    })
}

/// How the order is handed over, if anything was said about it.
pub(crate) fn shipping(order: &Order) -> Result<Option<Shipping>, ApiError> {
    order.shipping.as_deref().map(read).transpose()
}

/// The lines, with their answers in the words of the template they were ordered by.
pub(crate) async fn lines(app: &App, order: &Order) -> Result<Vec<OrderLine>, ApiError> {
    let mut lines = Vec::with_capacity(order.lines.len());
    for line in &order.lines {
        let stored = app.templates.require(&line.template).await?;
        let answers = read(&line.answers)?;
        let quote = stored.template.quote(&answers, &[]);
        lines.push(OrderLine {
            product: line.product.clone(),
            name: stored.template.name().clone(),
            run: decimal(&line.run)?,
            summary: summary(&stored.template, &quote.fields),
            total: decimal(&line.total)?,
            group: line.group.as_deref().map(read).transpose()?,
        });
    }
    Ok(lines)
}

/// What the buyer may know: whether somebody at the shop has to look at it, not what went wrong.
fn forwarding(deliveries: &[DeliverySummary]) -> Forwarding {
    let any = |states: &[DeliveryState]| {
        deliveries
            .iter()
            .any(|delivery| states.contains(&delivery.state))
    };
    if any(&[DeliveryState::Dead]) {
        Forwarding::Attention
    } else if any(&[
        DeliveryState::Pending,
        DeliveryState::Leased,
        DeliveryState::Unknown,
    ]) {
        Forwarding::Sending
    } else if any(&[DeliveryState::Done]) {
        Forwarding::Arrived
    } else {
        Forwarding::None
    }
}

/// Path of the buyer's page.
pub(crate) fn url(head: &OrderHead) -> String {
    format!("/orders/{}", head.token.reveal())
}

/// Where the order stands.
pub(crate) fn status(head: &OrderHead) -> Result<OrderStatus, ApiError> {
    OrderStatus::from_name(&head.status)
        .with_context(|| format!("order `{}` has the status `{}`", head.id, head.status))
        .map_err(ApiError::internal)
}

/// A stored amount.
pub(crate) fn decimal(text: &str) -> Result<Decimal, ApiError> {
    tirage_pricing::decimal::parse(text)
        .with_context(|| format!("a stored amount is `{text}`"))
        .map_err(ApiError::internal)
}

/// A stored wire type. What fails to be read is ours, not the client's.
pub(crate) fn read<T: FromJson>(text: &str) -> Result<T, ApiError> {
    let json = Json::parse(text).map_err(ApiError::internal)?;
    // The message repeats what was found, which may be a customer's.
    T::from_json(&Node::root(&json)).map_err(|error| {
        ApiError::internal(anyhow::anyhow!(
            "a stored document: {}: expected {}",
            error.pointer,
            error.expected
        ))
    })
}
