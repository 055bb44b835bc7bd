#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod date;
pub mod decimal;
pub mod json;

mod answer;
mod engine;
#[cfg(feature = "compile")]
mod expression;
mod figures;
mod names;
mod pack;
mod paths;
mod quote;
mod template;
mod texts;

pub use answer::{Answer, Answers};
pub use decimal::{Decimal, Direction};
pub use engine::Cheaper;
pub use pack::{ENGINE, ProgramError};
pub use quote::{
    Basis, Coordinate, Effective, Field, Line, Long, Lookup, Lookups, Notice, Price, Problem,
    ProblemCode, Quote, RunQuote, Spot, Unavailable,
};
pub use template::{
    AxisInfo, Between, Choice, ChoiceValue, Dates, Example, Expectation, ExpectedFacts,
    ExpectedLine, Files, FreeInks, FreeSize, Group, INK_FIGURES, Inks, Kind, LineInfo, NumberView,
    Numeric, Outside, Parameter, Per, Places, Promise, Promised, Repeated, Rounding, Rows,
    SIZE_FIGURES, Section, SectionKind, Sizes, TableInfo, Template, TextLimits, TimeUnit, Trend,
    ValueInfo, View,
};
#[cfg(feature = "compile")]
pub use template::{BindingError, Bound, Broken, Mismatch, TemplateError, bind};
pub use texts::Texts;
