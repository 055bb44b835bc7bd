//! What the widget knows and decides, as plain structs and functions without a browser.
//!
//! Components only show what is computed here and hand back what the buyer did.

pub mod calculator;
pub mod cart;
#[cfg(feature = "cart")]
pub mod checkout;
#[cfg(feature = "cart")]
pub mod contact;
pub mod exact;
pub mod field;
#[cfg(feature = "cart")]
pub mod order;
pub mod parts;
pub mod price;
pub mod problem;
pub mod product;
pub mod public;
pub(crate) mod read;
#[cfg(feature = "cart")]
pub mod review;
pub mod runs;
pub mod share;
pub mod words;
