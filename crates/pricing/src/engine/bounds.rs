//! The bounds that answered numbers are held to.

use super::answers::{Checked, misfit};
use crate::decimal::{Direction, at_most, canonical, compare, remainder};
use crate::{Decimal, Numeric, ProblemCode, texts};

/// Holds a number to its bounds.
pub(crate) fn check(numeric: &Numeric, number: Decimal) -> Checked {
    let equals = |other: &Decimal| compare(*other, number).is_eq();
    if !numeric.only.is_empty() && !numeric.only.iter().any(equals) {
        let mut offered = String::new();
        for (place, number) in numeric.only.iter().enumerate() {
            texts::enlist(&mut offered, place, &canonical(*number));
        }
        let mut problem = wrong(ProblemCode::NotOffered, &[("value", number)], canonical);
        problem.add("offered", offered);
        return Err(problem);
    }
    within(numeric.min, numeric.max, number, canonical)?;
    if numeric.whole && !equals(&Direction::Down.whole(number)) {
        return Err(wrong(
            ProblemCode::NotWhole,
            &[("value", number)],
            canonical,
        ));
    }
    match numeric.multiple {
        Some(multiple) if !is_multiple(number, multiple) => {
            let arguments = [("value", number), ("multiple", multiple)];
            Err(wrong(ProblemCode::NotAMultiple, &arguments, canonical))
        }
        _ => Ok(()),
    }
}

/// Holds a number to two bounds; what it is told as differs, because some are days.
pub(super) fn within(
    min: Decimal,
    max: Decimal,
    number: Decimal,
    told: fn(Decimal) -> String,
) -> Checked {
    if at_most(min, number) && at_most(number, max) {
        return Ok(());
    }
    let arguments = [("value", number), ("min", min), ("max", max)];
    Err(wrong(ProblemCode::OutOfBounds, &arguments, told))
}

fn is_multiple(number: Decimal, of: Decimal) -> bool {
    remainder(number, of).is_some_and(Decimal::is_zero)
}

#[cold]
#[inline(never)]
fn wrong(
    code: ProblemCode,
    arguments: &[(&'static str, Decimal)],
    told: fn(Decimal) -> String,
) -> Box<crate::Problem> {
    let mut problem = misfit(code);
    for (name, number) in arguments {
        problem.add(name, told(*number));
    }
    problem
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
        let numeric = Numeric {
            min: decimal(min),
            max: decimal(max),
            multiple: Some(decimal("0.5")),
            whole: false,
            unit: None,
            suggest: Vec::new(),
            only: Vec::new(),
            view: NumberView::Stepper,
        };
        let checked = super::check(&numeric, decimal(number));
        checked.err().map(|problem| problem.code)
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
