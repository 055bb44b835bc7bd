#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod asystem;
mod faults;
mod serve;

pub use faults::{Fault, Faults, On, Planned, RandomMix};
