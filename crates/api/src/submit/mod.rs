//! From a cart to an order: checked, priced again, stored with its deliveries in one transaction.
//!
//! Nothing a client says about money is believed: its totals are only compared with ours, and what
//! is stored is the effective answers, the template's own quote and its total. The order of steps
//! matters once: a repeated key is answered with its order before anything is priced, because the
//! retry of a submit that succeeded must succeed even when the price has changed since.

mod check;
mod customer;
mod forward;
mod key;
mod place;
mod price;
mod shipping;

use sha2::{Digest, Sha256};
use tirage_pricing::json::ToJson as _;
use tirage_storage::{OrderHead, Placed};
use tirage_wire::cart::Cart;
use tirage_wire::problem::{FieldError, ProblemCode};

use http::StatusCode;

use crate::app::App;
use crate::entropy::hex;
use crate::error::ApiError;

pub(crate) use check::quoted;
pub(crate) use key::IdempotencyKey;
pub(crate) use place::CREATE_ORDER;

/// An order that is stored.
#[derive(Debug)]
pub(crate) enum Submitted {
    /// By this request.
    New(OrderHead),
    /// By an earlier one with the same key and cart.
    Before(OrderHead),
}

/// Stores the cart as an order, or says why not.
pub(crate) async fn submit(
    app: &App,
    key: &IdempotencyKey,
    cart: &Cart,
) -> Result<Submitted, ApiError> {
    let hash = hash(cart);
    let orders = app.storage.orders();
    if let Some(placed) = orders.earlier(&app.shop, key.as_str(), &hash).await? {
        return submitted(placed);
    }
    let now = app.clock.now();
    let buyer = check::cart(cart, now)?;
    let lines = price::lines(app, cart).await?;
    let order = place::order(app, (key, hash), (cart, buyer), &lines)?;
    let placed = orders.place(order, now).await?;
    if matches!(placed, Placed::New(_)) {
        app.metrics.order_placed();
    }
    submitted(placed)
}

/// The same cart gives the same hash, however its JSON was written.
fn hash(cart: &Cart) -> String {
    hex(&Sha256::digest(cart.to_json().to_string().as_bytes()))
}

fn submitted(placed: Placed) -> Result<Submitted, ApiError> {
    match placed {
        Placed::New(head) => Ok(Submitted::New(head)),
        Placed::Repeated(head) => Ok(Submitted::Before(head)),
        Placed::KeyReused => Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            ProblemCode::IdempotencyKeyReused,
            "this `Idempotency-Key` came with another cart before; a changed cart needs a new key",
        )),
    }
}

/// A place in the cart that is not right.
pub(crate) fn wrong(
    pointer: impl Into<String>,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> FieldError {
    FieldError {
        pointer: pointer.into(),
        expected: expected.into(),
        found: found.into(),
    }
}
