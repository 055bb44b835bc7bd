//! Tables: cells behind axes of keys, numbers or ranges.

use std::cmp::Ordering;

use crate::decimal::{Direction, add, at_most, compare, divide, multiply, round_places, subtract};
use crate::{AxisInfo, Between, Coordinate, Decimal, Outside, Rows, Spot};

/// The most axes a table has.
pub(crate) const MOST_AXES: usize = 16;

/// Decimal places of an interpolated number: as many as an amount keeps.
const PLACES: u32 = 12;

/// The cells by their number: row by row, the last axis fastest.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    /// All of them; none where nothing is offered.
    Dense(Vec<Option<Decimal>>),
    /// Those there are, by ascending number.
    Sparse(Vec<u64>, Vec<Decimal>),
}

impl Cells {
    fn get(&self, number: u64) -> Option<Decimal> {
        match self {
            Self::Dense(cells) => *cells.get(usize::try_from(number).ok()?)?,
            Self::Sparse(numbers, cells) => {
                cells.get(numbers.binary_search(&number).ok()?).copied()
            }
        }
    }

    /// The cell at a place on each axis, interpolated where the place lies between two rows.
    pub(crate) fn at(&self, axes: &[AxisInfo], spots: &[Spot]) -> Option<Decimal> {
        let mut number = 0;
        for (axis, spot) in axes.iter().zip(spots) {
            if spot.between {
                return self.interpolated(axes, spots, 0);
            }
            number = number * axis.len() as u64 + spot.row as u64;
        }
        self.get(number)
    }

    /// Axis by axis, so no deeper than there are axes.
    fn interpolated(&self, axes: &[AxisInfo], spots: &[Spot], number: u64) -> Option<Decimal> {
        let ([axis, axes @ ..], [spot, spots @ ..]) = (axes, spots) else {
            return self.get(number);
        };
        let number = number * axis.len() as u64 + spot.row as u64;
        let low = self.interpolated(axes, spots, number)?;
        let Coordinate::Between { from, to, at } = axis.coordinate(spot) else {
            return Some(low);
        };
        let high = self.interpolated(axes, spots, number + 1)?;
        // Multiplied before it is divided, so that it is exact wherever decimals can be.
        let way = multiply(subtract(high, low)?, subtract(at, from)?)?;
        let part = divide(way, subtract(to, from)?)?;
        Some(round_places(add(low, part)?, PLACES, Direction::HalfEven))
    }
}

impl AxisInfo {
    /// How many rows it has.
    pub(crate) fn len(&self) -> usize {
        match &self.rows {
            Rows::Keys(keys) => keys.len(),
            Rows::Numbers(numbers) => numbers.len(),
            Rows::Ranges(ranges) => ranges.len(),
        }
    }

    /// Where a row begins and ends; a number ends where it begins.
    fn row(&self, row: usize) -> Option<(Decimal, Option<Decimal>)> {
        match &self.rows {
            Rows::Keys(_) => None,
            Rows::Numbers(numbers) => numbers.get(row).map(|number| (*number, Some(*number))),
            Rows::Ranges(ranges) => ranges.get(row).copied(),
        }
    }

    /// The place of a number; an axis of keys has none.
    pub(crate) fn spot(&self, at: Decimal) -> Option<Spot> {
        // The last row that begins at the number or before.
        let (mut row, mut end) = (0, self.len());
        while row < end {
            let middle = row.midpoint(end);
            if compare(self.row(middle)?.0, at) == Ordering::Greater {
                end = middle;
            } else {
                row = middle + 1;
            }
        }
        let is_last = row == self.len();
        let Some(row) = row.checked_sub(1) else {
            return self.clamped(0, at);
        };
        let within = self.row(row)?.1.is_none_or(|to| at_most(at, to));
        let between = !within && !is_last && self.between == Between::Linear;
        if within || between || self.between == Between::Step {
            return Some(Spot { row, at, between });
        }
        if is_last { self.clamped(row, at) } else { None }
    }

    /// The first or the last row, where a number beyond them counts as theirs.
    fn clamped(&self, row: usize, at: Decimal) -> Option<Spot> {
        let between = false;
        let clamps = self.outside == Outside::Clamp && row < self.len();
        clamps.then_some(Spot { row, at, between })
    }

    /// How much of a quantity the rows before this one take: where ranges end, or how far the
    /// start of this row is from the first one.
    pub(crate) fn taken_before(&self, row: usize) -> Option<Decimal> {
        match &self.rows {
            Rows::Keys(_) => None,
            Rows::Numbers(numbers) => subtract(*numbers.get(row)?, *numbers.first()?),
            Rows::Ranges(ranges) => match row.checked_sub(1) {
                Some(before) => ranges.get(before)?.1,
                None => Some(Decimal::ZERO),
            },
        }
    }

    /// What stands at a place on this axis.
    #[must_use]
    pub fn coordinate(&self, spot: &Spot) -> Coordinate<'_> {
        let Spot { row, at, between } = *spot;
        let ends = |row| self.row(row).unwrap_or_default();
        let (from, to) = ends(row);
        match &self.rows {
            Rows::Keys(keys) => Coordinate::Key(keys.get(row).map_or("", |key| key)),
            Rows::Numbers(_) if between => {
                let to = ends(row + 1).0;
                Coordinate::Between { from, to, at }
            }
            Rows::Numbers(_) if self.between == Between::Step => {
                let to = None;
                Coordinate::Range { from, to, at }
            }
            Rows::Numbers(_) | Rows::Ranges(_) => Coordinate::Range { from, to, at },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::{canonical, parse};

    fn axis(rows: Rows, between: Between, outside: Outside) -> AxisInfo {
        AxisInfo {
            key: "axis".to_owned(),
            name: None,
            rows,
            between,
            outside,
        }
    }

    fn numbers(between: Between, outside: Outside) -> AxisInfo {
        let rows = [1, 50, 200].map(Decimal::from);
        axis(Rows::Numbers(rows.into()), between, outside)
    }

    fn row(axis: &AxisInfo, at: &str) -> Option<usize> {
        axis.spot(parse(at).unwrap()).map(|spot| spot.row)
    }

    #[test]
    fn between_two_numbers_is_nothing_a_step_or_a_way() {
        for (at, exact, step, linear) in [
            ("0", None, None, None),
            ("1", Some(0), Some(0), Some(0)),
            ("49.9", None, Some(0), Some(0)),
            ("50", Some(1), Some(1), Some(1)),
            ("200", Some(2), Some(2), Some(2)),
            ("201", None, Some(2), None),
        ] {
            let refuse = Outside::Refuse;
            assert_eq!(row(&numbers(Between::Exact, refuse), at), exact, "{at}");
            assert_eq!(row(&numbers(Between::Step, refuse), at), step, "{at}");
            assert_eq!(row(&numbers(Between::Linear, refuse), at), linear, "{at}");
        }
    }

    #[test]
    fn what_is_beyond_the_rows_counts_as_the_nearest_where_that_is_wished() {
        for between in [Between::Exact, Between::Step, Between::Linear] {
            let axis = numbers(between, Outside::Clamp);
            assert_eq!(row(&axis, "-5"), Some(0));
            assert_eq!(row(&axis, "1000"), Some(2));
        }
        assert_eq!(row(&numbers(Between::Exact, Outside::Clamp), "60"), None);
        let ranges = [(1, Some(5)), (8, Some(9))]
            .map(|(from, to): (i64, Option<i64>)| (Decimal::from(from), to.map(Decimal::from)));
        let ranges = axis(Rows::Ranges(ranges.into()), Between::Exact, Outside::Clamp);
        let rows = ["0", "5", "6", "9", "10"].map(|at| row(&ranges, at));
        assert_eq!(rows, [Some(0), Some(0), None, Some(1), Some(1)]);
    }

    #[test]
    fn two_axes_are_interpolated_one_after_the_other() {
        let rows = Rows::Numbers([1, 4].map(Decimal::from).into());
        let axis = axis(rows, Between::Linear, Outside::Refuse);
        let axes = [axis.clone(), axis];
        let cells = [10, 20, 30, 70].map(|cell| Some(Decimal::from(cell)));
        let cells = Cells::Dense(cells.into());
        let at = |first: &str, second: &str| {
            let spots = [first, second].map(|at| axes[0].spot(parse(at).unwrap()).unwrap());
            canonical(cells.at(&axes, &spots).unwrap())
        };
        assert_eq!(at("1", "1"), "10");
        assert_eq!(at("4", "2.5"), "50");
        assert_eq!(at("2.5", "2.5"), "32.5");
        assert_eq!(at("2", "1"), "16.666666666667");
    }
}
