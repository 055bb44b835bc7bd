//! Names and types: a tree of text to a compiled expression, or the first mistake in it.

use std::cell::{Cell, RefCell};

use super::Mistake;
use super::lookup::Axis;
use super::symbols::{Symbol, Symbols};
use super::syntax::{Expr, Form};
use super::typed::{Arithmetic, Comparison, Compiled, Flag, Number};
use crate::json::{quoted, shorten};
use crate::names::Sorted;
use crate::template::{Choice, INK_FIGURES, Kind, Parameter, SIZE_FIGURES};
use crate::{Answer, Decimal};

/// What an expression may name.
pub(crate) struct Scope<'t> {
    pub(crate) parameters: &'t [Parameter],
    pub(crate) symbols: Symbols<'t>,
    pub(crate) table_names: Sorted<'t>,
    /// By table.
    pub(crate) axes: Vec<Vec<Axis<'t>>>,
    /// The types of the values checked so far; values are checked in the order of dependency.
    pub(crate) value_types: Vec<Type>,
    /// Which of them are days.
    pub(crate) value_dates: Vec<bool>,
    /// How many values of choices expressions have been matched with so far: what one short
    /// expression costs grows with the choices it names, so the sum is bounded.
    pub(crate) weight: Cell<usize>,
    /// The keys of the lines before the one that is read; none outside of lines.
    pub(crate) earlier: RefCell<Option<Vec<String>>>,
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

/// Checks expressions against a scope.
///
/// After a mistake it goes on with a constant in place of what cannot be compiled; the first
/// mistake is the one that counts.
pub(crate) struct Checker<'s> {
    pub(crate) scope: &'s Scope<'s>,
    /// The section whose names are seen first.
    section: Cell<Option<usize>>,
    /// Whether this is inside a sum over the parts of a detail.
    inside: Cell<bool>,
    first: Cell<Option<Mistake>>,
}

/// In place of a number with a mistake in it.
pub(super) const NO_NUMBER: Number = Number::Constant(Decimal::ZERO);
/// In place of a condition with a mistake in it.
const NO_FLAG: Flag = Flag::Constant(false);

impl<'s> Checker<'s> {
    pub(crate) fn new(scope: &'s Scope<'s>, section: Option<usize>) -> Self {
        Self {
            scope,
            section: Cell::new(section),
            inside: Cell::new(false),
            first: Cell::default(),
        }
    }

    /// The section whose names are seen first.
    pub(super) fn section(&self) -> Option<usize> {
        self.section.get()
    }

    /// The first mistake there was.
    pub(crate) fn mistake(self) -> Option<Mistake> {
        self.first.into_inner()
    }
}

impl Checker<'_> {
    #[cold]
    #[inline(never)]
    pub(super) fn refuse(&self, at: &Expr, expected: &str, found: &str) {
        let mistake = || Mistake::new(at.column, expected, found);
        self.first
            .set(Some(self.first.take().unwrap_or_else(mistake)));
    }

    /// Refuses an expression of another type than wanted.
    #[cold]
    #[inline(never)]
    pub(super) fn mismatch(&self, expr: &Expr, wanted: Type) {
        let type_of = self.type_of(expr).describe();
        let found = match &expr.form {
            Form::Name(name) => &format!("`{name}`, {type_of}"),
            Form::Text(text) => &format!("the text {}", quoted(text)),
            _ => type_of,
        };
        self.refuse(expr, wanted.describe(), found);
    }

    #[cold]
    #[inline(never)]
    pub(super) fn wrong_count(&self, expr: &Expr, function: &str, expected: &str) {
        let found = match &expr.form {
            Form::Call(_, arguments) => arguments.len(),
            _ => 0,
        };
        let expected = format!("{expected} for `{function}`");
        self.refuse(expr, &expected, &found.to_string());
    }

    /// A named value: a number or a condition.
    pub(crate) fn value(&self, expr: &Expr) -> Compiled {
        match self.type_of(expr) {
            Type::Number => return Compiled::Number(self.number(expr)),
            Type::Flag => {}
            other => self.refuse(expr, "a number or a condition", other.describe()),
        }
        Compiled::Flag(self.flag(expr))
    }

    pub(crate) fn number(&self, expr: &Expr) -> Number {
        match &expr.form {
            Form::Number(number) => Number::Constant(*number),
            Form::Name(name) => self.number_name(expr, name),
            Form::Lookup(table, places) => self.lookup(expr, table, places),
            Form::Call(function, arguments) => self.call(expr, function, arguments),
            Form::Chain(first, rest) => {
                let first = self.boxed(first);
                let rest = rest.iter().map(|(op, item)| (*op, self.number(item)));
                Number::Chain(first, rest.collect())
            }
            Form::Power(base, exponent) => self.power(base, exponent),
            Form::Negate(inner) => Number::Negate(self.boxed(inner)),
            Form::If(parts) => Number::If(Box::new((
                self.flag(&parts.0),
                self.number(&parts.1),
                self.number(&parts.2),
            ))),
            Form::Text(_)
            | Form::Flag(_)
            | Form::Compare(..)
            | Form::Among(..)
            | Form::Within(..)
            | Form::Not(_)
            | Form::All(_)
            | Form::Any(_) => {
                self.mismatch(expr, Type::Number);
                NO_NUMBER
            }
        }
    }

    pub(super) fn boxed(&self, expr: &Expr) -> Box<Number> {
        Box::new(self.number(expr))
    }

    pub(super) fn pair(&self, left: &Expr, right: &Expr) -> Box<(Number, Number)> {
        Box::new((self.number(left), self.number(right)))
    }

    pub(crate) fn flag(&self, expr: &Expr) -> Flag {
        match &expr.form {
            Form::Flag(flag) => Flag::Constant(*flag),
            Form::Name(name) => match self.symbol(expr, name) {
                Some((Type::Flag, Symbol::Parameter(index))) => Flag::Parameter(index),
                Some((Type::Flag, Symbol::Value(index))) => Flag::Value(index),
                _ => {
                    self.mismatch(expr, Type::Flag);
                    NO_FLAG
                }
            },
            Form::Call(function, arguments) if function == "answered" => {
                let [argument] = arguments.as_slice() else {
                    self.wrong_count(expr, function, "one argument");
                    return NO_FLAG;
                };
                let parameter = self.parameter(argument, "a parameter", |_| true);
                parameter.map_or(NO_FLAG, Flag::Answered)
            }
            Form::Call(function, arguments) if function == "code" => self.code(expr, arguments),
            Form::Compare(comparison, sides) => self.compare(*comparison, &sides.0, &sides.1),
            Form::Among(subject, items) => self.among(subject, items),
            Form::Within(key, choice) => self.chosen(choice, std::slice::from_ref(key)),
            Form::Not(inner) => Flag::Not(Box::new(self.flag(inner))),
            Form::All(items) => Flag::All(self.flags(items)),
            Form::Any(items) => Flag::Any(self.flags(items)),
            Form::If(parts) => Flag::If(Box::new((
                self.flag(&parts.0),
                self.flag(&parts.1),
                self.flag(&parts.2),
            ))),
            Form::Number(_)
            | Form::Text(_)
            | Form::Lookup(..)
            | Form::Call(..)
            | Form::Chain(..)
            | Form::Power(..)
            | Form::Negate(_) => {
                self.mismatch(expr, Type::Flag);
                NO_FLAG
            }
        }
    }

    fn flags(&self, items: &[Expr]) -> Box<[Flag]> {
        items.iter().map(|item| self.flag(item)).collect()
    }

    pub(super) fn numbers(&self, items: &[Expr]) -> Box<[Number]> {
        items.iter().map(|item| self.number(item)).collect()
    }

    fn number_name(&self, expr: &Expr, name: &str) -> Number {
        match self.symbol(expr, name) {
            Some((Type::Number, Symbol::Parameter(index))) => {
                match &self.scope.parameters[index].kind {
                    Kind::Constant(Answer::Number(number)) => Number::Constant(*number),
                    _ => Number::Parameter(index),
                }
            }
            Some((Type::Number, Symbol::Value(index))) => Number::Value(index),
            Some((Type::Number, Symbol::Attached(index, figure))) => {
                self.attached(expr, index, figure)
            }
            _ => {
                self.mismatch(expr, Type::Number);
                NO_NUMBER
            }
        }
    }

    /// The type of an expression as far as its outermost form tells.
    pub(crate) fn type_of(&self, expr: &Expr) -> Type {
        match &expr.form {
            Form::Text(_) => Type::Text,
            Form::Name(name) => self
                .symbol(expr, name)
                .map_or(Type::Opaque, |(found, _)| found),
            Form::If(parts) => self.type_of(&parts.1),
            Form::Call(function, _) if function == "answered" || function == "code" => Type::Flag,
            Form::Number(_)
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
        }
    }

    pub(crate) fn symbol<'n>(&self, expr: &Expr, name: &'n str) -> Option<(Type, Symbol<'n>)> {
        let symbol = self.scope.symbols.get(name, self.section.get());
        match symbol {
            Some(Symbol::Parameter(index)) => {
                let kind = &self.scope.parameters[index].kind;
                Some((type_of_kind(kind), Symbol::Parameter(index)))
            }
            Some(Symbol::Value(index)) => {
                Some((self.scope.value_types[index], Symbol::Value(index)))
            }
            Some(Symbol::Attached(..)) => symbol.map(|symbol| (Type::Number, symbol)),
            None => {
                let found = format!("the unknown name `{}`", shorten(name));
                self.refuse(expr, "a parameter or a named value", &found);
                None
            }
        }
    }

    /// The parameter an expression names, if its kind will do.
    pub(crate) fn parameter(
        &self,
        expr: &Expr,
        expected: &str,
        will_do: fn(&Kind) -> bool,
    ) -> Option<usize> {
        let Form::Name(name) = &expr.form else {
            self.refuse(expr, expected, self.type_of(expr).describe());
            return None;
        };
        match self.symbol(expr, name)? {
            (_, Symbol::Parameter(index)) if will_do(&self.scope.parameters[index].kind) => {
                Some(index)
            }
            (found, _) => {
                self.refuse(expr, expected, &format!("`{name}`, {}", found.describe()));
                None
            }
        }
    }

    /// The choice an expression names, if its kind will do, and which parameter it is.
    pub(super) fn choice(
        &self,
        expr: &Expr,
        expected: &str,
        will_do: fn(&Kind) -> bool,
    ) -> Option<(usize, &Choice)> {
        let parameter = self.parameter(expr, expected, will_do)?;
        let choice = self.scope.parameters[parameter].kind.choice()?;
        Some((parameter, choice))
    }

    fn compare(&self, comparison: Comparison, left: &Expr, right: &Expr) -> Flag {
        let types = (self.type_of(left), self.type_of(right));
        let flag = match types {
            (Type::Number, Type::Number) => {
                return Flag::Compare(comparison, self.pair(left, right));
            }
            (Type::Flag, Type::Flag) => Flag::Same(Box::new((self.flag(left), self.flag(right)))),
            (Type::Choice, _) => self.chosen(left, std::slice::from_ref(right)),
            (_, Type::Choice) => self.chosen(right, std::slice::from_ref(left)),
            (Type::Text, Type::Text) if matches!(left.form, Form::Text(_)) => {
                self.text_among(right, std::slice::from_ref(left))
            }
            (Type::Text, Type::Text) => self.text_among(left, std::slice::from_ref(right)),
            (wanted, _) => {
                self.mismatch(right, wanted);
                NO_FLAG
            }
        };
        match comparison {
            Comparison::Equal => flag,
            Comparison::Unequal => Flag::Not(Box::new(flag)),
            _ => {
                let expected = format!("numbers around `{}`", comparison.sign());
                self.refuse(left, &expected, types.0.describe());
                NO_FLAG
            }
        }
    }

    fn among(&self, subject: &Expr, items: &[Expr]) -> Flag {
        match self.type_of(subject) {
            Type::Choice => self.chosen(subject, items),
            Type::Text => self.text_among(subject, items),
            _ => Flag::NumberAmong(self.boxed(subject), self.numbers(items)),
        }
    }

    fn text_among(&self, subject: &Expr, items: &[Expr]) -> Flag {
        let parameter = self.parameter(subject, "a text parameter", |kind| {
            matches!(kind, Kind::Text(_) | Kind::Constant(Answer::Text(_)))
        });
        let Some(parameter) = parameter else {
            return NO_FLAG;
        };
        let texts = items.iter().map(|item| self.literal(item).to_owned());
        Flag::TextAmong(parameter, texts.collect())
    }

    fn chosen(&self, subject: &Expr, items: &[Expr]) -> Flag {
        let is_choice: fn(&Kind) -> bool = |kind| kind.choice().is_some();
        let Some((parameter, choice)) = self.choice(subject, "a choice", is_choice) else {
            return NO_FLAG;
        };
        let mut indices = Vec::with_capacity(items.len());
        for item in items {
            self.scope.add_weight(choice.values.len());
            let key = self.literal(item);
            if let Some(index) = choice.index(key) {
                indices.push(index);
            } else {
                let name = &self.scope.parameters[parameter].key;
                let expected = format!("a value of `{name}`: {}", known_keys(choice));
                self.refuse(item, &expected, &format!("the text {}", quoted(key)));
            }
        }
        Flag::Chosen(parameter, indices.into())
    }

    /// A number attached to the values of a choice, or one of a size or of inks.
    fn attached(&self, expr: &Expr, parameter: usize, figure: &str) -> Number {
        let described = &self.scope.parameters[parameter];
        let Some(choice) = described.kind.choice().filter(|choice| !choice.many) else {
            let found = type_of_kind(&described.kind).describe();
            let found = format!("`{}`, {found}", described.key);
            self.refuse(expr, "a choice of one value", &found);
            return NO_NUMBER;
        };
        self.scope.add_weight(choice.values.len());
        let place = match &described.kind {
            Kind::Size(sizes) if sizes.free.is_some() => self.figure(expr, &SIZE_FIGURES, figure),
            Kind::Inks(inks) if inks.free.is_some() => self.figure(expr, &INK_FIGURES, figure),
            _ => None,
        };
        let mut numbers = Vec::with_capacity(choice.values.len());
        for value in &choice.values {
            match value.numbers.iter().find(|(key, _)| key == figure) {
                Some((_, number)) => numbers.push(*number),
                None => {
                    let expected =
                        format!("a number `{figure}` at every value of `{}`", described.key);
                    self.refuse(expr, &expected, &format!("none at `{}`", value.key));
                }
            }
        }
        match place {
            Some(place) => Number::Figure(parameter, numbers.into(), place),
            None => Number::Attached(parameter, numbers.into()),
        }
    }

    /// The place of a figure that answers have which are not listed.
    fn figure(&self, expr: &Expr, known: &[&str], figure: &str) -> Option<usize> {
        let place = known.iter().position(|known| *known == figure);
        if place.is_none() {
            let expected = format!("one of {}, which any answer has", known.join(", "));
            self.refuse(expr, &expected, &format!("`{figure}`"));
        }
        place
    }

    /// `sum(block, pages)`: an expression in each of the sections that a detail repeats in, as
    /// far as they are there.
    pub(super) fn over_details(&self, function: &str, arguments: &[Expr]) -> Option<Number> {
        let [detail, each] = arguments else {
            return None;
        };
        let outer = self.section.get();
        let repeated = self.scope.symbols.repeated(detail, outer)?;
        if self.inside.replace(true) {
            let expected = format!("no `{function}` over details inside another one");
            self.refuse(detail, &expected, &format!("another `{function}`"));
            return Some(NO_NUMBER);
        }
        let mut parts = Vec::with_capacity(repeated.sections.len());
        for (before, section) in repeated.sections.iter().enumerate() {
            self.section.set(Some(*section));
            let number = self.number(each);
            parts.push((Decimal::from(before), number));
        }
        self.section.set(outer);
        self.inside.set(false);
        Some(unrolled(function, repeated.count, parts))
    }

    /// The text of a literal.
    pub(super) fn literal<'e>(&self, expr: &'e Expr) -> &'e str {
        if let Form::Text(text) = &expr.form {
            return text;
        }
        self.refuse(expr, "a text in quotes", "an expression");
        ""
    }
}

/// What is there of a repeating detail, put together; a part that is not there adds nothing to a
/// sum and stands in for the first one in a minimum or maximum.
fn unrolled(function: &str, count: usize, parts: Vec<(Decimal, Number)>) -> Number {
    let if_there = |before: Decimal, number: Number, otherwise: Number| {
        let sides = (Number::Parameter(count), Number::Constant(before));
        let is_there = Flag::Compare(Comparison::Greater, Box::new(sides));
        Number::If(Box::new((is_there, number, otherwise)))
    };
    if function == "sum" {
        let parts = parts.into_iter().map(|(before, number)| {
            let part = if_there(before, number, Number::Constant(Decimal::ZERO));
            (Arithmetic::Add, part)
        });
        return Number::Chain(Box::new(Number::Constant(Decimal::ZERO)), parts.collect());
    }
    let first = parts
        .first()
        .map_or(NO_NUMBER, |(_, number)| number.clone());
    let parts = parts
        .into_iter()
        .map(|(before, number)| if_there(before, number, first.clone()));
    if function == "min" {
        Number::Minimum(parts.collect())
    } else {
        Number::Maximum(parts.collect())
    }
}

/// A choice of which one value is chosen.
pub(super) fn is_single(kind: &Kind) -> bool {
    kind.choice().is_some_and(|choice| !choice.many)
}

fn type_of_kind(kind: &Kind) -> Type {
    match kind {
        Kind::Choice(_) | Kind::Size(_) | Kind::Inks(_) => Type::Choice,
        Kind::YesNo | Kind::Constant(Answer::Flag(_)) => Type::Flag,
        Kind::Number(_)
        | Kind::Run(_)
        | Kind::Pages(_)
        | Kind::Date(_)
        | Kind::Constant(Answer::Number(_)) => Type::Number,
        Kind::Text(_) | Kind::Constant(Answer::Text(_)) => Type::Text,
        Kind::File(_) | Kind::PassThrough | Kind::Constant(Answer::List(_)) => Type::Opaque,
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
