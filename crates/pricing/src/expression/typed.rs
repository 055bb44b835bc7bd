//! Compiled expressions: every name is an index and every type is settled.

use crate::Decimal;
use crate::decimal::Direction;

/// An operator between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Arithmetic {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Comparison {
    const ALL: [Self; 6] = [
        Self::Equal,
        Self::Unequal,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
    ];

    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    pub(crate) fn from_sign(sign: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|comparison| comparison.sign() == sign)
    }
}

/// A compiled named value.
#[derive(Debug, Clone)]
pub(crate) enum Compiled {
    Number(Number),
    Flag(Flag),
}

/// A function of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Power,
    /// Width and height, those of the sheet, perhaps gap, margin and bleed.
    PerSheet,
    /// A day, and how many working days later.
    AddWorkingDays,
    /// From a day to another.
    WorkingDays,
    Weekday,
}

/// An expression whose result is a number.
#[derive(Debug, Clone)]
pub(crate) enum Number {
    Constant(Decimal),
    Parameter(usize),
    Value(usize),
    /// A number attached to the chosen value: one per value of the choice.
    Attached(usize, Box<[Decimal]>),
    /// A number of a size or of inks: one per listed value, and its place in an answer that is
    /// not listed.
    Figure(usize, Box<[Decimal]>, usize),
    Chain(Box<Number>, Box<[(Arithmetic, Number)]>),
    Power(Box<Number>, i32),
    Negate(Box<Number>),
    Absolute(Box<Number>),
    Minimum(Box<[Number]>),
    Maximum(Box<[Number]>),
    /// Value, lower and upper bound.
    Clamp(Box<[Number; 3]>),
    /// Value and step.
    Round(Box<(Number, Number)>, Direction),
    /// To a whole number, which is most roundings and needs no division.
    Whole(Box<Number>, Direction),
    /// How many values of a choice are chosen.
    Count(usize),
    /// How many characters a text has.
    Length(usize),
    /// How many of them are no spaces.
    Letters(usize),
    Call(Function, Box<[Number]>),
    Lookup(Box<LookupSite>),
    /// The sum of these earlier lines, or of all; only lines have one.
    Subtotal(Option<Box<[usize]>>),
    If(Box<(Flag, Number, Number)>),
}

/// An expression whose result is yes or no.
#[derive(Debug, Clone)]
pub(crate) enum Flag {
    Constant(bool),
    Parameter(usize),
    Value(usize),
    Compare(Comparison, Box<(Number, Number)>),
    /// Whether two conditions agree.
    Same(Box<(Flag, Flag)>),
    /// Whether one of these values of a choice is chosen.
    Chosen(usize, Box<[usize]>),
    /// Whether a text is one of these.
    TextAmong(usize, Box<[String]>),
    /// Whether a text is one of these codes, small and capital letters being the same.
    Code(usize, Box<[String]>),
    NumberAmong(Box<Number>, Box<[Number]>),
    Answered(usize),
    Not(Box<Flag>),
    All(Box<[Flag]>),
    Any(Box<[Flag]>),
    If(Box<(Flag, Flag, Flag)>),
}

/// A table look-up: which table, and where in it.
#[derive(Debug, Clone)]
pub(crate) struct LookupSite {
    pub(crate) table: usize,
    pub(crate) places: Box<[Place]>,
    /// The axis whose tiers are charged each by itself.
    pub(crate) graduated: Option<usize>,
}

/// Where on an axis.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// The row of the chosen value: one row per value of the choice, none where the table has
    /// no such key.
    Chosen(usize, Box<[Option<usize>]>),
    /// A row known beforehand.
    Row(usize),
    /// The row of a number.
    At(Number),
}

impl Place {
    /// The parameter a buyer could change to look elsewhere, when it is a plain one.
    pub(crate) fn parameter(&self) -> Option<usize> {
        match self {
            Self::Chosen(parameter, _) | Self::At(Number::Parameter(parameter)) => Some(*parameter),
            Self::Row(_) | Self::At(_) => None,
        }
    }
}
