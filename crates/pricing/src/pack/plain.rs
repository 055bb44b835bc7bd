//! The compiled forms of what carries no index: numbers, texts, options, lists.

use std::sync::Arc;

use super::packer::Packer;
use super::unpacker::Unpacker;
use super::{Pack, PackAs};
use crate::{Decimal, Texts};

/// A whole number that is no index.
pub(super) struct Whole;
/// Whole numbers, none less than the one before.
pub(super) struct Ascending;
/// A whole number below 256.
pub(super) struct Small;
/// An index that is held to what it points to when that has been read.
pub(super) struct Later;
/// Not part of the compiled form.
pub(super) struct Nothing;

const MOST_PLACES: u8 = 28;
/// Bits of a decimal's first byte, above its places.
const NEGATIVE: u8 = 0x20;
const WIDE: u8 = 0x40;

impl Pack for Decimal {
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
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let first = from.byte();
        let low = from.whole();
        let high = if first & WIDE == 0 { 0 } else { from.whole() };
        let places = first & !(NEGATIVE | WIDE);
        let Ok(high) = u32::try_from(high) else {
            from.refuse();
            return Self::ZERO;
        };
        if places > MOST_PLACES {
            from.refuse();
            return Self::ZERO;
        }
        let negative = first & NEGATIVE != 0;
        let digits = u128::from(high) << 64 | u128::from(low);
        Self::of(digits, negative, u32::from(places))
    }
}

impl Pack for bool {
    fn pack(&self, into: &mut Packer) {
        into.byte(u8::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.below(2) == 1
    }
}

impl Pack for u32 {
    fn pack(&self, into: &mut Packer) {
        into.whole(u64::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        match Self::try_from(from.whole()) {
            Ok(number) => number,
            Err(_) => {
                from.refuse();
                0
            }
        }
    }
}

impl PackAs<Box<[u64]>> for Ascending {
    /// Each by how far it is from the one before.
    fn pack(numbers: &Box<[u64]>, into: &mut Packer) {
        into.count(numbers.len());
        let mut before = 0;
        for number in numbers {
            into.whole(number - before);
            before = *number;
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[u64]> {
        let count = from.count();
        let mut before = 0_u64;
        let next = |from: &mut Unpacker<'_>| {
            before = before.saturating_add(from.whole());
            before
        };
        from.items(count, next).into()
    }
}

impl PackAs<usize> for Whole {
    fn pack(value: &usize, into: &mut Packer) {
        into.count(*value);
    }

    fn unpack(from: &mut Unpacker<'_>) -> usize {
        from.below(usize::MAX)
    }
}

impl PackAs<u8> for Small {
    fn pack(value: &u8, into: &mut Packer) {
        into.byte(*value);
    }

    fn unpack(from: &mut Unpacker<'_>) -> u8 {
        from.byte()
    }
}

impl PackAs<usize> for Later {
    fn pack(value: &usize, into: &mut Packer) {
        into.count(*value);
    }

    fn unpack(from: &mut Unpacker<'_>) -> usize {
        from.below(usize::MAX)
    }
}

impl PackAs<Option<usize>> for Later {
    /// One more than the index; 0 for none.
    fn pack(value: &Option<usize>, into: &mut Packer) {
        into.count(value.map_or(0, |index| index + 1));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<usize> {
        from.below(usize::MAX).checked_sub(1)
    }
}

impl<T: Default> PackAs<T> for Nothing {
    fn pack(_: &T, _: &mut Packer) {}

    fn unpack(_: &mut Unpacker<'_>) -> T {
        T::default()
    }
}

impl Pack for String {
    fn pack(&self, into: &mut Packer) {
        into.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.text().to_owned()
    }
}

impl Pack for Arc<str> {
    fn pack(&self, into: &mut Packer) {
        into.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.text().into()
    }
}

impl Pack for Texts {
    fn pack(&self, into: &mut Packer) {
        into.count(self.0.len());
        self.0.iter().for_each(|text| text.pack(into));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Self(Vec::unpack(from).into())
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, into: &mut Packer) {
        self.is_some().pack(into);
        self.iter().for_each(|value| value.pack(into));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, into: &mut Packer) {
        into.count(self.len());
        self.iter().for_each(|item| item.pack(into));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let count = from.count();
        from.items(count, T::unpack)
    }
}

impl<T: Pack> Pack for Box<[T]> {
    fn pack(&self, into: &mut Packer) {
        into.count(self.len());
        self.iter().for_each(|item| item.pack(into));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Vec::unpack(from).into()
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, into: &mut Packer) {
        (**self).pack(into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Self::new(T::unpack(from))
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, into: &mut Packer) {
        self.0.pack(into);
        self.1.pack(into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}
