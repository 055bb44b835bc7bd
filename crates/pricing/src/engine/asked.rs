//! How most answers are read at a glance: what that takes of each parameter is a few words, and
//! these of all parameters stand in one piece of memory.

use std::mem;

use super::keys::{Keys, Place};
use crate::{Answer, Choice, Decimal, Effective, Kind, Numeric};

/// What is asked, in short.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Its place among the parameters in the order of their keys; none has [`u32::MAX`].
    pub(crate) place: u32,
    usual: Usual,
}

/// What answers usually are.
#[derive(Debug, Clone, Copy)]
enum Usual {
    /// A key of one of the values that it lists.
    Key(Place),
    Flag,
    /// A whole number from one to another.
    Whole(i32, i32),
    /// Nothing that can be told at a glance; and the values that it lists.
    Other(Place),
}

impl Asked {
    pub(crate) fn new(kind: &Kind, keys: Place) -> Self {
        let usual = match kind {
            Kind::Choice(Choice { many: false, .. }) => Usual::Key(keys),
            Kind::YesNo => Usual::Flag,
            Kind::Number(numeric) | Kind::Run(numeric) | Kind::Pages(numeric) => whole(numeric),
            _ => Usual::Other(keys),
        };
        let place = u32::MAX;
        Self { place, usual }
    }

    /// The keys of the values that it lists.
    pub(crate) fn keys(self) -> Place {
        match self.usual {
            Usual::Key(keys) | Usual::Other(keys) => keys,
            Usual::Flag | Usual::Whole(..) => (0, 0),
        }
    }

    /// Understands an answer and writes it where it belongs; says whether it could, and nothing
    /// is wrong with it.
    #[inline(always)]
    pub(crate) fn read(self, keys: &Keys, answer: &Answer, into: &mut Option<Effective>) -> bool {
        let read = match (self.usual, answer) {
            (Usual::Key(place), Answer::Text(key)) => match keys.list(place).index(key) {
                Some(value) => Effective::Value(value),
                None => return false,
            },
            (Usual::Flag, Answer::Flag(flag)) => Effective::Flag(*flag),
            (Usual::Whole(low, high), Answer::Number(number)) => match as_whole(*number) {
                Some(whole) if low <= whole && whole <= high => Effective::Number(*number),
                _ => return false,
            },
            _ => return false,
        };
        put(read, into);
        true
    }
}

/// Writes an answer over what stood there, which mostly has nothing to drop: a call for each that
/// finds so would take as long as reading it.
#[inline(always)]
fn put(answer: Effective, into: &mut Option<Effective>) {
    match into.replace(answer) {
        Some(Effective::Long(long)) => drop(long),
        plain => mem::forget(plain),
    }
}

/// The bounds of whole numbers that nothing but their bounds can be wrong with.
fn whole(numeric: &Numeric) -> Usual {
    let is_free = numeric.only.is_empty() && numeric.multiple.is_none_or(|of| of == Decimal::ONE);
    match (as_whole(numeric.min), as_whole(numeric.max)) {
        (Some(low), Some(high)) if is_free => Usual::Whole(low, high),
        _ => Usual::Other((0, 0)),
    }
}

/// A number as a whole one, if it is written as a short one.
#[inline(always)]
fn as_whole(number: Decimal) -> Option<i32> {
    let digits = number.short_digits().filter(|_| number.scale() == 0)?;
    let digits = i32::try_from(digits).ok()?;
    Some(if number.is_sign_negative() {
        -digits
    } else {
        digits
    })
}
