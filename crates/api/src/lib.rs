//! The service.

pub mod config;
pub mod server;
