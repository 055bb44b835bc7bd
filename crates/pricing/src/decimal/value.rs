//! The type of every number: at most 96 bits of digits, a sign, and where the point stands.
//!
//! Two machine words, so that a number is handed on in registers: as four half words, which is what
//! libraries have, it goes through memory, and a processor that reads there in one what was written
//! in four waits for it. The second word is never 0, so that a number there may not be takes no more.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::ops::Neg;

use super::{add, compare, divide, multiply, subtract, written};

/// A decimal number of up to 28 digits, up to 28 of them behind the point.
///
/// Numbers are equal by what they are worth, however many zeros they end with.
#[derive(Clone, Copy)]
pub struct Decimal {
    low: u64,
    /// From the lowest bit: one that is always set, five for the places, and the sign at
    /// [`NEGATIVE`]; the upper half is the digits above those of the other word.
    rest: NonZeroU64,
}

const NEGATIVE: u64 = 1 << 31;

impl Decimal {
    /// The most decimal places.
    pub const MAX_SCALE: u32 = 28;
    /// 0
    pub const ZERO: Self = Self::new(0, 0);
    /// 1
    pub const ONE: Self = Self::new(1, 0);
    /// -1
    pub const NEGATIVE_ONE: Self = Self::new(-1, 0);
    /// 2
    pub const TWO: Self = Self::new(2, 0);
    /// 10
    pub const TEN: Self = Self::new(10, 0);
    /// 100
    pub const ONE_HUNDRED: Self = Self::new(100, 0);
    /// The largest.
    pub const MAX: Self = Self::of((1 << 96) - 1, false, 0);
    /// The smallest.
    pub const MIN: Self = Self::of((1 << 96) - 1, true, 0);

    /// The number of these digits with so many of them behind the point, at most
    /// [`Decimal::MAX_SCALE`].
    #[must_use]
    pub const fn new(digits: i64, places: u32) -> Self {
        Self::short(digits.unsigned_abs(), digits < 0, places)
    }

    /// The number of digits that fit into 96 bits.
    pub(crate) const fn of(digits: u128, negative: bool, places: u32) -> Self {
        Self::with(digits as u64, (digits >> 64) as u64, negative, places)
    }

    /// The number of digits that fit into one word.
    pub(crate) const fn short(digits: u64, negative: bool, places: u32) -> Self {
        Self::with(digits, 0, negative, places)
    }

    /// Zero has no sign.
    const fn with(low: u64, high: u64, negative: bool, places: u32) -> Self {
        let sign = if negative && low | high != 0 {
            NEGATIVE
        } else {
            0
        };
        let rest = high << 32 | sign | (places as u64 & 31) << 1 | 1;
        let rest = match NonZeroU64::new(rest) {
            Some(rest) => rest,
            None => NonZeroU64::MIN,
        };
        Self { low, rest }
    }

    /// How many digits stand behind the point.
    #[must_use]
    pub const fn scale(self) -> u32 {
        (self.rest.get() >> 1) as u32 & 31
    }

    /// The digits without sign and point.
    #[must_use]
    pub const fn digits(self) -> u128 {
        ((self.rest.get() >> 32) as u128) << 64 | self.low as u128
    }

    /// The digits without sign and point as words of half a size, the lowest first.
    pub(super) const fn words(self) -> [u32; 3] {
        let high = self.rest.get() >> 32;
        [self.low as u32, (self.low >> 32) as u32, high as u32]
    }

    /// The digits without sign and point, where one word is enough for them.
    pub(crate) const fn short_digits(self) -> Option<u64> {
        if self.rest.get() >> 32 == 0 {
            Some(self.low)
        } else {
            None
        }
    }

    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.low == 0 && self.rest.get() >> 32 == 0
    }

    /// Whether it is below 0.
    #[must_use]
    pub const fn is_sign_negative(self) -> bool {
        self.rest.get() & NEGATIVE > 0
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.is_sign_negative() { -self } else { self }
    }

    /// The same number without zeros at the end of its places.
    #[must_use]
    pub fn normalize(self) -> Self {
        let (mut digits, mut places) = (self.digits(), self.scale());
        while places > 0 && digits.is_multiple_of(10) {
            digits /= 10;
            places -= 1;
        }
        Self::of(digits, self.is_sign_negative(), places)
    }

    /// The sum, see [`add`].
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        add(self, other)
    }

    /// The difference, see [`subtract`].
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        subtract(self, other)
    }

    /// The product, see [`multiply`].
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        multiply(self, other)
    }

    /// The quotient, see [`divide`].
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        divide(self, other)
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        let high = self.rest.get() >> 32;
        Self::with(self.low, high, !self.is_sign_negative(), self.scale())
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        compare(*self, *other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(*self, *other)
    }
}

/// With all its places; what is compared or kept is written by [`super::canonical`].
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&written(*self, true))
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self::short(number, false, 0)
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self::new(number, 0)
    }
}

macro_rules! from_shorter {
    ($($shorter:ty as $word:ty),*) => {
        $(impl From<$shorter> for Decimal {
            fn from(number: $shorter) -> Self {
                Self::from(number as $word)
            }
        })*
    };
}

from_shorter!(u8 as u64, u16 as u64, u32 as u64, usize as u64, i32 as i64);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::parse;

    #[test]
    fn a_number_is_shown_as_it_was_written() {
        for text in [
            "0",
            "0.00",
            "-0.05",
            "12.50",
            "-100",
            "79228162514264337593543950335",
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
        assert_eq!(format!("{:>6}", Decimal::new(-15, 1)), "  -1.5");
    }

    #[test]
    fn zeros_behind_the_point_are_no_difference() {
        let [short, long] = ["1.5", "1.500"].map(|text| parse(text).unwrap());
        assert_eq!(short, long);
        assert_eq!(long.normalize().scale(), 1);
        assert_eq!(Decimal::new(100, 0).normalize().digits(), 100);
    }

    #[test]
    fn zero_has_no_sign_and_a_number_there_may_not_be_takes_no_more() {
        assert!(!(-Decimal::ZERO).is_sign_negative());
        assert_eq!(size_of::<Option<Decimal>>(), 16);
    }
}
