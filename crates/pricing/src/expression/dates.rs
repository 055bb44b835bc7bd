//! Which expressions are days: their numbers are told as dates.

use super::check::Checker;
use super::symbols::Symbol;
use super::syntax::{Expr, Form};
use super::typed::Arithmetic;
use crate::template::Kind;

impl Checker<'_> {
    /// Whether a number is a day, as far as its expression tells: a date, a date some days later,
    /// or one of several dates. The difference of two dates is none.
    pub(crate) fn is_date(&self, expr: &Expr) -> bool {
        match &expr.form {
            Form::Name(name) => match self.symbol(expr, name) {
                Some((_, Symbol::Parameter(index))) => {
                    matches!(self.scope.parameters[index].kind, Kind::Date(_))
                }
                Some((_, Symbol::Value(index))) => self.scope.value_dates[index],
                _ => false,
            },
            Form::Call(function, arguments) => match function.as_str() {
                "date" | "add_working_days" => true,
                "min" | "max" | "clamp" => arguments.iter().all(|argument| self.is_date(argument)),
                _ => false,
            },
            Form::If(parts) => self.is_date(&parts.1) && self.is_date(&parts.2),
            Form::Chain(first, rest) => self.is_date_later(first, rest),
            _ => false,
        }
    }

    /// `ready + 3`, also `3 + ready`: one date more is added than is taken away.
    fn is_date_later(&self, first: &Expr, rest: &[(Arithmetic, Expr)]) -> bool {
        let mut dates = i64::from(self.is_date(first));
        for (operator, operand) in rest {
            match operator {
                Arithmetic::Add => dates += i64::from(self.is_date(operand)),
                Arithmetic::Subtract => dates -= i64::from(self.is_date(operand)),
                Arithmetic::Multiply | Arithmetic::Divide | Arithmetic::Remainder => return false,
            }
        }
        dates == 1
    }
}
