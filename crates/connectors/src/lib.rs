#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod connector;
mod error;
pub mod memory;

pub mod forward;

pub use connector::{
    Capabilities, Connector, ConnectorKind, Identifier, IdentifierList, InvalidOrderKey, OrderKey,
    Probe, RemoteOrder,
};
pub use error::{ConnectorError, Disposition, FieldError, Operation, Reason};
