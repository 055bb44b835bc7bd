//! Development only: a whole service with a fresh database, a manual clock, seeded randomness and
//! an emulated print house on a real socket; carts to submit to it; the program itself as a
//! process that can be killed.
//!
//! Nothing here sleeps: time is the manual clock, and what a process does is waited for with a
//! deadline.

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
