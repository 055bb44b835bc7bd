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
        let mut problem = plain(None, ProblemCode::OutOfRange);
        match self {
            Self::NoSuchCombination { table, parameter } => {
                let table = &template.tables()[table];
                problem.parameter = parameter;
                problem.code = or_ask(table.ask, ProblemCode::NoSuchCombination);
                problem.add("table", table.key.clone());
            }
            Self::Outside {
                table,
                axis,
                at,
                parameter,
                ask,
            } => {
                let table = &template.tables()[table];
                problem.parameter = parameter;
                problem.code = or_ask(ask, ProblemCode::OutsideTheIntervals);
                problem.add("table", table.key.clone());
                problem.add("axis", table.axes[axis].key.clone());
                problem.add("at", canonical(at));
            }
            Self::Missing { parameter } => {
                problem.parameter = Some(parameter);
                problem.code = ProblemCode::RequiredAnswerMissing;
            }
            Self::AboveMaximum { sum, maximum } => {
                problem.code = ProblemCode::AskForAQuote;
                problem.add("sum", canonical(sum));
                problem.add("maximum", canonical(maximum));
            }
            Self::OutOfRange => {}
            Self::DivisionByZero => problem.code = ProblemCode::DivisionByZero,
        }
        problem
    }
}

fn or_ask(ask: bool, code: ProblemCode) -> ProblemCode {
    if ask { ProblemCode::AskForAQuote } else { code }
}

/// A problem without numbers behind it.
#[inline(never)]
pub(crate) fn plain(parameter: Option<usize>, code: ProblemCode) -> Problem {
    Problem {
        parameter,
        code,
        arguments: Vec::new(),
        message: None,
    }
}

impl Problem {
    /// A number or a name behind it.
    #[inline(never)]
    pub(super) fn add(&mut self, name: &'static str, value: String) {
        self.arguments.push((name, value));
    }
}
