//! What every connector has to do, as checks that run against any of them.
//!
//! They prove what the outbox rests on: one order however often it is sent, a look-up that can be
//! believed, and failures sorted by whether the order can have been taken. The checks that need
//! no fault ([`sound`]) can also be run against a vendor's test system, with real credentials,
//! before its connection is trusted.

mod checks;
mod rig;

pub use checks::{discreet, sorted, sound};
pub use rig::{Rig, Situation};

use std::error::Error as StdError;
use std::fmt::Write as _;

use tirage_pricing::json::{FromJson as _, Json, Node};
use tirage_wire::forward::ForwardOrder;

use crate::error::ConnectorError;

/// A rule that a connector breaks.
#[derive(Debug, thiserror::Error)]
#[error("{rule}: {found}")]
pub struct Violation {
    /// The rule, as a sentence.
    pub rule: &'static str,
    /// What happened instead.
    pub found: String,
}

/// An order with everything an order can have, under a number of its own.
///
/// # Errors
/// Never in a released version: the sample is part of the program.
pub fn sample_order(number: &str) -> Result<ForwardOrder, Violation> {
    let broken = |error: &dyn StdError| Violation {
        rule: "the sample order can be read",
        found: error.to_string(),
    };
    let json = Json::parse(include_str!("sample-order.json")).map_err(|error| broken(&error))?;
    let mut order = ForwardOrder::from_json(&Node::root(&json)).map_err(|error| broken(&error))?;
    number.clone_into(&mut order.number);
    Ok(order)
}

/// An error with everything it can say: for people, for programs, and of all its causes.
#[must_use]
pub fn everything_told(error: &ConnectorError) -> String {
    let mut told = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        // Writing to a string cannot fail.
        let _ = write!(told, "\n{cause}\n{cause:?}");
        source = cause.source();
    }
    told
}
