//! Expressions where a template has them: parsed at once, checked later.

use super::reader::Reader;
use super::{Refusal, limits};
use crate::decimal::parse as decimal;
use crate::expression::{Checker, Expr, Flag, Mistake, Number, Scope, parse};
use crate::json::Json;
use crate::{Decimal, TemplateError};

/// A parsed expression and its place in the template.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) pointer: String,
    pub(super) expr: Expr,
}

/// Reads an expression; a plain number, `true` or `false` need no quotes.
pub(super) fn source(reader: &Reader<'_>) -> Source {
    let text = match reader.node.value() {
        Json::Text(text) => text.as_str(),
        Json::Number(number) if decimal(number).is_some() => number.as_str(),
        Json::Bool(true) => "true",
        Json::Bool(false) => "false",
        _ => {
            reader.refuse("an expression");
            return Source::default();
        }
    };
    if text.len() > limits::EXPRESSION_LENGTH.most {
        reader.within(limits::EXPRESSION_LENGTH, text.len());
        return Source::default();
    }
    let pointer = reader.node.pointer();
    match parse(text) {
        Ok(expr) => Source { pointer, expr },
        Err(mistake) => {
            reader.mistakes.note(located(&pointer, mistake));
            Source::default()
        }
    }
}

#[cold]
#[inline(never)]
fn located(pointer: &str, mistake: Box<Mistake>) -> Refusal {
    let Mistake {
        column,
        expected,
        found,
    } = *mistake;
    Box::new(TemplateError::Expression {
        pointer: pointer.to_owned(),
        column,
        expected,
        found,
    })
}

/// Fields that are expressions.
impl Reader<'_> {
    pub(super) fn source(&self, name: &str) -> Source {
        self.field(name)
            .map(|field| source(&field))
            .unwrap_or_default()
    }

    pub(super) fn optional_source(&self, name: &str) -> Option<Source> {
        self.optional(name).map(|field| source(&field))
    }

    /// Checks an expression whose result is a number.
    pub(super) fn number(&self, source: &Source, scope: &Scope<'_>) -> Number {
        self.checked(source, scope, Checker::number)
            .unwrap_or(Number::Constant(Decimal::ZERO))
    }

    /// Checks an expression whose result is yes or no.
    pub(super) fn flag(&self, source: &Source, scope: &Scope<'_>) -> Flag {
        self.checked(source, scope, Checker::flag)
            .unwrap_or(Flag::Constant(false))
    }

    pub(super) fn checked<'s, T>(
        &self,
        source: &Source,
        scope: &'s Scope<'s>,
        check: fn(&Checker<'s>, &Expr) -> Result<T, Box<Mistake>>,
    ) -> Option<T> {
        let checked = check(&Checker { scope }, &source.expr);
        let matched = scope.weight.get();
        if matched > limits::MATCHED_VALUES.most {
            let limit = limits::MATCHED_VALUES;
            self.mistakes
                .note(limit.exceeded(source.pointer.clone(), matched));
        }
        checked
            .map_err(|mistake| self.mistakes.note(located(&source.pointer, mistake)))
            .ok()
    }
}
