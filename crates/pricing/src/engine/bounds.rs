//! The bounds that answered numbers are held to.

use super::answers::{Checked, misfit};
use crate::decimal::{at_most, canonical, remainder};
use crate::{Decimal, Numeric, ProblemCode, date};

/// The part of a number's kind that answers are held to.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    min: Decimal,
    max: Decimal,
    multiple: Option<Decimal>,
    whole: bool,
    only: Box<[Decimal]>,
}

impl Bounds {
    pub(crate) fn new(numeric: &Numeric) -> Self {
        Self {
            min: numeric.min,
            max: numeric.max,
            multiple: numeric.multiple,
            whole: numeric.whole,
            only: numeric.only.clone().into(),
        }
    }

    /// The bounds of a whole number, such as a day.
    pub(crate) fn whole(min: Decimal, max: Decimal) -> Self {
        Self {
            min,
            max,
            multiple: None,
            whole: true,
            only: Box::default(),
        }
    }

    /// A day out of bounds is told as a date.
    pub(super) fn check_day(&self, day: Decimal) -> Checked {
        if self.check(day).is_ok() {
            return Ok(());
        }
        let arguments = [("value", day), ("min", self.min), ("max", self.max)]
            .map(|(name, day)| (name, date::written(day)));
        Err(misfit(ProblemCode::OutOfBounds, arguments.into()))
    }

    pub(crate) fn check(&self, number: Decimal) -> Checked {
        if !self.only.is_empty() && !self.only.contains(&number) {
            let offered: Vec<String> = self.only.iter().copied().map(canonical).collect();
            let arguments = vec![
                ("value", canonical(number)),
                ("offered", offered.join(", ")),
            ];
            return Err(misfit(ProblemCode::NotOffered, arguments));
        }
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
    use crate::NumberView;
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
            only: Vec::new(),
            view: NumberView::Stepper,
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
