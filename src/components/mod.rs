//! What the buyer sees: each file makes its elements once and changes them in place.

#[cfg(feature = "calculator")]
pub(crate) mod calculator;
#[cfg(feature = "cart")]
pub(crate) mod cart;
#[cfg(feature = "cart")]
mod cart_line;
#[cfg(feature = "cart")]
mod checkout;
#[cfg(feature = "calculator")]
mod choice;
pub(crate) mod failure;
#[cfg(feature = "calculator")]
mod field;
#[cfg(feature = "calculator")]
mod figures;
#[cfg(feature = "calculator")]
mod number;
#[cfg(feature = "cart")]
mod offer;
#[cfg(feature = "cart")]
pub(crate) mod order;
#[cfg(feature = "calculator")]
mod parts;
#[cfg(feature = "calculator")]
mod price;
#[cfg(feature = "calculator")]
mod runs;
mod shelf;
#[cfg(feature = "cart")]
mod submit;
