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

mod check;
mod dates;
mod functions;
mod lookup;
mod parse;
mod symbols;
mod syntax;
mod token;
mod typed;

pub(crate) use check::{Checker, Scope, Type};
pub(crate) use lookup::Axis;
pub(crate) use parse::{RESERVED, parse};
pub(crate) use symbols::{EARLIER_LINE, MOST_UNROLLED, Repeated, Surroundings, Symbol, Symbols};
pub(crate) use syntax::Expr;
pub(crate) use typed::{Arithmetic, Comparison, Compiled, Flag, LookupSite, Number, Place};

/// A mistake inside an expression; the reader of templates adds where the expression is.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub(crate) column: usize,
    pub(crate) expected: String,
    pub(crate) found: String,
}

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
