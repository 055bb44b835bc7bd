#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

#[macro_use]
mod record;

pub mod admin;
pub mod calculator;
pub mod cart;
pub mod forward;
pub mod order;
pub mod problem;
pub mod quote;
