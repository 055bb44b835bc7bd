//! Decimal arithmetic, each operation compiled once.
//!
//! The operators of `rust_decimal` are inlined wherever they stand, a kilobyte and a half each.

use tirage_pricing::Decimal;

/// `a + b`, if it is a decimal.
#[inline(never)]
#[must_use]
pub fn sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_add(b)
}

/// `a - b`, if it is a decimal.
#[inline(never)]
#[must_use]
pub fn difference(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_sub(b)
}

/// `a × b`, if it is a decimal.
#[inline(never)]
#[must_use]
pub fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_mul(b)
}

/// Whether `a` is less than `b`.
#[inline(never)]
#[must_use]
pub fn less(a: Decimal, b: Decimal) -> bool {
    a < b
}
