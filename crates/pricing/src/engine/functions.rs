//! Functions of numbers that are more than arithmetic: powers, items per sheet, working days.

use super::calendar::Calendar;
use super::evaluate::Computed;
use super::fault::Cause;
use super::power::power;
use crate::Decimal;
use crate::decimal::{add, at_most, divide, larger, multiply, remainder, subtract, to_whole};

/// The most arguments a function takes.
pub(super) const MOST_ARGUMENTS: usize = 7;

/// No day is further away: the years 0 to 9999 are within.
const LAST_DAY: u64 = 3_000_000;

/// No shift by working days is longer.
const LONGEST: u64 = 100_000;

/// A function by its number, which is its place in [`crate::expression::Function`].
pub(super) fn call(
    function: usize,
    numbers: &[Decimal; MOST_ARGUMENTS],
    calendar: &Calendar,
) -> Computed {
    let [first, second, ..] = *numbers;
    let whole = match function {
        0 => return power(first, second),
        1 => return per_sheet(numbers),
        2 => calendar.add(whole(first, LAST_DAY)?, whole(second, LONGEST)?),
        3 => {
            let (from, to) = (whole(first, LAST_DAY)?, whole(second, LAST_DAY)?);
            calendar.until(to) - calendar.until(from)
        }
        _ => Calendar::weekday(whole(first, LAST_DAY)?) + 1,
    };
    Ok(Decimal::from(whole))
}

fn whole(number: Decimal, largest: u64) -> Result<i64, Cause> {
    to_whole(number)
        .filter(|whole| whole.unsigned_abs() <= largest)
        .ok_or(Cause::OutOfRange)
}

/// The better of the two grids that a sheet takes: items as they are, or all turned.
fn per_sheet(numbers: &[Decimal; MOST_ARGUMENTS]) -> Computed {
    let [width, height, sheet_width, sheet_height, gap, margin, bleed] = *numbers;
    if [gap, margin, bleed]
        .iter()
        .any(|side| side.is_sign_negative())
    {
        return Err(Cause::OutOfRange);
    }
    let frame = (gap, margin, bleed);
    let mut best = Decimal::ZERO;
    for (width, height) in [(width, height), (height, width)] {
        let across = along(width, sheet_width, frame)?;
        let down = along(height, sheet_height, frame)?;
        best = larger(best, multiply(across, down).ok_or(Cause::OutOfRange)?);
    }
    Ok(best)
}

/// How many items fit beside each other along one side of a sheet.
fn along(
    item: Decimal,
    sheet: Decimal,
    (gap, margin, bleed): (Decimal, Decimal, Decimal),
) -> Computed {
    let step = add(bleed, bleed).and_then(|twice| add(add(item, twice)?, gap));
    let step = step.ok_or(Cause::OutOfRange)?;
    let room = add(margin, margin).and_then(|twice| add(subtract(sheet, twice)?, gap));
    let room = room.ok_or(Cause::OutOfRange)?;
    if at_most(step, Decimal::ZERO) || at_most(item, Decimal::ZERO) {
        return Err(Cause::DivisionByZero);
    }
    // Without the rest the quotient is whole, so no digit of it can be rounded up.
    let filled = remainder(room, step).and_then(|rest| subtract(room, rest));
    let count = filled.and_then(|filled| divide(filled, step));
    Ok(larger(count.ok_or(Cause::OutOfRange)?, Decimal::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::{canonical, parse};

    fn fits(numbers: [&str; MOST_ARGUMENTS]) -> Option<String> {
        let numbers = numbers.map(|number| parse(number).unwrap());
        per_sheet(&numbers).ok().map(canonical)
    }

    #[test]
    fn cards_fit_on_a_sheet_as_printers_count_them() {
        for margin in ["2.51", "3", "5", "7.5", "9"] {
            let large = fits(["90", "50", "450", "320", "0", margin, "2"]);
            assert_eq!(large.as_deref(), Some("24"), "90 × 50, margin {margin}");
            let small = fits(["85", "55", "450", "320", "0", margin, "2"]);
            assert_eq!(small.as_deref(), Some("21"), "85 × 55, margin {margin}");
        }
        let bare = fits(["89", "59", "450", "320", "0", "0", "0"]);
        assert_eq!(bare.as_deref(), Some("25"));
    }

    #[test]
    fn gaps_stand_between_items_and_not_around_them() {
        assert_eq!(
            fits(["10", "10", "32", "10", "1", "0", "0"]).as_deref(),
            Some("3")
        );
        assert_eq!(
            fits(["10", "10", "31.9", "10", "1", "0", "0"]).as_deref(),
            Some("2")
        );
    }

    #[test]
    fn what_does_not_fit_is_none_and_what_has_no_size_is_no_number() {
        assert_eq!(
            fits(["100", "50", "40", "40", "0", "0", "0"]).as_deref(),
            Some("0")
        );
        assert_eq!(
            fits(["10", "10", "10", "10", "0", "9", "0"]).as_deref(),
            Some("0")
        );
        assert_eq!(fits(["0", "10", "10", "10", "0", "0", "0"]), None);
        assert_eq!(fits(["10", "10", "10", "10", "-1", "0", "0"]), None);
    }
}
