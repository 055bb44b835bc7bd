//! What can go wrong in a computation: a few numbers on the way, words only at the end.

use crate::decimal::canonical;
use crate::{Decimal, Problem, ProblemCode, Template};

/// Why an expression has no result. Boxed, because results are many and causes are rare.
pub(crate) type Fault = Box<Cause>;

/// What went wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cause {
    /// The cell is empty, the key is not in the table, or nothing is chosen.
    NoSuchCombination {
        table: usize,
        parameter: Option<usize>,
        ask: bool,
    },
    /// The number is in no range of the axis.
    Outside {
        table: usize,
        axis: usize,
        at: Decimal,
        parameter: Option<usize>,
        ask: bool,
    },
    /// A table is asked for a choice that can be answered and is not.
    Missing {
        parameter: usize,
    },
    /// The sum is above what is priced without a person.
    AboveMaximum {
        sum: Decimal,
        maximum: Decimal,
    },
    OutOfRange,
    DivisionByZero,
}

impl Cause {
    /// The problem a buyer sees.
    pub(crate) fn problem(&self, template: &Template) -> Problem {
        let table_key = |table: usize| ("table", template.tables()[table].key.clone());
        let or_ask = |ask: bool, code| if ask { ProblemCode::AskForAQuote } else { code };
        match *self {
            Self::NoSuchCombination {
                table,
                parameter,
                ask,
            } => Problem {
                parameter,
                code: or_ask(ask, ProblemCode::NoSuchCombination),
                arguments: vec![table_key(table)],
                message: None,
            },
            Self::Outside {
                table,
                axis,
                at,
                parameter,
                ask,
            } => Problem {
                parameter,
                code: or_ask(ask, ProblemCode::OutsideTheIntervals),
                arguments: vec![
                    table_key(table),
                    ("axis", template.tables()[table].axes[axis].key.clone()),
                    ("at", canonical(at)),
                ],
                message: None,
            },
            Self::Missing { parameter } => {
                plain(Some(parameter), ProblemCode::RequiredAnswerMissing)
            }
            Self::AboveMaximum { sum, maximum } => Problem {
                parameter: None,
                code: ProblemCode::AskForAQuote,
                arguments: vec![("sum", canonical(sum)), ("maximum", canonical(maximum))],
                message: None,
            },
            Self::OutOfRange => plain(None, ProblemCode::OutOfRange),
            Self::DivisionByZero => plain(None, ProblemCode::DivisionByZero),
        }
    }
}

/// A computation left the range of decimals.
pub(crate) fn out_of_range() -> Fault {
    Box::new(Cause::OutOfRange)
}

/// A problem without numbers behind it.
pub(crate) fn plain(parameter: Option<usize>, code: ProblemCode) -> Problem {
    Problem {
        parameter,
        code,
        arguments: Vec::new(),
        message: None,
    }
}
