//! Orders: placed once per idempotency key, then only their status and history change.
//!
//! What was ordered is frozen: each line keeps its template revision, its answers and the quote
//! it was sold by. JSON stays text here; `tirage-wire` knows what is in it.

mod batch;
mod history;
mod number;
mod place;
mod read;

use crate::{Millis, NewDelivery, OrderId, OrderToken, Revision, ShopId, Storage};

pub(crate) use batch::Batcher;
pub(crate) use history::record;
pub(crate) use number::Blocks;

/// An order to place. Id and token are made by the caller, who owns the randomness.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Its id (see [`OrderId::random`]).
    pub id: OrderId,
    /// Its token (see [`OrderToken::random`]).
    pub token: OrderToken,
    /// The shop that sells.
    pub shop: ShopId,
    /// The client's idempotency key; one order per shop and key, for ever.
    pub idem: String,
    /// Hash of everything the client sent: the same key with another hash is refused.
    pub cart_hash: String,
    /// JSON of the customer.
    pub customer: String,
    /// JSON of how it is handed over.
    pub shipping: Option<String>,
    /// The day on which the customer would like to have it.
    pub issue_date: Option<String>,
    /// When the customer agreed that personal data are processed.
    pub consent_at: Option<Millis>,
    /// What the customer wrote.
    pub comment: Option<String>,
    /// The language the customer saw.
    pub locale: String,
    /// The currency of every amount.
    pub currency: String,
    /// The total, a canonical decimal.
    pub total: String,
    /// The first status (`placed`).
    pub status: String,
    /// The lines, in their order.
    pub lines: Vec<OrderLine>,
    /// What to forward, in this order per target. Written in the same transaction.
    pub deliveries: Vec<NewDelivery>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The product's key.
    pub product: String,
    /// The template it was priced with.
    pub template: Revision,
    /// JSON of the answers.
    pub answers: String,
    /// The run, a canonical decimal.
    pub run: String,
    /// JSON of the quote it was sold by.
    pub quote: String,
    /// Its total, a canonical decimal.
    pub total: String,
    /// JSON of the group it was ordered in.
    pub group: Option<String>,
}

/// What became of an attempt to place an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It is stored, and its deliveries with it.
    New(OrderHead),
    /// The same key and cart came before: this is that order, nothing was written.
    Repeated(OrderHead),
    /// The key came before with another cart: nothing was written.
    KeyReused,
}

/// The parts of an order everybody needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderHead {
    /// Its id.
    pub id: OrderId,
    /// The shop that sells.
    pub shop: ShopId,
    /// Its number for people: the shop's prefix and a count (`T-10001`).
    pub number: String,
    /// The customer's key to the status page.
    pub token: OrderToken,
    /// The total, a canonical decimal.
    pub total: String,
    /// The currency of every amount.
    pub currency: String,
    /// Its status.
    pub status: String,
    /// When it was placed.
    pub placed_at: Millis,
}

/// A whole order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The parts everybody needs.
    pub head: OrderHead,
    /// JSON of the customer.
    pub customer: String,
    /// JSON of how it is handed over.
    pub shipping: Option<String>,
    /// The day on which the customer would like to have it.
    pub issue_date: Option<String>,
    /// When the customer agreed that personal data are processed.
    pub consent_at: Option<Millis>,
    /// What the customer wrote.
    pub comment: Option<String>,
    /// The language the customer saw.
    pub locale: String,
    /// When the status last changed.
    pub status_at: Millis,
    /// The lines, in their order.
    pub lines: Vec<OrderLine>,
}

/// An order in a list, with how its forwarding is going.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// The parts everybody needs.
    pub head: OrderHead,
    /// JSON of the customer.
    pub customer: String,
    /// Its deliveries, by target and order.
    pub deliveries: Vec<crate::DeliverySummary>,
}

/// Which orders to list: the newest first, `limit` at a time.
#[derive(Debug, Clone)]
pub struct OrderPage {
    /// The shop.
    pub shop: ShopId,
    /// Only orders in this status.
    pub status: Option<String>,
    /// Only orders whose number begins like this.
    pub number: Option<String>,
    /// Only orders before this one: the last of the page before.
    pub before: Option<(Millis, OrderId)>,
    /// How many at most.
    pub limit: i64,
}

/// Something that happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderEvent {
    /// Its place in the order's history, from 1.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// What: `placed`, `status`, `delivered`, `delivery_dead`, `delivery_duplicated`,
    /// `delivery_retried`, `delivery_adopted`, `delivery_cancelled`, or what the caller added.
    pub kind: String,
    /// JSON object with the particulars.
    pub data: String,
}

/// The orders of all shops.
#[derive(Debug, Clone, Copy)]
pub struct Orders<'s>(pub(crate) &'s Storage);
