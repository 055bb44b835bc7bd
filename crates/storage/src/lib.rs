#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod admin;
mod config;
mod db;
mod error;
mod ids;
mod inbox;
mod orders;
pub mod outbox;
mod products;
mod shops;
mod storage;
mod templates;

pub use admin::{Admin, NewUser, Redeemed, SessionLimits, SessionUser, User};
pub use config::DatabaseConfig;
pub use error::StorageError;
pub use ids::{DeliveryId, OrderId, OrderToken, Revision, ShopId, TargetId, UserId};
pub use inbox::{Inbox, InboxEvent, Processed};
pub use orders::{
    NewOrder, Order, OrderEvent, OrderHead, OrderLine, OrderPage, OrderRow, Orders, Placed,
};
pub use outbox::{DeliverySummary, NewDelivery, Outbox};
pub use products::{NewProduct, Product, ProductRevision, Products};
pub use shops::{Shop, Shops};
pub use storage::Storage;
pub use templates::Templates;

/// An instant, or a span between two: milliseconds, since 1970 in UTC for an instant.
/// Time is always an argument here, no code of this crate reads a clock.
pub type Millis = i64;
