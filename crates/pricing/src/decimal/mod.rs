//! Decimals: their one written form, and rounding that always names its strategy.

mod value;
mod wide;

use std::cmp::Ordering;

pub use value::Decimal;
use wide::Wide;
pub use wide::{add, compare, divide, multiply, remainder, round_places, subtract};
pub(crate) use wide::{few_digits, length};

/// Which way a rounding goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards positive infinity.
    Up,
    /// Towards negative infinity.
    Down,
    /// To the nearest; a half goes away from zero.
    HalfUp,
    /// To the nearest; a half goes to the even neighbour.
    HalfEven,
}

/// The most characters of a number but for its sign.
const MOST_DIGITS: usize = 29;

impl Direction {
    pub(crate) const ALL: [Self; 4] = [Self::Up, Self::Down, Self::HalfUp, Self::HalfEven];

    /// The direction's name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::HalfUp => "half-up",
            Self::HalfEven => "half-even",
        }
    }

    /// The direction of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|direction| direction.as_str() == name)
    }

    /// Rounds to a whole number.
    #[must_use]
    pub fn whole(self, value: Decimal) -> Decimal {
        round_places(value, 0, self)
    }
}

/// Whether `left` is at most `right`.
#[must_use]
pub fn at_most(left: Decimal, right: Decimal) -> bool {
    compare(left, right) != Ordering::Greater
}

/// The smaller of two.
#[must_use]
pub fn smaller(left: Decimal, right: Decimal) -> Decimal {
    if at_most(left, right) { left } else { right }
}

/// The larger of two.
#[must_use]
pub fn larger(left: Decimal, right: Decimal) -> Decimal {
    if at_most(left, right) { right } else { left }
}

/// The number as a whole one, if it is one and not too large.
#[must_use]
#[inline(never)]
pub fn to_whole(number: Decimal) -> Option<i64> {
    let whole = cut(number)?;
    compare(Decimal::from(whole), number)
        .is_eq()
        .then_some(whole)
}

/// What stands before the point, if it is not too large.
pub(crate) fn cut(number: Decimal) -> Option<i64> {
    let negative = number.is_sign_negative();
    let towards_zero = if negative {
        Direction::Up
    } else {
        Direction::Down
    };
    let digits = i128::from(towards_zero.whole(number).short_digits()?);
    i64::try_from(if negative { -digits } else { digits }).ok()
}

/// Rounds to a multiple of `step`, which may be any positive decimal.
///
/// Returns `None` when the step is not positive or the result leaves the range of decimals.
#[must_use]
#[inline(never)]
pub fn round_to(value: Decimal, step: Decimal, direction: Direction) -> Option<Decimal> {
    if at_most(step, Decimal::ZERO) {
        return None;
    }
    multiply(direction.whole(divide(value, step)?), step)
}

/// The one written form of a decimal: plain digits, no exponent, no trailing zeros, no `-0`.
#[must_use]
pub fn canonical(value: Decimal) -> String {
    written(value, false)
}

/// Plain digits, with or without the zeros at the end.
#[inline(never)]
fn written(value: Decimal, with_zeros: bool) -> String {
    let mut left = Wide::of(value);
    let mut places = value.scale();
    // From the last digit to the first.
    let mut text = Vec::with_capacity(8);
    while !left.is_zero() || places > 0 || text.is_empty() {
        let digit = b'0' + left.cut(10) as u8;
        let ends = places > 0 && text.is_empty() && digit == b'0' && !with_zeros;
        if !ends {
            text.push(digit);
        }
        if places > 0 {
            places -= 1;
            if places == 0 && !text.is_empty() {
                text.push(b'.');
                if left.is_zero() {
                    text.push(b'0');
                }
            }
        }
    }
    if value.is_sign_negative() && !value.is_zero() {
        text.push(b'-');
    }
    text.into_iter().rev().map(char::from).collect()
}

/// Reads a decimal of plain digits, with a point and a leading minus at most.
///
/// Exponents, thousands separators, a leading `+` or point, and more than 28 digits are refused.
#[must_use]
#[inline(never)]
pub fn parse(text: &str) -> Option<Decimal> {
    let bytes = text.as_bytes();
    let (negative, bytes) = match bytes {
        [b'-', bytes @ ..] => (true, bytes),
        bytes => (false, bytes),
    };
    let (mut wide, mut places, mut digits) = (Wide::of(Decimal::ZERO), None, 0);
    for byte in bytes {
        match byte {
            b'0'..=b'9' if digits < MOST_DIGITS => {
                wide.grow(10, u32::from(byte - b'0'));
                digits += 1;
                places = places.map(|places| places + 1);
            }
            b'.' if places.is_none() && digits > 0 => places = Some(0),
            _ => return None,
        }
    }
    let length = bytes.len();
    if digits == 0 || places == Some(0) || length > MOST_DIGITS || !wide.fits() {
        return None;
    }
    let places = places.unwrap_or_default();
    wide.decimal((negative, places), places, Direction::Down)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        parse(text).unwrap()
    }

    #[test]
    fn rounding_goes_where_it_says() {
        for (value, step, direction, expected) in [
            ("94.5", "1", Direction::Up, "95"),
            ("94.5", "1", Direction::Down, "94"),
            ("94.5", "1", Direction::HalfUp, "95"),
            ("94.5", "1", Direction::HalfEven, "94"),
            ("-94.5", "1", Direction::Up, "-94"),
            ("-94.5", "1", Direction::HalfUp, "-95"),
            ("101", "5", Direction::Up, "105"),
            ("1.234", "0.01", Direction::HalfUp, "1.23"),
            ("1.1", "0.25", Direction::Up, "1.25"),
        ] {
            let rounded = round_to(decimal(value), decimal(step), direction);
            assert_eq!(
                rounded.map(canonical).as_deref(),
                Some(expected),
                "{value} by {step}"
            );
        }
    }

    #[test]
    fn the_short_comparison_agrees_with_the_long_one() {
        let numbers = [
            "-1",
            "-0.0",
            "0",
            "0.00",
            "0.1",
            "0.10",
            "1",
            "1.0",
            "10",
            "79228162514264337593543950335",
        ];
        for left in numbers.map(decimal) {
            for right in numbers.map(decimal) {
                assert_eq!(at_most(left, right), left <= right, "{left} and {right}");
            }
        }
    }

    #[test]
    fn a_step_must_be_positive() {
        assert_eq!(round_to(Decimal::ONE, Decimal::ZERO, Direction::Up), None);
        assert_eq!(
            round_to(Decimal::ONE, Decimal::NEGATIVE_ONE, Direction::Up),
            None
        );
    }

    #[test]
    fn there_is_one_way_to_write_a_decimal() {
        for (text, written) in [
            ("2928.00", "2928"),
            ("0.50", "0.5"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("100", "100"),
        ] {
            assert_eq!(canonical(decimal(text)), written);
        }
    }

    #[test]
    fn only_plain_digits_are_a_decimal() {
        for text in [
            "", "-", ".5", "5.", "+5", "1e3", "1 000", "1,5", "0x1", "٣", "1_000", "--1",
        ] {
            assert_eq!(parse(text), None, "{text} was accepted");
        }
        assert_eq!(parse("123456789012345678901234567890"), None);
        assert_eq!(parse("79228162514264337593543950335"), Some(Decimal::MAX));
        assert_eq!(parse("-79228162514264337593543950335"), Some(Decimal::MIN));
        assert_eq!(parse("79228162514264337593543950336"), None);
    }
}
