//! What can go wrong in a computation: a few numbers on the way, words only at the end.

use crate::decimal::canonical;
use crate::{Decimal, Problem, ProblemCode, Template};

/// Why an expression has no result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cause {
    /// The cell is empty, the key is not in the table, or nothing is chosen.
    NoSuchCombination {
        table: usize,
        parameter: Option<usize>,
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
    #[cold]
    #[inline(never)]
    pub(crate) fn problem(self, template: &Template) -> Problem {
        let table_key = |table: usize| ("table", template.tables()[table].key.clone());
        let or_ask = |ask: bool, code| if ask { ProblemCode::AskForAQuote } else { code };
        let (parameter, code, arguments) = match self {
            Self::NoSuchCombination { table, parameter } => {
                let ask = template.tables()[table].ask;
                let code = or_ask(ask, ProblemCode::NoSuchCombination);
                (parameter, code, vec![table_key(table)])
            }
            Self::Outside {
                table,
                axis,
                at,
                parameter,
                ask,
            } => {
                let axis = template.tables()[table].axes[axis].key.clone();
                let arguments = vec![table_key(table), ("axis", axis), ("at", canonical(at))];
                let code = or_ask(ask, ProblemCode::OutsideTheIntervals);
                (parameter, code, arguments)
            }
            Self::Missing { parameter } => {
                let code = ProblemCode::RequiredAnswerMissing;
                (Some(parameter), code, Vec::new())
            }
            Self::AboveMaximum { sum, maximum } => {
                let arguments = vec![("sum", canonical(sum)), ("maximum", canonical(maximum))];
                (None, ProblemCode::AskForAQuote, arguments)
            }
            Self::OutOfRange => (None, ProblemCode::OutOfRange, Vec::new()),
            Self::DivisionByZero => (None, ProblemCode::DivisionByZero, Vec::new()),
        };
        Problem {
            arguments,
            ..plain(parameter, code)
        }
    }
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
