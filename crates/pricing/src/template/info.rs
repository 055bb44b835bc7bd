//! The parts of a template that explain a price: lines, named values, tables and worked examples.

use crate::decimal::Direction;
use crate::{Answers, Decimal, ProblemCode, Texts};

/// What is known of a price line before any answer.
#[derive(Debug, Clone, PartialEq)]
pub struct LineInfo {
    /// The stable name; a path in details and operations, such as `cover.print`.
    pub key: String,
    /// The detail or operation it belongs to, by index.
    pub section: Option<usize>,
    /// What buyers read.
    pub name: Texts,
    /// The unit of how often it is charged.
    pub unit: Option<Texts>,
    /// The line's own rounding.
    pub round: Option<Rounding>,
    /// What the price is charged for each of.
    pub per: Option<Per>,
    /// Whether it is left out of the total before discount.
    pub discount: bool,
}

/// What production time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Working days.
    Days,
    /// Working hours.
    Hours,
}

/// Rounding to a multiple of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// The step, any positive decimal.
    pub step: Decimal,
    /// Which way.
    pub direction: Direction,
}

/// What is known of a named value before any answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueInfo {
    /// The stable name.
    pub key: String,
    /// What buyers read; a value without a name is not shown.
    pub name: Option<Texts>,
    /// The unit buyers read.
    pub unit: Option<Texts>,
    /// The detail or operation it belongs to, by index.
    pub section: Option<usize>,
    /// Whether it is a day, which people read as a date.
    pub date: bool,
}

/// What is known of a table before any answer.
#[derive(Debug, Clone, PartialEq)]
pub struct TableInfo {
    /// The stable name.
    pub key: String,
    /// What readers of an explanation see.
    pub name: Option<Texts>,
    /// What one cell is the price of.
    pub per: Option<Per>,
    /// The axes, outermost first.
    pub axes: Vec<AxisInfo>,
    /// Whether a person prices what the table has no cell for.
    pub ask: bool,
}

/// One axis of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisInfo {
    /// The stable name.
    pub key: String,
    /// What readers of an explanation see.
    pub name: Option<Texts>,
    /// The rows.
    pub rows: Rows,
    /// What there is between two rows of numbers.
    pub between: Between,
    /// What becomes of a number beyond the rows.
    pub outside: Outside,
}

/// What there is between two rows of numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Between {
    /// Nothing: a number is met exactly.
    #[default]
    Exact,
    /// The lower row, up to the next one.
    Step,
    /// The straight line from row to row.
    Linear,
}

impl Between {
    #[cfg(feature = "compile")]
    pub(crate) const ALL: [Self; 3] = [Self::Exact, Self::Step, Self::Linear];

    /// The name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Step => "step",
            Self::Linear => "linear",
        }
    }
}

/// What becomes of a number beyond the rows of an axis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Outside {
    /// It has no price.
    #[default]
    Refuse,
    /// It counts as the nearest end.
    Clamp,
    /// A person prices it.
    Ask,
}

impl Outside {
    #[cfg(feature = "compile")]
    pub(crate) const ALL: [Self; 3] = [Self::Refuse, Self::Clamp, Self::Ask];

    /// The name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Clamp => "clamp",
            Self::Ask => "ask",
        }
    }
}

/// The rows of an axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// A row per key.
    Keys(Vec<String>),
    /// A row per number, ascending.
    Numbers(Vec<Decimal>),
    /// A row per range, both ends included; only the last may be open.
    Ranges(Vec<(Decimal, Option<Decimal>)>),
}

/// What one cell of a table is the price of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// One finished piece.
    Piece,
    /// One sheet of paper.
    Sheet,
    /// One printed page.
    Page,
    /// One square metre.
    Area,
    /// One metre of length.
    Metre,
    /// One character of a text.
    Character,
    /// The whole run.
    Run,
    /// Setting up, whatever the quantity.
    SetUp,
}

impl Per {
    #[cfg(feature = "compile")]
    pub(crate) const ALL: [Self; 8] = [
        Self::Piece,
        Self::Sheet,
        Self::Page,
        Self::Area,
        Self::Metre,
        Self::Character,
        Self::Run,
        Self::SetUp,
    ];

    /// The name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Piece => "piece",
            Self::Sheet => "sheet",
            Self::Page => "page",
            Self::Area => "area",
            Self::Metre => "metre",
            Self::Character => "character",
            Self::Run => "run",
            Self::SetUp => "set-up",
        }
    }
}

/// A worked example that the template carries and can be held to.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// Where its numbers come from.
    pub source: Option<String>,
    /// The answers.
    pub answers: Answers,
    /// The outcome.
    pub expect: Expectation,
}

/// The outcome of a worked example.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// A price. Only what is listed is compared.
    Price {
        /// The total.
        total: Decimal,
        /// What else a price tells.
        facts: ExpectedFacts,
        /// Named values by key.
        values: Vec<(String, Decimal)>,
        /// Lines by key.
        lines: Vec<(String, ExpectedLine)>,
    },
    /// No price, for this reason.
    Problem(ProblemCode),
}

/// What a price tells beside its total. Only what is given is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectedFacts {
    /// The total without discounts.
    pub total_before_discount: Option<Decimal>,
    /// The value added tax in the total.
    pub vat: Option<Decimal>,
    /// In grams.
    pub weight: Option<Decimal>,
    /// In working days or hours.
    pub production: Option<Decimal>,
}

/// A line of a worked example. Only what is given is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectedLine {
    /// The price of a charge.
    pub price: Option<Decimal>,
    /// How often it is charged.
    pub times: Option<Decimal>,
    /// The amount.
    pub amount: Option<Decimal>,
}
