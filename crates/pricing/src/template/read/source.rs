//! Expressions where a template has them: parsed at once, checked later.

use super::{Read, limits, within};
use crate::TemplateError;
use crate::decimal::parse as decimal;
use crate::expression::{Checker, Expr, Flag, Mistake, Number, Scope, parse};
use crate::json::{Json, Node};

/// A parsed expression and its place in the template.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) pointer: String,
    pub(super) expr: Expr,
}

/// Reads an expression; a plain number, `true` or `false` need no quotes.
pub(super) fn source(node: &Node<'_, '_>) -> Read<Source> {
    let written;
    let text = match node.value() {
        Json::Text(text) => text.as_str(),
        Json::Number(number) if decimal(number).is_some() => number.as_str(),
        Json::Bool(flag) => {
            written = flag.to_string();
            &written
        }
        _ => return Err(node.error("an expression").into()),
    };
    within(
        node,
        "characters of an expression",
        limits::EXPRESSION_LENGTH,
        text.len(),
    )?;
    let pointer = node.pointer();
    match parse(text) {
        Ok(expr) => Ok(Source { pointer, expr }),
        Err(mistake) => Err(located(pointer, mistake)),
    }
}

/// Reads an expression of an object that may be missing.
pub(super) fn optional(node: &Node<'_, '_>, field: &str) -> Read<Option<Source>> {
    node.optional(field)?.map(|node| source(&node)).transpose()
}

fn located(pointer: String, mistake: Mistake) -> TemplateError {
    let Mistake {
        column,
        expected,
        found,
    } = mistake;
    TemplateError::Expression {
        pointer,
        column,
        expected,
        found,
    }
}

impl Source {
    pub(super) fn number(&self, scope: &Scope<'_>) -> Read<Number> {
        self.checked(scope, Checker::number)
    }

    pub(super) fn flag(&self, scope: &Scope<'_>) -> Read<Flag> {
        self.checked(scope, Checker::flag)
    }

    pub(super) fn checked<'s, T>(
        &self,
        scope: &'s Scope<'s>,
        check: fn(&Checker<'s>, &Expr) -> Result<T, Mistake>,
    ) -> Read<T> {
        let checked = check(&Checker { scope }, &self.expr);
        let matched = scope.weight.get();
        if matched > limits::MATCHED_VALUES {
            return Err(TemplateError::Limit {
                pointer: self.pointer.clone(),
                what: "values of choices matched by expressions",
                limit: limits::MATCHED_VALUES,
                found: matched,
            });
        }
        checked.map_err(|mistake| located(self.pointer.clone(), mistake))
    }
}
