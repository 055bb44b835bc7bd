//! Names and types: a tree of text to a compiled expression, or the first mistake in it.

use std::cell::Cell;

use super::Mistake;
use super::symbols::{Symbol, Symbols};
use super::syntax::{Expr, Form};
use super::typed::{Comparison, Flag, Number};
use crate::decimal::Direction;
use crate::engine::Table;
use crate::json::shorten;
use crate::names::Sorted;
use crate::template::{Choice, Kind, Parameter};
use crate::{Answer, Decimal};

/// What an expression may name.
pub(crate) struct Scope<'t> {
    pub(crate) parameters: &'t [Parameter],
    pub(crate) symbols: Symbols<'t>,
    pub(crate) table_names: Sorted<'t>,
    pub(crate) tables: &'t [Table],
    /// The types of the values checked so far; values are checked in the order of dependency.
    pub(crate) value_types: Vec<Type>,
    /// How many values of choices expressions have been matched with so far: what one short
    /// expression costs grows with the choices it names, so the sum is bounded.
    pub(crate) weight: Cell<usize>,
}

impl Scope<'_> {
    pub(super) fn add_weight(&self, values: usize) {
        self.weight.set(self.weight.get().saturating_add(values));
    }
}

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Number,
    Flag,
    Choice,
    Text,
    /// Of a parameter that is handed on unread.
    Opaque,
}

impl Type {
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Flag => "a condition",
            Self::Choice => "a choice",
            Self::Text => "a text",
            Self::Opaque => "a parameter that is only handed on",
        }
    }
}

/// A compiled named value.
#[derive(Debug, Clone)]
pub(crate) enum Compiled {
    Number(Number),
    Flag(Flag),
}

/// Checks expressions against a scope.
#[derive(Clone, Copy)]
pub(crate) struct Checker<'s> {
    pub(crate) scope: &'s Scope<'s>,
}

type Checked<T> = Result<T, Box<Mistake>>;

impl Checker<'_> {
    /// A named value: a number or a condition.
    pub(crate) fn value(&self, expr: &Expr) -> Checked<Compiled> {
        match self.type_of(expr)? {
            Type::Number => self.number(expr).map(Compiled::Number),
            Type::Flag => self.flag(expr).map(Compiled::Flag),
            other => Err(Mistake::new(
                expr.column,
                "a number or a condition",
                other.describe(),
            )),
        }
    }

    pub(crate) fn number(&self, expr: &Expr) -> Checked<Number> {
        Ok(match &expr.form {
            Form::Number(number) => Number::Constant(*number),
            Form::Name(name) => return self.number_name(expr, name),
            Form::Attached(choice, name) => return self.attached(expr, choice, name),
            Form::Lookup(table, places) => return self.lookup(expr, table, places),
            Form::Call(function, arguments) => return self.call(expr, function, arguments),
            Form::Chain(first, rest) => {
                let rest = rest.iter().map(|(op, item)| Ok((*op, self.number(item)?)));
                Number::Chain(Box::new(self.number(first)?), rest.collect::<Checked<_>>()?)
            }
            Form::Power(base, exponent) => {
                Number::Power(Box::new(self.number(base)?), whole_exponent(exponent)?)
            }
            Form::Negate(inner) => Number::Negate(Box::new(self.number(inner)?)),
            Form::If(parts) => Number::If(Box::new((
                self.flag(&parts.0)?,
                self.number(&parts.1)?,
                self.number(&parts.2)?,
            ))),
            Form::Text(_)
            | Form::Flag(_)
            | Form::Compare(..)
            | Form::Among(..)
            | Form::Within(..)
            | Form::Not(_)
            | Form::All(_)
            | Form::Any(_) => return Err(self.mismatch(expr, Type::Number)?),
        })
    }

    pub(crate) fn flag(&self, expr: &Expr) -> Checked<Flag> {
        Ok(match &expr.form {
            Form::Flag(flag) => Flag::Constant(*flag),
            Form::Name(name) => match self.symbol(expr, name)? {
                (Type::Flag, Symbol::Parameter(index)) => Flag::Parameter(index),
                (Type::Flag, Symbol::Value(index)) => Flag::Value(index),
                _ => return Err(self.mismatch(expr, Type::Flag)?),
            },
            Form::Call(function, arguments) if function == "answered" => {
                let [argument] = arguments.as_slice() else {
                    return Err(wrong_count(expr, "answered", "one argument", arguments));
                };
                Flag::Answered(self.parameter(argument, "a parameter", |_| true)?)
            }
            Form::Compare(comparison, sides) => {
                return self.compare(*comparison, &sides.0, &sides.1);
            }
            Form::Among(subject, items) => return self.among(subject, items),
            Form::Within(key, choice) => return self.chosen(choice, std::slice::from_ref(key)),
            Form::Not(inner) => Flag::Not(Box::new(self.flag(inner)?)),
            Form::All(items) => Flag::All(self.flags(items)?),
            Form::Any(items) => Flag::Any(self.flags(items)?),
            Form::If(parts) => Flag::If(Box::new((
                self.flag(&parts.0)?,
                self.flag(&parts.1)?,
                self.flag(&parts.2)?,
            ))),
            Form::Number(_)
            | Form::Text(_)
            | Form::Attached(..)
            | Form::Lookup(..)
            | Form::Call(..)
            | Form::Chain(..)
            | Form::Power(..)
            | Form::Negate(_) => return Err(self.mismatch(expr, Type::Flag)?),
        })
    }

    fn flags(&self, items: &[Expr]) -> Checked<Box<[Flag]>> {
        items.iter().map(|item| self.flag(item)).collect()
    }

    fn numbers(&self, items: &[Expr]) -> Checked<Box<[Number]>> {
        items.iter().map(|item| self.number(item)).collect()
    }

    fn number_name(&self, expr: &Expr, name: &str) -> Checked<Number> {
        match self.symbol(expr, name)? {
            (Type::Number, Symbol::Parameter(index)) => Ok(match self.constant(index) {
                Some(number) => Number::Constant(number),
                None => Number::Parameter(index),
            }),
            (Type::Number, Symbol::Value(index)) => Ok(Number::Value(index)),
            _ => Err(self.mismatch(expr, Type::Number)?),
        }
    }

    fn constant(&self, parameter: usize) -> Option<Decimal> {
        match &self.scope.parameters[parameter].kind {
            Kind::Constant(Answer::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The type of an expression as far as its outermost form tells.
    pub(crate) fn type_of(&self, expr: &Expr) -> Checked<Type> {
        Ok(match &expr.form {
            Form::Text(_) => Type::Text,
            Form::Name(name) => self.symbol(expr, name)?.0,
            Form::If(parts) => self.type_of(&parts.1)?,
            Form::Call(function, _) if function == "answered" => Type::Flag,
            Form::Number(_)
            | Form::Attached(..)
            | Form::Lookup(..)
            | Form::Call(..)
            | Form::Chain(..)
            | Form::Power(..)
            | Form::Negate(_) => Type::Number,
            Form::Flag(_)
            | Form::Compare(..)
            | Form::Among(..)
            | Form::Within(..)
            | Form::Not(_)
            | Form::All(_)
            | Form::Any(_) => Type::Flag,
        })
    }

    /// The error for an expression of another type than wanted.
    fn mismatch(&self, expr: &Expr, wanted: Type) -> Checked<Box<Mistake>> {
        let found = match &expr.form {
            Form::Name(name) => format!("`{name}`, {}", self.symbol(expr, name)?.0.describe()),
            Form::Text(text) => format!("the text {:?}", shorten(text)),
            _ => self.type_of(expr)?.describe().to_owned(),
        };
        Ok(Mistake::new(expr.column, wanted.describe(), found))
    }

    pub(crate) fn symbol(&self, expr: &Expr, name: &str) -> Checked<(Type, Symbol)> {
        match self.scope.symbols.get(name) {
            Some(Symbol::Parameter(index)) => {
                let kind = &self.scope.parameters[index].kind;
                Ok((type_of_kind(kind), Symbol::Parameter(index)))
            }
            Some(Symbol::Value(index)) => Ok((self.scope.value_types[index], Symbol::Value(index))),
            None => Err(Mistake::new(
                expr.column,
                "a parameter or a named value",
                format!("the unknown name `{}`", shorten(name)),
            )),
        }
    }

    /// The parameter an expression names, if its kind will do.
    pub(crate) fn parameter(
        &self,
        expr: &Expr,
        expected: &str,
        will_do: fn(&Kind) -> bool,
    ) -> Checked<usize> {
        let Form::Name(name) = &expr.form else {
            return Err(Mistake::new(
                expr.column,
                expected,
                self.type_of(expr)?.describe(),
            ));
        };
        match self.symbol(expr, name)? {
            (_, Symbol::Parameter(index)) if will_do(&self.scope.parameters[index].kind) => {
                Ok(index)
            }
            (found, _) => Err(Mistake::new(
                expr.column,
                expected,
                format!("`{name}`, {}", found.describe()),
            )),
        }
    }

    fn compare(&self, comparison: Comparison, left: &Expr, right: &Expr) -> Checked<Flag> {
        let types = (self.type_of(left)?, self.type_of(right)?);
        let flag = match types {
            (Type::Number, Type::Number) => {
                let sides = (self.number(left)?, self.number(right)?);
                return Ok(Flag::Compare(comparison, Box::new(sides)));
            }
            (Type::Flag, Type::Flag) => Flag::Same(Box::new((self.flag(left)?, self.flag(right)?))),
            (Type::Choice, _) => self.chosen(left, std::slice::from_ref(right))?,
            (_, Type::Choice) => self.chosen(right, std::slice::from_ref(left))?,
            (Type::Text, Type::Text) if matches!(left.form, Form::Text(_)) => {
                self.text_among(right, std::slice::from_ref(left))?
            }
            (Type::Text, Type::Text) => self.text_among(left, std::slice::from_ref(right))?,
            (wanted, _) => return Err(self.mismatch(right, wanted)?),
        };
        match comparison {
            Comparison::Equal => Ok(flag),
            Comparison::Unequal => Ok(Flag::Not(Box::new(flag))),
            _ => Err(Mistake::new(
                left.column,
                format!("numbers around `{}`", comparison.sign()),
                types.0.describe(),
            )),
        }
    }

    fn among(&self, subject: &Expr, items: &[Expr]) -> Checked<Flag> {
        match self.type_of(subject)? {
            Type::Choice => self.chosen(subject, items),
            Type::Text => self.text_among(subject, items),
            _ => Ok(Flag::NumberAmong(
                Box::new(self.number(subject)?),
                self.numbers(items)?,
            )),
        }
    }

    fn text_among(&self, subject: &Expr, items: &[Expr]) -> Checked<Flag> {
        let parameter = self.parameter(subject, "a text parameter", |kind| {
            matches!(kind, Kind::Text(_) | Kind::Constant(Answer::Text(_)))
        })?;
        let texts = items.iter().map(|item| literal(item).map(str::to_owned));
        Ok(Flag::TextAmong(parameter, texts.collect::<Checked<_>>()?))
    }

    fn chosen(&self, subject: &Expr, items: &[Expr]) -> Checked<Flag> {
        let parameter =
            self.parameter(subject, "a choice", |kind| matches!(kind, Kind::Choice(_)))?;
        let Kind::Choice(choice) = &self.scope.parameters[parameter].kind else {
            return Err(self.mismatch(subject, Type::Choice)?);
        };
        let mut indices = Vec::with_capacity(items.len());
        for item in items {
            self.scope.add_weight(choice.values.len());
            let key = literal(item)?;
            let Some(index) = choice.index(key) else {
                let name = &self.scope.parameters[parameter].key;
                let expected = format!("a value of `{name}`: {}", known_keys(choice));
                let found = format!("the text {:?}", shorten(key));
                return Err(Mistake::new(item.column, expected, found));
            };
            indices.push(index);
        }
        Ok(Flag::Chosen(parameter, indices.into()))
    }

    fn attached(&self, expr: &Expr, name: &str, number: &str) -> Checked<Number> {
        let subject = Expr {
            column: expr.column,
            form: Form::Name(name.to_owned()),
        };
        let parameter = self.parameter(&subject, "a choice of one value", |kind| {
            kind.choice().is_some_and(|choice| !choice.many)
        })?;
        let choice = self.scope.parameters[parameter].kind.choice();
        let values = choice.map_or(&[][..], |choice| &choice.values);
        self.scope.add_weight(values.len());
        let numbers = values.iter().map(|value| {
            let found = value.numbers.iter().find(|(key, _)| key == number);
            found.map(|(_, number)| *number).ok_or_else(|| {
                let expected = format!("a number `{number}` at every value of `{name}`");
                Mistake::new(expr.column, expected, format!("none at `{}`", value.key))
            })
        });
        Ok(Number::Attached(
            parameter,
            numbers.collect::<Checked<_>>()?,
        ))
    }

    fn call(&self, expr: &Expr, function: &str, arguments: &[Expr]) -> Checked<Number> {
        let many = |numbers: Box<[Number]>| match numbers.len() {
            0 | 1 => Err(wrong_count(
                expr,
                function,
                "two or more arguments",
                arguments,
            )),
            _ => Ok(numbers),
        };
        match (function, arguments) {
            ("min", _) => many(self.numbers(arguments)?).map(Number::Minimum),
            ("max", _) => many(self.numbers(arguments)?).map(Number::Maximum),
            ("abs", [value]) => Ok(Number::Absolute(Box::new(self.number(value)?))),
            ("abs", _) => Err(wrong_count(expr, function, "one argument", arguments)),
            ("clamp", [value, low, high]) => Ok(Number::Clamp(Box::new([
                self.number(value)?,
                self.number(low)?,
                self.number(high)?,
            ]))),
            ("clamp", _) => Err(wrong_count(expr, function, "three arguments", arguments)),
            ("floor", _) => self.rounding(expr, Direction::Down, arguments),
            ("ceil", _) => self.rounding(expr, Direction::Up, arguments),
            ("round", [value, step, direction]) => {
                let Some(named) = literal(direction).ok().and_then(Direction::from_name) else {
                    let expected = "\"up\", \"down\", \"half-up\" or \"half-even\"";
                    return Err(Mistake::new(direction.column, expected, "something else"));
                };
                Ok(Number::Round(
                    Box::new((self.number(value)?, self.number(step)?)),
                    named,
                ))
            }
            ("round", _) => self.rounding(expr, Direction::HalfUp, arguments),
            ("count", [choice]) => self
                .parameter(choice, "a choice", |kind| matches!(kind, Kind::Choice(_)))
                .map(Number::Count),
            ("length", [text]) => self
                .parameter(text, "a text parameter", |kind| {
                    matches!(kind, Kind::Text(_))
                })
                .map(Number::Length),
            ("count" | "length", _) => Err(wrong_count(expr, function, "one argument", arguments)),
            ("answered", _) => Err(self.mismatch(expr, Type::Number)?),
            _ => Err(Mistake::new(
                expr.column,
                "a function: abs, answered, ceil, clamp, count, floor, length, max, min or round",
                format!("`{}`", shorten(function)),
            )),
        }
    }

    fn rounding(&self, expr: &Expr, direction: Direction, arguments: &[Expr]) -> Checked<Number> {
        match arguments {
            [value] => Ok(Number::Whole(Box::new(self.number(value)?), direction)),
            [value, step] => {
                let pair = (self.number(value)?, self.number(step)?);
                Ok(Number::Round(Box::new(pair), direction))
            }
            _ => Err(wrong_count(
                expr,
                "rounding",
                "a number and perhaps a step",
                arguments,
            )),
        }
    }
}

fn type_of_kind(kind: &Kind) -> Type {
    match kind {
        Kind::Choice(_) => Type::Choice,
        Kind::YesNo | Kind::Constant(Answer::Flag(_)) => Type::Flag,
        Kind::Number(_) | Kind::Run(_) | Kind::Pages(_) | Kind::Constant(Answer::Number(_)) => {
            Type::Number
        }
        Kind::Text(_) | Kind::Constant(Answer::Text(_)) => Type::Text,
        Kind::PassThrough | Kind::Constant(Answer::List(_)) => Type::Opaque,
    }
}

/// The text of a literal.
pub(super) fn literal(expr: &Expr) -> Checked<&str> {
    match &expr.form {
        Form::Text(text) => Ok(text),
        _ => Err(Mistake::new(
            expr.column,
            "a text in quotes",
            "an expression",
        )),
    }
}

/// The keys of a choice for an error message.
pub(super) fn known_keys(choice: &Choice) -> String {
    const MOST: usize = 8;
    let keys: Vec<&str> = choice
        .values
        .iter()
        .take(MOST)
        .map(|value| value.key.as_str())
        .collect();
    let more = if choice.values.len() > MOST {
        ", …"
    } else {
        ""
    };
    format!("{}{more}", keys.join(", "))
}

/// Whole powers only: their digits are the same on every target.
fn whole_exponent(expr: &Expr) -> Checked<i32> {
    let (sign, number) = match &expr.form {
        Form::Negate(inner) => (-1, &inner.form),
        form => (1, form),
    };
    let exponent = match number {
        Form::Number(number) => crate::decimal::canonical(*number).parse::<i32>().ok(),
        _ => None,
    };
    match exponent {
        Some(exponent) if exponent <= 99 => Ok(sign * exponent),
        _ => Err(Mistake::new(
            expr.column,
            "a whole number of at most 99 after `^`",
            "another exponent",
        )),
    }
}

fn wrong_count(expr: &Expr, function: &str, expected: &str, found: &[Expr]) -> Box<Mistake> {
    Mistake::new(
        expr.column,
        format!("{expected} for `{function}`"),
        found.len().to_string(),
    )
}
