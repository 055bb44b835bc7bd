//! The compiled forms of what carries no index: numbers, texts, options, lists.

use super::packer::Packer;
use super::unpacker::Unpacker;
use super::{Pack, PackAs, put};
use crate::engine::Keys;
use crate::paths::Paths;
use crate::template::Places;
use crate::{Decimal, Texts};

/// A whole number that is no index.
pub(super) struct Whole;
/// Whole numbers, none less than the one before.
pub(super) struct Ascending;
/// A whole number below 256.
pub(super) struct Small;
/// An index that is held to what it points to when that has been read.
pub(super) struct Later;
/// What stands on the heap.
pub(super) struct Boxed;
/// Not part of the compiled form.
pub(super) struct Nothing;

const MOST_PLACES: u8 = 28;
/// Bits of a decimal's first byte, above its places.
const NEGATIVE: u8 = 0x20;
const WIDE: u8 = 0x40;

impl Pack for Decimal {
    const EMPTY: Self = Self::ZERO;

    /// Places and sign, then the digits; those above 64 bits are rare and come last.
    fn pack(&self, into: &mut Packer) {
        let digits = self.digits();
        let (low, high) = (digits as u64, (digits >> 64) as u64);
        let sign = if self.is_sign_negative() { NEGATIVE } else { 0 };
        let wide = if high > 0 { WIDE } else { 0 };
        into.byte(self.scale() as u8 | sign | wide);
        into.whole(low);
        if high > 0 {
            into.whole(high);
        }
    }

    #[inline(never)]
    fn fill(&mut self, from: &mut Unpacker<'_>) {
        let first = from.byte();
        let low = from.whole();
        let high = if first & WIDE == 0 { 0 } else { from.whole() };
        let places = first & !(NEGATIVE | WIDE);
        match u32::try_from(high) {
            Ok(high) if places <= MOST_PLACES => {
                let negative = first & NEGATIVE != 0;
                let digits = u128::from(high) << 64 | u128::from(low);
                *self = Self::of(digits, negative, u32::from(places));
            }
            _ => from.refuse(),
        }
    }
}

impl Pack for bool {
    const EMPTY: Self = false;

    fn pack(&self, into: &mut Packer) {
        into.byte(u8::from(*self));
    }

    fn fill(&mut self, from: &mut Unpacker<'_>) {
        *self = from.flag();
    }
}

impl Pack for u32 {
    const EMPTY: Self = 0;

    fn pack(&self, into: &mut Packer) {
        into.whole(u64::from(*self));
    }

    fn fill(&mut self, from: &mut Unpacker<'_>) {
        match Self::try_from(from.whole()) {
            Ok(number) => *self = number,
            Err(_) => from.refuse(),
        }
    }
}

impl PackAs<Vec<u64>> for Ascending {
    const EMPTY: Vec<u64> = Vec::new();

    /// Each by how far it is from the one before.
    fn pack(numbers: &Vec<u64>, into: &mut Packer) {
        into.count(numbers.len());
        let mut before = 0;
        for number in numbers {
            into.whole(number - before);
            before = *number;
        }
    }

    fn fill(numbers: &mut Vec<u64>, from: &mut Unpacker<'_>) {
        let count = from.count();
        let mut number = 0_u64;
        while numbers.len() < count && from.goes_on() {
            number = number.saturating_add(from.whole());
            numbers.push(number);
        }
    }
}

impl PackAs<usize> for Whole {
    const EMPTY: usize = 0;

    fn pack(value: &usize, into: &mut Packer) {
        into.count(*value);
    }

    fn fill(value: &mut usize, from: &mut Unpacker<'_>) {
        *value = from.below(usize::MAX);
    }
}

impl PackAs<u8> for Small {
    const EMPTY: u8 = 0;

    fn pack(value: &u8, into: &mut Packer) {
        into.byte(*value);
    }

    fn fill(value: &mut u8, from: &mut Unpacker<'_>) {
        *value = from.byte();
    }
}

impl PackAs<usize> for Later {
    const EMPTY: usize = 0;

    fn pack(value: &usize, into: &mut Packer) {
        into.count(*value);
    }

    fn fill(value: &mut usize, from: &mut Unpacker<'_>) {
        *value = from.below(usize::MAX);
    }
}

impl PackAs<Option<usize>> for Later {
    const EMPTY: Option<usize> = None;

    /// One more than the index; 0 for none.
    fn pack(value: &Option<usize>, into: &mut Packer) {
        into.count(value.map_or(0, |index| index + 1));
    }

    #[inline(never)]
    fn fill(value: &mut Option<usize>, from: &mut Unpacker<'_>) {
        *value = from.below(usize::MAX).checked_sub(1);
    }
}

impl<T> PackAs<Vec<T>> for Nothing {
    const EMPTY: Vec<T> = Vec::new();

    fn pack(_: &Vec<T>, _: &mut Packer) {}
    fn fill(_: &mut Vec<T>, _: &mut Unpacker<'_>) {}
}

macro_rules! nothing {
    ($($kind:ident)*) => { $(
        impl PackAs<$kind> for Nothing {
            const EMPTY: $kind = $kind::EMPTY;

            fn pack(_: &$kind, _: &mut Packer) {}
            fn fill(_: &mut $kind, _: &mut Unpacker<'_>) {}
        }
    )* };
}

nothing!(Keys Paths Places);

impl Pack for String {
    const EMPTY: Self = Self::new();

    fn pack(&self, into: &mut Packer) {
        into.text(self);
    }

    #[inline(never)]
    fn fill(&mut self, from: &mut Unpacker<'_>) {
        put(self, from.text());
    }
}

impl Pack for Texts {
    const EMPTY: Self = Self(String::new());

    fn pack(&self, into: &mut Packer) {
        into.text(&self.0);
    }

    fn fill(&mut self, from: &mut Unpacker<'_>) {
        self.0.fill(from);
    }
}

impl<T: Pack> Pack for Option<T> {
    const EMPTY: Self = None;

    fn pack(&self, into: &mut Packer) {
        self.is_some().pack(into);
        self.iter().for_each(|value| value.pack(into));
    }

    #[inline(never)]
    fn fill(&mut self, from: &mut Unpacker<'_>) {
        if from.flag() {
            put(self, Some(T::EMPTY));
            if let Some(value) = self {
                value.fill(from);
            }
        }
    }

    fn pack_shown(&self, into: &mut Packer) {
        self.iter().for_each(|value| value.pack_shown(into));
    }

    fn fill_shown(&mut self, from: &mut Unpacker<'_>) {
        self.iter_mut().for_each(|value| value.fill_shown(from));
    }
}

impl<T: Pack> Pack for Vec<T> {
    const EMPTY: Self = Self::new();

    fn pack(&self, into: &mut Packer) {
        into.count(self.len());
        self.iter().for_each(|item| item.pack(into));
    }

    /// While nothing is refused, so that a mistake does not make many of them.
    #[inline(never)]
    fn fill(&mut self, from: &mut Unpacker<'_>) {
        let count = from.count();
        while self.len() < count && from.goes_on() {
            self.push_mut(T::EMPTY).fill(from);
        }
    }

    fn pack_shown(&self, into: &mut Packer) {
        self.iter().for_each(|item| item.pack_shown(into));
    }

    fn fill_shown(&mut self, from: &mut Unpacker<'_>) {
        self.iter_mut().for_each(|item| item.fill_shown(from));
    }
}

impl<T: Pack> PackAs<Option<Box<T>>> for Boxed {
    const EMPTY: Option<Box<T>> = None;

    fn pack(value: &Option<Box<T>>, into: &mut Packer) {
        value.is_some().pack(into);
        value.iter().for_each(|value| value.pack(into));
    }

    fn fill(value: &mut Option<Box<T>>, from: &mut Unpacker<'_>) {
        if from.flag() {
            let mut inner = Box::new(T::EMPTY);
            inner.fill(from);
            put(value, Some(inner));
        }
    }

    fn pack_shown(value: &Option<Box<T>>, into: &mut Packer) {
        value.iter().for_each(|value| value.pack_shown(into));
    }

    fn fill_shown(value: &mut Option<Box<T>>, from: &mut Unpacker<'_>) {
        value.iter_mut().for_each(|value| value.fill_shown(from));
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    const EMPTY: Self = (A::EMPTY, B::EMPTY);

    fn pack(&self, into: &mut Packer) {
        self.0.pack(into);
        self.1.pack(into);
    }

    fn fill(&mut self, from: &mut Unpacker<'_>) {
        self.0.fill(from);
        self.1.fill(from);
    }
}
