//! Expressions where a template has them: parsed at once, checked later.

use super::reader::Reader;
use super::{Refusal, limits};
use crate::TemplateError;
use crate::decimal::parse as decimal;
use crate::expression::{Checker, Compiled, Expr, Flag, Mistake, Number, Scope, parse};
use crate::json::Json;

/// A parsed expression and its place in the template.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) pointer: String,
    /// The section whose names it sees first.
    pub(super) section: Option<usize>,
    pub(super) expr: Expr,
}

impl Source {
    /// What never holds.
    pub(super) fn never(reader: &Reader<'_>) -> Self {
        Self {
            pointer: reader.node.pointer(),
            ..Self::default()
        }
    }
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
        Ok(expr) => Source {
            pointer,
            section: reader.section,
            expr,
        },
        Err(mistake) => {
            reader.mistakes.note(located(&pointer, mistake));
            Source::default()
        }
    }
}

#[cold]
#[inline(never)]
fn located(pointer: &str, mistake: Mistake) -> Refusal {
    let Mistake {
        column,
        expected,
        found,
    } = mistake;
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
        let checker = Checker::new(scope, source.section);
        let number = checker.number(&source.expr);
        self.checked(source, checker);
        number
    }

    /// Checks an expression whose result is yes or no.
    pub(super) fn flag(&self, source: &Source, scope: &Scope<'_>) -> Flag {
        let checker = Checker::new(scope, source.section);
        let flag = checker.flag(&source.expr);
        self.checked(source, checker);
        flag
    }

    /// Checks a named value.
    pub(super) fn value(&self, source: &Source, scope: &Scope<'_>) -> Compiled {
        let checker = Checker::new(scope, source.section);
        let value = checker.value(&source.expr);
        self.checked(source, checker);
        value
    }

    fn checked(&self, source: &Source, checker: Checker<'_>) {
        let matched = checker.scope.weight.get();
        let limit = limits::MATCHED_VALUES;
        if matched > limit.most {
            self.mistakes
                .note(limit.exceeded(source.pointer.clone(), matched));
        }
        if let Some(mistake) = checker.mistake() {
            self.mistakes.note(located(&source.pointer, mistake));
        }
    }
}
