//! What the buyer sees: each file makes its elements once and changes them in place.

pub(crate) mod calculator;
pub(crate) mod cart;
mod cart_line;
mod cart_list;
mod checkout;
mod choice;
pub(crate) mod compare;
mod count;
mod days;
pub(crate) mod failure;
mod field;
mod figures;
mod follow;
pub(crate) mod keep;
mod number;
mod offer;
pub(crate) mod order;
pub(crate) mod page;
mod parts;
mod price;
pub(crate) mod reason;
pub(crate) mod remote;
mod runs;
pub(crate) mod share;
pub(crate) mod shelf;
mod submit;
pub(crate) mod undo;
