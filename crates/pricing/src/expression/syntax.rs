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
    /// A name, perhaps with dots: `run`, `cover.paper`, `size.per_sheet`.
    Name(String),
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
    /// Whether the expression itself reads a table.
    pub(crate) fn looks_up(&self) -> bool {
        let mut found = matches!(self.form, Form::Lookup(..));
        self.children(&mut |child| found |= child.looks_up());
        found
    }

    /// Whether the expression itself adds up earlier lines.
    pub(crate) fn adds_up_lines(&self) -> bool {
        let mut found = matches!(&self.form, Form::Call(function, _) if function == "subtotal");
        self.children(&mut |child| found |= child.adds_up_lines());
        found
    }

    /// How many nodes it has.
    pub(crate) fn size(&self) -> usize {
        let mut size = 1;
        self.children(&mut |child| size += child.size());
        size
    }

    /// Visits what the node is made of; nesting was bounded by the parser.
    pub(crate) fn children(&self, visit: &mut dyn FnMut(&Expr)) {
        match &self.form {
            Form::Number(_) | Form::Text(_) | Form::Flag(_) | Form::Name(_) => {}
            Form::Lookup(_, items) | Form::Call(_, items) | Form::All(items) | Form::Any(items) => {
                items.iter().for_each(visit);
            }
            Form::Chain(first, rest) => {
                visit(first);
                rest.iter().for_each(|(_, item)| visit(item));
            }
            Form::Negate(inner) | Form::Not(inner) => visit(inner),
            Form::Power(a, b) | Form::Within(a, b) => {
                visit(a);
                visit(b);
            }
            Form::Compare(_, sides) => {
                visit(&sides.0);
                visit(&sides.1);
            }
            Form::Among(inner, items) => {
                visit(inner);
                items.iter().for_each(visit);
            }
            Form::If(parts) => {
                visit(&parts.0);
                visit(&parts.1);
                visit(&parts.2);
            }
        }
    }
}
