//! Powers: exact for small whole exponents, otherwise twelve digits.
//!
//! `x ^ y` is computed as the exponential of `y · ln x` with series of decimals, of which the
//! first twenty-odd digits are right. They are the same on every target, because they are made
//! of the same additions, multiplications and divisions.

use super::evaluate::Computed;
use super::fault::Cause;
use crate::Decimal;
use crate::decimal::{
    Direction, add, at_most, divide, length, multiply, round_places, subtract, to_whole,
};

/// Whole exponents up to this are multiplied out.
const MULTIPLIED: u64 = 99;

/// Larger exponents would leave too few digits of the logarithm.
const LARGEST_EXPONENT: Decimal = Decimal::new(1_000_000, 0);

/// How many digits of a result are kept.
const DIGITS: u32 = 12;

/// Digits that are right for certain: rounding to these first makes a result that has fewer
/// exact again, such as the square root of 2.25.
const CERTAIN: u32 = 20;

const LN_2: Decimal = Decimal::of(0x1665_943f_81f5_2f01_aa7a_65bf, false, 28);
const LN_10: Decimal = Decimal::of(0x4a66_8998_1414_b220_9fa6_9733, false, 28);

pub(super) fn power(base: Decimal, exponent: Decimal) -> Computed {
    if let Some(whole) = to_whole(exponent)
        && whole.unsigned_abs() <= MULTIPLIED
    {
        return multiplied(base, whole as i32);
    }
    if base.is_zero() && exponent.is_sign_negative() {
        return Err(Cause::DivisionByZero);
    }
    if base.is_zero() {
        return Ok(Decimal::ZERO);
    }
    if base.is_sign_negative() || !at_most(exponent.abs(), LARGEST_EXPONENT) {
        return Err(Cause::OutOfRange);
    }
    let logarithm = logarithm(base).and_then(|logarithm| multiply(logarithm, exponent));
    logarithm.and_then(exponential).ok_or(Cause::OutOfRange)
}

/// The power with a small whole exponent.
pub(super) fn multiplied(base: Decimal, exponent: i32) -> Computed {
    let mut result = Decimal::ONE;
    for _ in 0..exponent.unsigned_abs() {
        result = multiply(result, base).ok_or(Cause::OutOfRange)?;
    }
    match exponent {
        0.. => Ok(result),
        _ if result.is_zero() => Err(Cause::DivisionByZero),
        _ => divide(Decimal::ONE, result).ok_or(Cause::OutOfRange),
    }
}

/// The natural logarithm of a positive number: of its digits near 1, and of the tens and twos
/// that were divided out.
fn logarithm(number: Decimal) -> Option<Decimal> {
    let places = length(number).checked_sub(1)?;
    let tens = i64::from(places) - i64::from(number.scale());
    let mut near = Decimal::of(number.digits(), false, places);
    let mut twos = 0;
    while !at_most(near, Decimal::new(141, 2)) {
        near = divide(near, Decimal::TWO)?;
        twos += 1;
    }
    let first = divide(subtract(near, Decimal::ONE)?, add(near, Decimal::ONE)?)?;
    let square = multiply(first, first)?;
    let (mut sum, mut power, mut odd) = (first, first, 1_u32);
    loop {
        power = multiply(power, square)?;
        odd += 2;
        let term = divide(power, Decimal::from(odd))?;
        if term.is_zero() {
            break;
        }
        sum = add(sum, term)?;
    }
    let twos = multiply(Decimal::from(twos), LN_2)?;
    let tens = multiply(Decimal::from(tens), LN_10)?;
    add(add(add(sum, sum)?, twos)?, tens)
}

/// The exponential, with as many digits as a power has.
fn exponential(number: Decimal) -> Option<Decimal> {
    let tens = Direction::HalfEven.whole(divide(number, LN_10)?);
    let near = subtract(number, multiply(tens, LN_10)?)?;
    let (mut sum, mut term, mut count) = (Decimal::ONE, Decimal::ONE, 0_u32);
    while !term.is_zero() {
        count += 1;
        term = divide(multiply(term, near)?, Decimal::from(count))?;
        sum = add(sum, term)?;
    }
    for digits in [CERTAIN, DIGITS] {
        // Near 1 there is one digit before the point or none.
        let before = u32::from(at_most(Decimal::ONE, sum));
        sum = round_places(sum, digits - before, Direction::HalfEven);
    }
    let tens = to_whole(tens)?;
    if tens < -28 {
        // Smaller than any decimal.
        return Some(Decimal::ZERO);
    }
    if tens < 0 {
        return multiply(sum, Decimal::new(1, tens.unsigned_abs() as u32));
    }
    for _ in 0..tens {
        sum = multiply(sum, Decimal::TEN)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::{canonical, parse};

    fn of(base: &str, exponent: &str) -> Result<String, Cause> {
        let numbers = [base, exponent].map(|number| parse(number).unwrap());
        let power = power(numbers[0], numbers[1]);
        power.map(canonical)
    }

    #[test]
    fn powers_have_twelve_digits() {
        for (base, exponent, power) in [
            ("2", "0.5", "1.41421356237"),
            ("2", "-0.5", "0.707106781187"),
            ("2.25", "0.5", "1.5"),
            ("1.000000000010000000000025", "0.5", "1"),
            ("10", "0.333333333333333333", "2.15443469003"),
            ("1234.5", "0.85", "424.392235982"),
            ("0.9999999", "1000000", "0.904837413512"),
            ("1.05", "365", "54211841.5778"),
            ("0.001", "0.7", "0.00794328234724"),
            ("79228162514264337593543950335", "0.5", "281474976711000"),
            ("0", "0.5", "0"),
            ("0.5", "1000", "0"),
        ] {
            assert_eq!(
                of(base, exponent).as_deref(),
                Ok(power),
                "{base} ^ {exponent}"
            );
        }
    }

    #[test]
    fn small_whole_exponents_are_exact() {
        for (base, exponent, power) in [
            ("-1.5", "3", "-3.375"),
            ("1.1", "10.0", "2.5937424601"),
            ("2", "96", "79228162514264337593543950336"),
            ("-2", "-2", "0.25"),
            ("0", "0", "1"),
        ] {
            let expected = if power.len() > 28 {
                Err(Cause::OutOfRange)
            } else {
                Ok(power.to_owned())
            };
            assert_eq!(of(base, exponent), expected, "{base} ^ {exponent}");
        }
    }

    #[test]
    fn what_is_no_number_has_a_name() {
        for (base, exponent, cause) in [
            ("-2", "0.5", Cause::OutOfRange),
            ("-2", "101", Cause::OutOfRange),
            ("0", "-0.5", Cause::DivisionByZero),
            ("0", "-1", Cause::DivisionByZero),
            ("10", "28.999", Cause::OutOfRange),
            ("2", "1000001", Cause::OutOfRange),
        ] {
            assert_eq!(of(base, exponent), Err(cause), "{base} ^ {exponent}");
        }
    }
}
