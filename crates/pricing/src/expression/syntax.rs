//! The tree of an expression as it was written: names are text, types are unknown.

use super::typed::{Arithmetic, Comparison};
use crate::Decimal;

/// A node of the tree with the column where it starts.
///
/// The default stands where there was a mistake.
#[derive(Debug, Default)]
pub(crate) struct Expr {
    pub(crate) column: usize,
    pub(crate) form: Form,
}

#[derive(Debug)]
pub(crate) enum Form {
    Number(Decimal),
    Text(String),
    Flag(bool),
    Name(String),
    /// `choice.number`
    Attached(String, String),
    /// `table[place, place]`
    Lookup(String, Vec<Expr>),
    /// `function(argument, argument)`
    Call(String, Vec<Expr>),
    /// Operators of one precedence from left to right: flat, so that long sums nest no deeper
    /// than short ones.
    Chain(Box<Expr>, Vec<(Arithmetic, Expr)>),
    Power(Box<Expr>, Box<Expr>),
    Negate(Box<Expr>),
    Compare(Comparison, Box<(Expr, Expr)>),
    /// `x in (a, b)`
    Among(Box<Expr>, Vec<Expr>),
    /// `"value" in choice`
    Within(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    If(Box<(Expr, Expr, Expr)>),
}

impl Default for Form {
    fn default() -> Self {
        Self::Flag(false)
    }
}

impl Expr {
    /// Calls `visit` with every parameter or value the expression names.
    pub(crate) fn names(&self, visit: &mut impl FnMut(&str)) {
        self.walk(&mut |form| {
            if let Form::Name(name) | Form::Attached(name, _) = form {
                visit(name);
            }
        });
    }

    /// Whether the expression itself reads a table.
    pub(crate) fn looks_up(&self) -> bool {
        let mut found = false;
        self.walk(&mut |form| found |= matches!(form, Form::Lookup(..)));
        found
    }

    /// Visits every node; nesting was bounded by the parser.
    fn walk(&self, visit: &mut impl FnMut(&Form)) {
        visit(&self.form);
        match &self.form {
            Form::Number(_)
            | Form::Text(_)
            | Form::Flag(_)
            | Form::Name(_)
            | Form::Attached(..) => {}
            Form::Lookup(_, items) | Form::Call(_, items) | Form::All(items) | Form::Any(items) => {
                items.iter().for_each(|item| item.walk(visit));
            }
            Form::Chain(first, rest) => {
                first.walk(visit);
                rest.iter().for_each(|(_, item)| item.walk(visit));
            }
            Form::Negate(inner) | Form::Not(inner) => inner.walk(visit),
            Form::Power(a, b) | Form::Within(a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            Form::Compare(_, sides) => {
                sides.0.walk(visit);
                sides.1.walk(visit);
            }
            Form::Among(inner, items) => {
                inner.walk(visit);
                items.iter().for_each(|item| item.walk(visit));
            }
            Form::If(parts) => {
                parts.0.walk(visit);
                parts.1.walk(visit);
                parts.2.walk(visit);
            }
        }
    }
}
