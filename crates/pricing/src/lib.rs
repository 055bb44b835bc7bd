//! Templates, expressions and quotes.
#![deny(missing_docs)]

pub mod decimal;
pub mod json;

pub use rust_decimal::Decimal;
