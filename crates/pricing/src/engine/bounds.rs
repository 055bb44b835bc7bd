//! The bounds that answered numbers are held to.

use super::answers::{Checked, misfit};
use crate::decimal::{at_most, canonical, remainder};
use crate::{Decimal, Numeric, ProblemCode};

/// The part of a number's kind that answers are held to.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    min: Decimal,
    max: Decimal,
    multiple: Option<Decimal>,
    whole: bool,
}

impl Bounds {
    pub(crate) fn new(numeric: &Numeric) -> Self {
        let Numeric {
            min,
            max,
            multiple,
            whole,
            ..
        } = *numeric;
        Self {
            min,
            max,
            multiple,
            whole,
        }
    }

    pub(crate) fn check(&self, number: Decimal) -> Checked {
        if !(at_most(self.min, number) && at_most(number, self.max)) {
            let bounds = [("min", self.min), ("max", self.max)];
            return wrong(ProblemCode::OutOfBounds, number, &bounds);
        }
        if self.whole && number.scale() > 0 && !number.fract().is_zero() {
            return wrong(ProblemCode::NotWhole, number, &[]);
        }
        match self.multiple {
            Some(multiple) if !is_multiple(number, multiple) => {
                wrong(ProblemCode::NotAMultiple, number, &[("multiple", multiple)])
            }
            _ => Ok(()),
        }
    }
}

fn is_multiple(number: Decimal, of: Decimal) -> bool {
    remainder(number, of).is_some_and(|rest| rest.is_zero())
}

fn wrong(code: ProblemCode, number: Decimal, bounds: &[(&'static str, Decimal)]) -> Checked {
    let mut arguments = vec![("value", canonical(number))];
    arguments.extend(
        bounds
            .iter()
            .map(|(name, bound)| (*name, canonical(*bound))),
    );
    Err(misfit(code, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::parse;

    fn decimal(text: &str) -> Decimal {
        parse(text).unwrap()
    }

    fn check(min: &str, max: &str, number: &str) -> Option<ProblemCode> {
        let bounds = Bounds::new(&Numeric {
            min: decimal(min),
            max: decimal(max),
            multiple: Some(decimal("0.5")),
            whole: false,
            unit: None,
            suggest: Vec::new(),
        });
        bounds
            .check(decimal(number))
            .err()
            .map(|problem| problem.code)
    }

    #[test]
    fn both_ends_belong_to_the_bounds_however_they_are_written() {
        for (min, max, number, expected) in [
            ("1", "10", "1", None),
            ("1", "10", "10.0", None),
            ("1.0", "10.00", "10", None),
            ("-0.5", "0.5", "-0.5", None),
            ("1", "10", "0.5", Some(ProblemCode::OutOfBounds)),
            ("1", "10", "11", Some(ProblemCode::OutOfBounds)),
            ("-0.5", "0.5", "1", Some(ProblemCode::OutOfBounds)),
            ("1", "10", "1.2", Some(ProblemCode::NotAMultiple)),
        ] {
            assert_eq!(
                check(min, max, number),
                expected,
                "{number} in {min}..{max}"
            );
        }
    }
}
