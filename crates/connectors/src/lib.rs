#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod asystem;
mod config;
pub mod conformance;
mod connector;
mod error;
pub mod http;
pub mod memory;
mod pointer;
pub mod poly1c;
pub mod prices;
pub mod registry;

pub use config::{ConfigError, ConfigProblem};
pub use connector::{
    Capabilities, Connector, ConnectorKind, Identifier, IdentifierList, InvalidOrderKey, OrderKey,
    Probe, RemoteOrder,
};
pub use error::{ConnectorError, Disposition, FieldError, Operation, Reason};
pub use pointer::{InvalidPointer, Pointer};
