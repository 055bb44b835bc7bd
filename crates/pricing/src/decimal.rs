//! Decimals: their one written form, and rounding that always names its strategy.

use rust_decimal::{Decimal, RoundingStrategy};

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
    #[inline(never)]
    pub fn whole(self, value: Decimal) -> Decimal {
        value.round_dp_with_strategy(0, self.strategy())
    }

    fn strategy(self) -> RoundingStrategy {
        match self {
            Self::Up => RoundingStrategy::ToPositiveInfinity,
            Self::Down => RoundingStrategy::ToNegativeInfinity,
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
        }
    }
}

/// Whether `left` is at most `right`.
///
/// The same as `<=`, but without its detour where both have the same number of places, which is
/// nearly always so: quotes compare hundreds of counts with bounds and ranges.
pub(crate) fn at_most(left: Decimal, right: Decimal) -> bool {
    if left.scale() == right.scale() {
        left.mantissa() <= right.mantissa()
    } else {
        left <= right
    }
}

/// Rounds to a multiple of `step`, which may be any positive decimal.
///
/// Returns `None` when the step is not positive or the result leaves the range of decimals.
#[must_use]
#[inline(never)]
pub fn round_to(value: Decimal, step: Decimal, direction: Direction) -> Option<Decimal> {
    if step <= Decimal::ZERO {
        return None;
    }
    multiply(direction.whole(divide(value, step)?), step)
}

/// The one written form of a decimal: plain digits, no exponent, no trailing zeros, no `-0`.
#[must_use]
#[inline(never)]
pub fn canonical(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Reads a decimal of plain digits, with a point and a leading minus at most.
///
/// Exponents, thousands separators, a leading `+` or point, and more than 28 digits are refused.
#[must_use]
pub fn parse(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(w, f)| (w, Some(f)));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !fraction.is_none_or(plain) || digits.len() > 29 {
        return None;
    }
    let mut mantissa: i128 = 0;
    for digit in digits.bytes().filter(u8::is_ascii_digit) {
        mantissa = mantissa * 10 + i128::from(digit - b'0');
    }
    if digits.len() < text.len() {
        mantissa = -mantissa;
    }
    let places = u32::try_from(fraction.map_or(0, str::len)).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, places).ok()
}

/// The sum, unless it leaves the range of decimals.
///
/// Like the other operations here it stands apart, because the library's own are inlined at
/// every call and are kilobytes each.
#[inline(never)]
pub(crate) fn add(left: Decimal, right: Decimal) -> Option<Decimal> {
    left.checked_add(right)
}

/// The difference, unless it leaves the range of decimals.
pub(crate) fn subtract(left: Decimal, right: Decimal) -> Option<Decimal> {
    add(left, -right)
}

/// The product, unless it leaves the range of decimals.
#[inline(never)]
pub(crate) fn multiply(left: Decimal, right: Decimal) -> Option<Decimal> {
    left.checked_mul(right)
}

/// The quotient; none for a division by zero, too.
#[inline(never)]
pub(crate) fn divide(left: Decimal, right: Decimal) -> Option<Decimal> {
    left.checked_div(right)
}

/// The rest of a division; none for a division by zero, too.
#[inline(never)]
pub(crate) fn remainder(left: Decimal, right: Decimal) -> Option<Decimal> {
    left.checked_rem(right)
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
