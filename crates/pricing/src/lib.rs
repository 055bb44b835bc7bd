#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod decimal;
pub mod json;

mod answer;
mod engine;
mod expression;
mod names;
mod pack;
mod quote;
mod template;
mod texts;

pub use answer::{Answer, Answers};
pub use decimal::Direction;
pub use pack::{ENGINE, ProgramError};
pub use quote::{
    Basis, Coordinate, Effective, Field, Line, Lookup, Notice, Price, Problem, ProblemCode, Quote,
    RunQuote, Unavailable,
};
pub use rust_decimal::Decimal;
pub use template::{
    AxisInfo, Between, Choice, ChoiceValue, Example, Expectation, ExpectedLine, Kind, LineInfo,
    Numeric, Outside, Parameter, Per, Rounding, Rows, TableInfo, Template, TextLimits, TimeUnit,
    ValueInfo, View,
};
#[cfg(feature = "compile")]
pub use template::{Mismatch, TemplateError};
pub use texts::Texts;
