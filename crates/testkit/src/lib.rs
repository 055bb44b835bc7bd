#![doc = include_str!("../README.md")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up must fail at once"
)]

mod app;
mod cart;
mod clock;
mod database;
mod exchange;
mod process;
mod wire;

pub use app::{START, TestApp};
pub use cart::{CartBuilder, customer};
pub use clock::ManualClock;
pub use database::{TestDatabase, postgres_url};
pub use exchange::Exchange;
pub use process::{Service, service_settings, until};
pub use wire::{Socket, exchange};
