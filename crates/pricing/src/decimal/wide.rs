//! Arithmetic of decimals, each operation compiled once and small.
//!
//! Every result is the exact one or, where a decimal cannot hold that, the nearest one it can, of
//! two equally near ones the even one. That is what `rust_decimal` computes too, and the tests
//! hold it to that; but its operations are kilobytes each, and these together are one.

use std::cmp::Ordering;

use super::Direction;
use crate::Decimal;

/// The most decimal places.
const PLACES: u32 = Decimal::MAX_SCALE;
const NINE: u32 = 1_000_000_000;
const WORDS: usize = 6;

/// A whole number of 192 bits, the lowest word first: the product of any two decimals' digits,
/// or any decimal's digits with 28 more places.
#[derive(Clone, Copy)]
pub(super) struct Wide([u32; WORDS]);

impl Wide {
    pub(super) fn of(decimal: Decimal) -> Self {
        let [low, middle, high] = decimal.words();
        Self([low, middle, high, 0, 0, 0])
    }

    /// Whether the digits are ones that a decimal can have.
    pub(super) fn fits(&self) -> bool {
        self.0[3] | self.0[4] | self.0[5] == 0
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether these are the two's complement of a number below zero.
    fn is_negative(&self) -> bool {
        self.0[WORDS - 1] >> 31 == 1
    }

    fn low(&self) -> u128 {
        let [low, middle, high, ..] = self.0;
        u128::from(high) << 64 | u128::from(middle) << 32 | u128::from(low)
    }

    /// Multiplies, and adds a little.
    pub(super) fn grow(&mut self, by: u32, and: u32) {
        let mut carry = u64::from(and);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(by);
            *word = carry as u32;
            carry >>= 32;
        }
    }

    /// Divides, and returns the rest.
    pub(super) fn cut(&mut self, by: u32) -> u32 {
        let mut rest = 0_u64;
        for word in self.0.iter_mut().rev() {
            rest = rest << 32 | u64::from(*word);
            *word = (rest / u64::from(by)) as u32;
            rest %= u64::from(by);
        }
        rest as u32
    }

    fn widen(mut self, mut places: u32) -> Self {
        while places > 0 {
            let step = places.min(9);
            self.grow(10_u32.pow(step), 0);
            places -= step;
        }
        self
    }

    /// The sum of two's complements.
    fn plus(mut self, other: Self) -> Self {
        let mut carry = 0;
        for (word, other) in self.0.iter_mut().zip(other.0) {
            carry += u64::from(*word) + u64::from(other);
            *word = carry as u32;
            carry >>= 32;
        }
        self
    }

    fn negated_if(mut self, negative: bool) -> Self {
        if !negative {
            return self;
        }
        for word in &mut self.0 {
            *word = !*word;
        }
        self.plus(Self([1, 0, 0, 0, 0, 0]))
    }

    /// The decimal of so many places of these, rounded to at most so many and as many as it can
    /// have; none when even the whole number is too large.
    #[inline(never)]
    pub(super) fn decimal(
        mut self,
        (negative, mut places): (bool, u32),
        most: u32,
        direction: Direction,
    ) -> Option<Decimal> {
        let (mut last, mut rest) = (0, false);
        loop {
            while !self.fits() || places > most {
                // Of so many digits nine are not enough, so these are never the last ones.
                let many = self.0[4] | self.0[5] > 0 || places > most + 9;
                let step = if many { 9 } else { 1 };
                places = places.checked_sub(step)?;
                rest |= last > 0;
                last = self.cut(if many { NINE } else { 10 });
                if many {
                    rest |= last > 0;
                    last = 0;
                }
            }
            let half = last == 5 && !rest;
            let up = match direction {
                Direction::Up => (last > 0 || rest) && !negative,
                Direction::Down => (last > 0 || rest) && negative,
                Direction::HalfUp => last >= 5,
                Direction::HalfEven => last >= 5 && (!half || self.0[0] & 1 == 1),
            };
            if !up {
                return Some(Decimal::of(self.low(), negative, places));
            }
            // One more may have a digit more, and then there is one to cut.
            self = self.plus(Self([1, 0, 0, 0, 0, 0]));
            (last, rest) = (0, false);
        }
    }
}

/// Whether there are no more than fifteen digits, the places among them.
pub(crate) fn few_digits(number: Decimal) -> bool {
    number.digits() < 1_000_000_000_000_000
}

/// How many digits there are, the places among them; 0 has none.
pub(crate) fn length(number: Decimal) -> u32 {
    let (mut left, mut count) = (Wide::of(number), 0);
    while !left.is_zero() {
        left.cut(10);
        count += 1;
    }
    count
}

/// What brings a number to up to three more places.
const TENS: [i64; 4] = [1, 10, 100, 1_000];

/// Two short numbers as whole ones of the same places, and how many these are. Nearly all that a
/// template counts and charges is short, and then one machine word does.
fn aligned(left: Decimal, right: Decimal) -> Option<(i64, i64, u32)> {
    let places = left.scale().max(right.scale());
    Some((short(left, places)?, short(right, places)?, places))
}

/// Always a part of what aligns: a call for each number takes as long as a sum.
#[inline(always)]
fn short(number: Decimal, places: u32) -> Option<i64> {
    let tens = TENS.get((places - number.scale()) as usize)?;
    // Below 2^50, so that three more digits leave room for a sum.
    let digits = number.short_digits().filter(|digits| digits >> 50 == 0)?;
    let digits = digits as i64 * tens;
    Some(if number.is_sign_negative() {
        -digits
    } else {
        digits
    })
}

/// The sum of any two numbers as a two's complement, and its places.
fn wide_sum(left: Decimal, right: Decimal) -> (Wide, u32) {
    let places = left.scale().max(right.scale());
    let aligned = |one: Decimal| {
        let wide = Wide::of(one).widen(places - one.scale());
        wide.negated_if(one.is_sign_negative())
    };
    (aligned(left).plus(aligned(right)), places)
}

/// The sum, unless it leaves the range of decimals.
#[inline(never)]
#[must_use]
pub fn add(left: Decimal, right: Decimal) -> Option<Decimal> {
    if let Some((left, right, places)) = aligned(left, right) {
        return Some(Decimal::new(left + right, places));
    }
    let (sum, places) = wide_sum(left, right);
    let negative = sum.is_negative();
    let sum = sum.negated_if(negative);
    sum.decimal((negative, places), PLACES, Direction::HalfEven)
}

/// How one compares with another.
///
/// The same as `cmp`, but short: quotes compare hundreds of counts with bounds and ranges.
#[inline(never)]
#[must_use]
pub fn compare(left: Decimal, right: Decimal) -> Ordering {
    if let Some((left, right, _)) = aligned(left, right) {
        return left.cmp(&right);
    }
    let (difference, _) = wide_sum(left, -right);
    if difference.is_negative() {
        Ordering::Less
    } else if difference.is_zero() {
        Ordering::Equal
    } else {
        Ordering::Greater
    }
}

/// The difference, unless it leaves the range of decimals.
#[must_use]
pub fn subtract(left: Decimal, right: Decimal) -> Option<Decimal> {
    add(left, -right)
}

/// The product, unless it leaves the range of decimals.
#[inline(never)]
#[must_use]
pub fn multiply(left: Decimal, right: Decimal) -> Option<Decimal> {
    let negative = left.is_sign_negative() != right.is_sign_negative();
    let places = left.scale() + right.scale();
    if let (Some(left), Some(right)) = (left.short_digits(), right.short_digits())
        && (left | right) >> 32 == 0
        && places <= PLACES
    {
        return Some(Decimal::short(left * right, negative, places));
    }
    let (words, by) = (left.words(), right.words());
    let mut product = Wide([0; WORDS]);
    for (at, word) in words.iter().enumerate() {
        let mut carry = 0;
        for (more, by) in by.iter().enumerate() {
            carry += u64::from(product.0[at + more]) + u64::from(*word) * u64::from(*by);
            product.0[at + more] = carry as u32;
            carry >>= 32;
        }
        product.0[at + 3] = carry as u32;
    }
    product.decimal((negative, places), PLACES, Direction::HalfEven)
}

/// The quotient; none for a division by zero, too.
#[inline(never)]
#[must_use]
pub fn divide(left: Decimal, right: Decimal) -> Option<Decimal> {
    let negative = left.is_sign_negative() != right.is_sign_negative();
    let by = right.digits();
    let (mut quotient, mut rest) = long_division(left.digits(), by)?;
    let mut places = left.scale() as i32 - right.scale() as i32;
    // Digit by digit, until it is exact or has all digits a decimal can have.
    while places < 0 || (rest > 0 && places < PLACES as i32) {
        let (next, left) = next_digit(rest, by);
        let longer = quotient * 10 + next;
        if longer >> 96 > 0 {
            break;
        }
        (quotient, rest) = (longer, left);
        places += 1;
    }
    let places = u32::try_from(places).ok()?;
    let twice = rest * 2;
    let up = twice > by || (twice == by && quotient & 1 == 1);
    let mut wide = Wide::of(Decimal::of(quotient, negative, 0));
    if up {
        wide.grow(1, 1);
    }
    wide.decimal((negative, places), PLACES, Direction::HalfEven)
}

/// The number with so many places at most.
#[inline(never)]
#[must_use]
pub fn round_places(number: Decimal, places: u32, direction: Direction) -> Decimal {
    if number.scale() <= places {
        return number;
    }
    let sign = (number.is_sign_negative(), number.scale());
    let rounded = Wide::of(number).decimal(sign, places, direction);
    rounded.unwrap_or(number)
}

/// The rest of a division, with the sign of what is divided; none for a division by zero, too.
#[inline(never)]
#[must_use]
pub fn remainder(left: Decimal, right: Decimal) -> Option<Decimal> {
    let (all, mut by) = (left.digits(), right.digits());
    for _ in right.scale()..left.scale() {
        if by > all {
            return Some(left);
        }
        by *= 10;
    }
    let (_, mut rest) = long_division(all, by)?;
    for _ in left.scale()..right.scale() {
        (_, rest) = next_digit(rest, by);
    }
    let places = left.scale().max(right.scale());
    Some(Decimal::of(rest, left.is_sign_negative(), places))
}

/// The next digit of a quotient, and the rest after it.
fn next_digit(rest: u128, by: u128) -> (u128, u128) {
    let (mut digit, mut rest) = (0, rest * 10);
    while rest >= by {
        rest -= by;
        digit += 1;
    }
    (digit, rest)
}

/// Quotient and rest, bit by bit where a word is not enough: the library's division of 128 bits
/// is a kilobyte.
fn long_division(all: u128, by: u128) -> Option<(u128, u128)> {
    if let (Ok(all), Ok(by)) = (u64::try_from(all), u64::try_from(by)) {
        return Some((u128::from(all.checked_div(by)?), u128::from(all % by)));
    }
    if by == 0 {
        return None;
    }
    let (mut quotient, mut rest) = (0, 0);
    for bit in (0..u128::BITS).rev() {
        rest = rest << 1 | (all >> bit & 1);
        quotient <<= 1;
        if rest >= by {
            rest -= by;
            quotient |= 1;
        }
    }
    Some((quotient, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers of any length, most of them short, and those at the ends of the range.
    fn any_decimal() -> impl Strategy<Value = Decimal> {
        let length = prop_oneof![3 => 0..34_u32, 2 => 0..97_u32, 1 => 90..97_u32];
        let places = prop_oneof![3 => 0..4_u32, 2 => 0..29_u32, 1 => 26..29_u32];
        let parts = (any::<u128>(), length, places, any::<bool>(), any::<bool>());
        parts.prop_map(|(digits, length, places, negative, at_end)| {
            let limit = (1_u128 << length) - 1;
            let digits = if at_end {
                limit - (digits & limit & 3)
            } else {
                digits & limit
            };
            Decimal::of(digits, negative, places)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn every_result_is_the_one_of_the_library(left in any_decimal(), right in any_decimal()) {
            let (one, other) = (library(left), library(right));
            prop_assert_eq!(compare(left, right), one.cmp(&other), "{} and {}", one, other);
            for (ours, theirs, sign) in [
                (add(left, right), one.checked_add(other), '+'),
                (subtract(left, right), one.checked_sub(other), '-'),
                (multiply(left, right), one.checked_mul(other), '*'),
                (divide(left, right), one.checked_div(other), '/'),
                (remainder(left, right), one.checked_rem(other), '%'),
            ] {
                prop_assert_eq!(ours.map(library), theirs, "{} {} {}", one, sign, other);
            }
        }

        #[test]
        fn rounding_is_the_one_of_the_library(number in any_decimal(), places in 0..28_u32) {
            for direction in Direction::ALL {
                let rounded = library(round_places(number, places, direction));
                let expected = library(number).round_dp_with_strategy(places, strategy(direction));
                prop_assert_eq!(rounded, expected, "{} to {} {:?}", number, places, direction);
            }
        }
    }

    fn library(number: Decimal) -> rust_decimal::Decimal {
        let [low, middle, high] = [0, 32, 64].map(|shift| (number.digits() >> shift) as u32);
        let (negative, places) = (number.is_sign_negative(), number.scale());
        rust_decimal::Decimal::from_parts(low, middle, high, negative, places)
    }

    fn strategy(direction: Direction) -> rust_decimal::RoundingStrategy {
        use rust_decimal::RoundingStrategy;
        match direction {
            Direction::Up => RoundingStrategy::ToPositiveInfinity,
            Direction::Down => RoundingStrategy::ToNegativeInfinity,
            Direction::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Direction::HalfEven => RoundingStrategy::MidpointNearestEven,
        }
    }
}
