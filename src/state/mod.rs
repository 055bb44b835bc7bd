//! What the widget knows and decides, as plain structs and functions without a browser.
//!
//! Components only show what is computed here and hand back what the buyer did.

pub mod calculator;
pub mod cart;
pub mod checkout;
pub mod compare;
pub mod contact;
pub mod days;
pub mod field;
pub mod order;
pub mod parts;
pub mod presence;
pub mod price;
pub mod problem;
pub mod product;
pub mod public;
pub(crate) mod read;
pub mod remote;
pub mod review;
pub mod runs;
pub mod share;
pub mod undo;
pub mod words;
