//! Indices: a form per thing that is pointed to, so that none is read without its bound.

use super::packer::Packer;
use super::unpacker::Unpacker;
use super::{Pack, PackAs};

/// What an index points to.
pub(super) trait Bound {
    fn below(from: &Unpacker<'_>) -> usize;
}

/// A parameter.
pub(super) struct Parameter;
/// A parameter that is a choice, the one that [`OfChoice`] and [`PerValue`] speak of.
pub(super) struct Choice;
/// A named value.
pub(super) struct Value;
/// A line.
pub(super) struct Line;
/// A value of the choice.
pub(super) struct OfChoice;
/// A row of the axis.
pub(super) struct Row;
/// As many items as the choice has values.
pub(super) struct PerValue;
/// A row or none for each value the choice has.
pub(super) struct RowPerValue;
/// As many items as there are parameters.
pub(super) struct PerParameter;
/// As many items as there are named values.
pub(super) struct PerNamed;
/// As many items as there are lines.
pub(super) struct PerLine;

impl Bound for Parameter {
    fn below(from: &Unpacker<'_>) -> usize {
        from.known.choices.len()
    }
}

impl Bound for Value {
    fn below(from: &Unpacker<'_>) -> usize {
        from.known.values
    }
}

impl Bound for Line {
    fn below(from: &Unpacker<'_>) -> usize {
        from.known.lines
    }
}

impl Bound for OfChoice {
    fn below(from: &Unpacker<'_>) -> usize {
        from.of_choice
    }
}

impl Bound for Row {
    fn below(from: &Unpacker<'_>) -> usize {
        from.of_axis
    }
}

impl<B: Bound> PackAs<usize> for B {
    fn pack(value: &usize, into: &mut Packer) {
        into.count(*value);
    }

    fn unpack(from: &mut Unpacker<'_>) -> usize {
        from.below(B::below(from))
    }
}

impl<B: Bound> PackAs<Option<usize>> for B {
    /// One more than the index; 0 for none.
    fn pack(value: &Option<usize>, into: &mut Packer) {
        into.count(value.map_or(0, |index| index + 1));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<usize> {
        from.below(B::below(from) + 1).checked_sub(1)
    }
}

impl<B: Bound, T: Pack> PackAs<(usize, T)> for B {
    fn pack((index, value): &(usize, T), into: &mut Packer) {
        <B as PackAs<usize>>::pack(index, into);
        value.pack(into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> (usize, T) {
        (<B as PackAs<usize>>::unpack(from), T::unpack(from))
    }
}

impl<B: Bound, T: Pack, U: Pack> PackAs<(usize, T, U)> for B {
    fn pack((index, first, second): &(usize, T, U), into: &mut Packer) {
        <B as PackAs<usize>>::pack(index, into);
        first.pack(into);
        second.pack(into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> (usize, T, U) {
        let index = <B as PackAs<usize>>::unpack(from);
        (index, T::unpack(from), U::unpack(from))
    }
}

impl<B: Bound + PackAs<T>, T> PackAs<Box<[T]>> for B {
    fn pack(items: &Box<[T]>, into: &mut Packer) {
        into.count(items.len());
        items.iter().for_each(|item| B::pack(item, into));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[T]> {
        let count = from.count();
        from.items(count, B::unpack).into()
    }
}

impl<B: Bound + PackAs<Box<[T]>>, T> PackAs<Option<Box<[T]>>> for B {
    fn pack(items: &Option<Box<[T]>>, into: &mut Packer) {
        items.is_some().pack(into);
        items.iter().for_each(|items| B::pack(items, into));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Box<[T]>> {
        bool::unpack(from).then(|| B::unpack(from))
    }
}

impl PackAs<usize> for Choice {
    fn pack(value: &usize, into: &mut Packer) {
        <Parameter as PackAs<usize>>::pack(value, into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> usize {
        let choice = <Parameter as PackAs<usize>>::unpack(from);
        from.of_choice = from.known.choices.get(choice).copied().unwrap_or_default();
        choice
    }
}

impl<T: Pack> PackAs<Box<[T]>> for PerValue {
    fn pack(items: &Box<[T]>, into: &mut Packer) {
        each(items, into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[T]> {
        from.items(from.of_choice, T::unpack).into()
    }
}

impl PackAs<Box<[Option<usize>]>> for RowPerValue {
    fn pack(rows: &Box<[Option<usize>]>, into: &mut Packer) {
        rows.iter().for_each(|row| Row::pack(row, into));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[Option<usize>]> {
        from.items(from.of_choice, Row::unpack).into()
    }
}

impl<T: Pack> PackAs<Box<[T]>> for PerParameter {
    fn pack(items: &Box<[T]>, into: &mut Packer) {
        each(items, into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[T]> {
        from.items(from.known.choices.len(), T::unpack).into()
    }
}

impl<T: Pack> PackAs<Box<[T]>> for PerNamed {
    fn pack(items: &Box<[T]>, into: &mut Packer) {
        each(items, into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[T]> {
        from.items(from.known.values, T::unpack).into()
    }
}

impl<T: Pack> PackAs<Box<[T]>> for PerLine {
    fn pack(items: &Box<[T]>, into: &mut Packer) {
        each(items, into);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[T]> {
        from.items(from.known.lines, T::unpack).into()
    }
}

/// Items without their count, because it is known.
fn each<T: Pack>(items: &[T], into: &mut Packer) {
    items.iter().for_each(|item| item.pack(into));
}
