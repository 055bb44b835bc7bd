//! Templates, expressions and quotes: pure computation, the same bytes on every target.
//!
//! [`Template::parse`] checks and compiles a template once; [`Template::quote`] prices answers as
//! often as wanted, without I/O, clock, randomness or floats, and never fails.
//!
//! Where a quote differs from a plain list of names: values of a choice, lines, named values and
//! tables are indices into the template, and [`Field::answer`] is an [`Effective`], which
//! [`Parameter::answer`] and [`Template::effective_answers`] turn back into keys.
#![deny(missing_docs)]

pub mod decimal;
pub mod json;

mod answer;
mod engine;
mod expression;
mod names;
mod quote;
mod template;
mod texts;

pub use answer::{Answer, Answers};
pub use decimal::Direction;
pub use quote::{
    Basis, Coordinate, Effective, Field, Line, Lookup, Notice, Price, Problem, ProblemCode, Quote,
    RunQuote, Unavailable,
};
pub use rust_decimal::Decimal;
pub use template::{
    AxisInfo, Choice, ChoiceValue, Example, Expectation, ExpectedLine, Kind, LineInfo, Mismatch,
    Numeric, Parameter, Per, Rounding, Rows, TableInfo, Template, TemplateError, TextLimits,
    ValueInfo, View,
};
pub use texts::Texts;
