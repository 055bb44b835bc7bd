//! Expressions: text to tokens to a tree, then checked against a template and compiled.
//!
//! | Step | File | Result |
//! |---|---|---|
//! | words, numbers, signs | `token.rs` | tokens with columns |
//! | grammar, precedence | `parse.rs` | [`Expr`], names still as text |
//! | names and types | `check.rs`, `functions.rs`, `lookup.rs` | [`Number`] or [`Flag`], indices only |
//!
//! Two compiled types instead of one value enum: a type mistake cannot survive loading, and
//! pricing never asks a value what it is.

#[cfg(feature = "compile")]
mod check;
#[cfg(feature = "compile")]
mod dates;
#[cfg(feature = "compile")]
mod functions;
#[cfg(feature = "compile")]
mod lookup;
#[cfg(feature = "compile")]
mod parse;
#[cfg(feature = "compile")]
mod symbols;
#[cfg(feature = "compile")]
mod syntax;
#[cfg(feature = "compile")]
mod token;
mod typed;

#[cfg(feature = "compile")]
pub(crate) use check::{Checker, Scope, Type};
#[cfg(feature = "compile")]
pub(crate) use lookup::Axis;
#[cfg(feature = "compile")]
pub(crate) use parse::{RESERVED, parse};
#[cfg(feature = "compile")]
pub(crate) use symbols::{EARLIER_LINE, MOST_UNROLLED, Repeated, Surroundings, Symbol, Symbols};
#[cfg(feature = "compile")]
pub(crate) use syntax::Expr;
pub(crate) use typed::{
    Arithmetic, Comparison, Compiled, Flag, Function, LookupSite, Number, Place,
};

/// A mistake inside an expression; the reader of templates adds where the expression is.
#[cfg(feature = "compile")]
#[derive(Debug)]
pub(crate) struct Mistake {
    pub(crate) column: usize,
    pub(crate) expected: String,
    pub(crate) found: String,
}

#[cfg(feature = "compile")]
impl Mistake {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(column: usize, expected: &str, found: &str) -> Self {
        Self {
            column,
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }
}
