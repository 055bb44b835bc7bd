//! What the buyer sees: each file makes its elements once and changes them in place.

pub(crate) mod calculator;
pub(crate) mod cart;
mod cart_line;
mod checkout;
mod choice;
mod count;
mod days;
pub(crate) mod failure;
mod field;
mod figures;
pub(crate) mod follow;
mod keep;
mod number;
mod offer;
pub(crate) mod order;
mod parts;
mod price;
mod reason;
mod runs;
pub(crate) mod shelf;
mod submit;
mod undo;
