//! How most answers are read at a glance: what that takes of each parameter is a few words, and
//! these of all parameters stand in one piece of memory.

use super::keys::{Keys, Place};
use crate::{Answer, Choice, Decimal, Effective, Kind, Numeric};

/// What is asked, in short.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// The keys of the values that it lists.
    pub(crate) keys: Place,
    usual: Usual,
}

/// What answers usually are.
#[derive(Debug, Clone, Copy)]
enum Usual {
    /// A key of one of the values.
    Key,
    Flag,
    /// A whole number from one to another.
    Whole(i64, i64),
    /// Nothing that can be told at a glance.
    Other,
}

impl Asked {
    pub(crate) fn new(kind: &Kind, keys: Place) -> Self {
        let usual = match kind {
            Kind::Choice(Choice { many: false, .. }) => Usual::Key,
            Kind::YesNo => Usual::Flag,
            Kind::Number(numeric) | Kind::Run(numeric) | Kind::Pages(numeric) => whole(numeric),
            _ => Usual::Other,
        };
        Self { keys, usual }
    }

    /// Understands an answer and writes it where it belongs; says whether it could, and nothing
    /// is wrong with it.
    #[inline(always)]
    pub(crate) fn read(&self, keys: &Keys, answer: &Answer, into: &mut Option<Effective>) -> bool {
        *into = Some(match (self.usual, answer) {
            (Usual::Key, Answer::Text(key)) => match keys.list(self.keys).index(key) {
                Some(value) => Effective::Value(value),
                None => return false,
            },
            (Usual::Flag, Answer::Flag(flag)) => Effective::Flag(*flag),
            (Usual::Whole(low, high), Answer::Number(number)) => match as_whole(*number) {
                Some(whole) if low <= whole && whole <= high => Effective::Number(*number),
                _ => return false,
            },
            _ => return false,
        });
        true
    }
}

/// The bounds of whole numbers that nothing but their bounds can be wrong with.
fn whole(numeric: &Numeric) -> Usual {
    let is_free = numeric.only.is_empty() && numeric.multiple.is_none_or(|of| of == Decimal::ONE);
    match (as_whole(numeric.min), as_whole(numeric.max)) {
        (Some(low), Some(high)) if is_free => Usual::Whole(low, high),
        _ => Usual::Other,
    }
}

/// A number as a whole one, if it is written as a short one.
fn as_whole(number: Decimal) -> Option<i64> {
    let digits = number.short_digits().filter(|_| number.scale() == 0)?;
    let digits = i64::try_from(digits).ok()?;
    Some(if number.is_sign_negative() {
        -digits
    } else {
        digits
    })
}
