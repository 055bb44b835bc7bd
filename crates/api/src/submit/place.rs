//! The rows of an order: what was ordered, by whom, and one delivery for each print house.

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::ToJson as _;
use tirage_storage::{NewDelivery, NewOrder, OrderId, OrderLine, OrderToken};
use tirage_wire::cart::Cart;
use tirage_wire::order::OrderStatus;

use super::IdempotencyKey;
use super::check::Buyer;
use super::forward::{Particulars, payload};
use super::price::PricedLine;
use crate::app::App;
use crate::clock::rfc3339;
use crate::error::ApiError;

/// What a delivery of a new order does at its target.
pub(crate) const CREATE_ORDER: &str = "create_order";

/// The order to store.
pub(super) fn order(
    app: &App,
    (key, cart_hash): (&IdempotencyKey, String),
    (cart, buyer): (&Cart, Buyer),
    lines: &[PricedLine],
) -> Result<NewOrder, ApiError> {
    let first = lines
        .first()
        .ok_or_else(|| ApiError::internal(anyhow::anyhow!("a checked cart has no lines")))?;
    let currency = first.stored.template.currency();
    let now = app.clock.now();
    let (id, token) = app
        .entropy
        .with(|rng| (OrderId::random(now, rng), OrderToken::random(rng)));
    let particulars = Particulars {
        buyer: &buyer,
        locale: &cart.locale,
        placed_at: rfc3339(now),
        url: format!("{}/orders/{}", app.config.server.public_url, token.reveal()),
        // Compared with the sum of the lines before.
        total: cart.total,
        currency,
    };
    let payload = payload(particulars, lines);
    let delivery = |target: &tirage_storage::TargetId| NewDelivery {
        target: target.clone(),
        kind: CREATE_ORDER.to_owned(),
        payload: payload.clone(),
    };
    Ok(NewOrder {
        id,
        token,
        shop: app.shop.clone(),
        idem: key.as_str().to_owned(),
        cart_hash,
        customer: buyer.customer.to_json().to_string(),
        shipping: buyer.shipping.map(|own| own.to_json().to_string()),
        issue_date: buyer.issue_date,
        consent_at: buyer.consent_at,
        comment: buyer.comment,
        locale: cart.locale.clone(),
        currency: currency.to_owned(),
        total: canonical(cart.total),
        status: OrderStatus::Placed.as_str().to_owned(),
        lines: lines.iter().map(line).collect(),
        deliveries: app.targets.iter().map(delivery).collect(),
    })
}

fn line(line: &PricedLine) -> OrderLine {
    OrderLine {
        product: line.product.clone(),
        template: line.stored.revision.clone(),
        answers: line.answers.to_json().to_string(),
        run: canonical(line.run.run),
        quote: line.quote.to_json().to_string(),
        total: canonical(line.total),
        group: line.group.as_ref().map(|group| group.to_json().to_string()),
    }
}
