//! The result of pricing: fields, notices, problems and a price per run.
//!
//! Everything refers to the template by index, so a quote is cheap to build on every keystroke;
//! [`crate::Template`] has the names.

mod problem;

pub use problem::{Problem, ProblemCode};

use std::ops::Range;
use std::sync::Arc;

use crate::decimal::Direction;
use crate::{Answer, Decimal, Texts};

/// A template's response to answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The state of every parameter, in the order of the template.
    pub fields: Vec<Field>,
    /// What was done to answers that could not stay as they were.
    pub notices: Vec<Notice>,
    /// What keeps every run from having a price.
    pub problems: Vec<Problem>,
    /// One entry per run asked for, or one for the answered quantity.
    pub runs: Vec<RunQuote>,
}

/// The state of one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Whether it can be answered now. An unavailable parameter is not shown and not priced.
    pub available: bool,
    /// Whether an answer is required now.
    pub required: bool,
    /// The answer that counts: the buyer's, else the default.
    pub answer: Option<Effective>,
    /// Whether a rule or the product holds the answer, so that it cannot be another one now.
    pub fixed: bool,
    /// What [`Field::unavailable`] tells; mostly there is nothing.
    pub(crate) gone: Option<Box<Gone>>,
}

/// Behind one word, so that fields are small: a quote has hundreds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gone(pub(crate) Vec<Unavailable>);

impl Field {
    /// Values of a choice that cannot be chosen now.
    #[must_use]
    pub fn unavailable(&self) -> &[Unavailable] {
        self.gone.as_ref().map_or(&[], |gone| &gone.0)
    }
}

impl Default for Field {
    /// Available, not required and not answered.
    fn default() -> Self {
        Self {
            available: true,
            required: false,
            answer: None,
            fixed: false,
            gone: None,
        }
    }
}

/// An answer as the engine understood it; [`crate::Parameter::answer`] turns it back.
///
/// Values of a choice are indices: no text is copied or compared while pricing.
#[derive(Debug, Clone, PartialEq)]
pub enum Effective {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Decimal),
    /// The index of a choice's value.
    Value(usize),
    /// An answer of any length.
    Long(Arc<Long>),
}

/// An answer that may be of any length. Shared, because it is rare: a quote drops and copies
/// hundreds of answers, and most of them are a word or two.
#[derive(Debug, Clone, PartialEq)]
pub enum Long {
    /// The indices of several values of a choice, ascending.
    Values(Vec<usize>),
    /// The numbers of a size or of inks that are not listed.
    Figures(Vec<Decimal>),
    /// A text.
    Text(String),
    /// Several texts, such as files.
    Texts(Vec<String>),
}

impl Effective {
    /// The answer that may be of any length, if it is one.
    #[must_use]
    pub fn long(&self) -> Option<&Long> {
        match self {
            Self::Long(long) => Some(long),
            _ => None,
        }
    }
}

impl From<Long> for Effective {
    fn from(long: Long) -> Self {
        Self::Long(long.shared())
    }
}

impl Long {
    #[inline(never)]
    fn shared(self) -> Arc<Self> {
        Arc::new(self)
    }
}

/// A value of a choice that cannot be chosen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable {
    /// Its index among the choice's values.
    pub value: usize,
    /// Why, in the template's words.
    pub reason: Option<Texts>,
}

/// What was done to an answer that could not stay as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The parameter is unavailable now, so its answer does not count.
    Dropped {
        /// The parameter.
        parameter: usize,
        /// The buyer's answer.
        from: Answer,
    },
    /// The chosen value is unavailable now; another one counts instead.
    Replaced {
        /// The parameter.
        parameter: usize,
        /// The buyer's answer.
        from: Answer,
        /// The answer that counts.
        to: Answer,
    },
    /// The template has no such parameter.
    Unknown {
        /// The path that was answered.
        path: String,
        /// The buyer's answer.
        from: Answer,
    },
}

impl Notice {
    /// The notice's stable name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Dropped { .. } => "dropped",
            Self::Replaced { .. } => "replaced",
            Self::Unknown { .. } => "unknown",
        }
    }
}

/// The price of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunQuote {
    /// The quantity.
    pub run: Decimal,
    /// The price; none exactly when this run or the whole quote has problems.
    pub price: Option<Price>,
    /// What keeps this run from having a price.
    pub problems: Vec<Problem>,
}

/// A price with everything that explains it.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// The lines that apply, in the order of the template. They sum to the total exactly.
    pub lines: Vec<Line>,
    /// The table cells that were read for the lines.
    pub lookups: Lookups,
    /// The price to pay.
    pub total: Decimal,
    /// Total by quantity, rounded half up to 0.01. For display only: the total is the truth.
    pub unit_price: Decimal,
    /// What the total would be without the lines that are discounts; none where there are none.
    pub total_before_discount: Option<Decimal>,
    /// The value added tax in the total; none where the template has no line of it.
    pub vat: Option<Decimal>,
    /// In grams; none where the template does not say or it cannot be computed.
    pub weight: Option<Decimal>,
    /// Working days or hours, as the template says; none where it does not or it cannot be
    /// computed.
    pub production: Option<Decimal>,
    /// The named values, in the order of the template; none where it cannot be computed.
    /// A flag is 1 or 0.
    pub values: Vec<Option<Decimal>>,
}

/// One line of a price.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its index among the template's lines.
    pub line: usize,
    /// What it adds to the total; may be negative.
    pub amount: Decimal,
    /// How the amount came about.
    pub basis: Basis,
    /// Which of the price's [`Lookups`] were made for it, also through named values.
    pub lookups: Range<usize>,
}

/// How a line's amount came about.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// Price by times, then the line's own rounding if it has one.
    Charge {
        /// The price.
        price: Decimal,
        /// How often it is charged; once when none.
        times: Option<Decimal>,
    },
    /// A share of earlier lines, then the line's own rounding if it has one.
    Percent {
        /// The signed percentage.
        percent: Decimal,
        /// The sum it is taken of.
        of: Decimal,
    },
    /// The difference that rounding the sum so far makes.
    Rounding {
        /// The sum becomes a multiple of this.
        step: Decimal,
        /// Which way.
        direction: Direction,
        /// The sum before.
        from: Decimal,
    },
    /// What is missing to the least that is charged.
    Minimum {
        /// The least that is charged.
        minimum: Decimal,
        /// The sum before.
        from: Decimal,
    },
    /// Value added tax.
    Vat {
        /// The rate, in percent.
        rate: Decimal,
        /// The sum that is taxed.
        of: Decimal,
        /// The tax: the amount of the line, or what the prices contain of it.
        tax: Decimal,
        /// Whether the prices contain it; then the line adds nothing.
        included: bool,
    },
}

/// Table cells that were read, those of all lines of a price in two lists: a list of its own for
/// each line and each cell would cost more than all the reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lookups {
    cells: Vec<Cell>,
    spots: Vec<Spot>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    table: usize,
    /// Where its spots are.
    spots: Range<usize>,
    cell: Decimal,
    times: Option<Decimal>,
}

impl Lookups {
    /// The table cells that were read for a line.
    pub fn of(&self, line: &Line) -> impl Iterator<Item = Lookup<'_>> {
        let cells = self.cells.get(line.lookups.clone()).unwrap_or_default();
        cells.iter().map(|cell| Lookup {
            table: cell.table,
            spots: self.spots.get(cell.spots.clone()).unwrap_or_default(),
            cell: cell.cell,
            times: cell.times,
        })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn push(&mut self, lookup: &Lookup<'_>) {
        let start = self.spots.len();
        self.spots.extend_from_slice(lookup.spots);
        self.cells.push(Cell {
            table: lookup.table,
            spots: start..self.spots.len(),
            cell: lookup.cell,
            times: lookup.times,
        });
    }
}

/// A table cell that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup<'p> {
    /// The table's index.
    pub table: usize,
    /// Where in the table, axis by axis; [`crate::AxisInfo::coordinate`] tells what stands there.
    pub spots: &'p [Spot],
    /// What stands there, or what interpolation makes of it.
    pub cell: Decimal,
    /// How much of the quantity is charged at this cell, where every tier is charged by itself.
    pub times: Option<Decimal>,
}

/// A place on one axis of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spot {
    /// The index of the row.
    pub row: usize,
    /// The number that was looked up; 0 on an axis of keys.
    pub at: Decimal,
    /// Whether it lies between this row and the next one.
    pub between: bool,
}

/// What stands at a place on one axis of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coordinate<'t> {
    /// The row of this key.
    Key(&'t str),
    /// The row of this range, both ends included.
    Range {
        /// Its lower end.
        from: Decimal,
        /// Its upper end; open when none.
        to: Option<Decimal>,
        /// The number that was looked up.
        at: Decimal,
    },
    /// On the way from one row to the next.
    Between {
        /// The lower row.
        from: Decimal,
        /// The upper row.
        to: Decimal,
        /// The number that was looked up.
        at: Decimal,
    },
}
