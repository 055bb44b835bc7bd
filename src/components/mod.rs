//! What the buyer sees: each file makes its elements once and changes them in place.

pub(crate) mod calculator;
pub(crate) mod cart;
mod checkout;
mod choice;
pub(crate) mod failure;
mod field;
mod number;
pub(crate) mod order;
mod price;
mod runs;
mod shelf;
