#![doc = include_str!("../README.md")]

mod admin;
mod app;
mod catalogue;
pub mod clock;
pub mod config;
mod embeds;
mod entropy;
mod error;
mod http;
pub mod logging;
mod metrics;
mod orders;
pub mod outbox;
mod prices;
mod routes;
pub mod serve;
pub mod server;
mod submit;
mod summary;
pub mod today;
pub mod words;

pub use admin::{SetupLink, offer_setup};
pub use app::{App, Parts};
pub use catalogue::{PublishError, publish};
pub use entropy::Entropy;
pub use routes::router;
