//! Tables: cells behind axes of keys, numbers or ranges.

use std::sync::Arc;

use crate::decimal::{add, at_most, divide, multiply, subtract};
use crate::{AxisInfo, Between, Decimal, Outside, Rows};

/// The most axes a table has: quotes keep a place on each without a heap.
pub(crate) const MOST_AXES: usize = 8;

/// Decimal places of an interpolated number: as many as an amount keeps.
const PLACES: u32 = 12;

/// A table as the engine reads it.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) axes: Box<[Axis]>,
    pub(crate) cells: Cells,
    /// Whether a person prices what has no cell.
    pub(crate) ask: bool,
}

/// The cells by their number: row by row, the last axis fastest.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    /// All of them; none where nothing is offered.
    Dense(Box<[Option<Decimal>]>),
    /// Those there are, by ascending number.
    Sparse(Box<[u64]>, Box<[Decimal]>),
}

/// An axis, and what becomes of a number beyond its rows.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    pub(crate) rows: AxisRows,
    pub(crate) outside: Outside,
}

/// The rows of an axis, ready to be searched.
#[derive(Debug, Clone)]
pub(crate) enum AxisRows {
    Keys(Keys),
    /// Ascending.
    Numbers(Box<[Decimal]>, Between),
    /// Ascending and apart.
    Ranges(Box<[(Decimal, Option<Decimal>)]>),
}

/// A place on an axis.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spot {
    pub(crate) row: usize,
    pub(crate) at: Decimal,
    /// Whether it lies between this row and the next one.
    pub(crate) between: bool,
}

/// Keys in their order in the table, and sorted for the search that only compiling needs.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    pub(crate) keys: Box<[Arc<str>]>,
    #[cfg(feature = "compile")]
    sorted: Box<[usize]>,
}

impl Keys {
    pub(crate) fn new(keys: Box<[Arc<str>]>) -> Self {
        Self {
            #[cfg(feature = "compile")]
            sorted: crate::names::sorted(keys.iter().map(|key| &**key))
                .iter()
                .map(|(_, row)| *row)
                .collect(),
            keys,
        }
    }

    /// Only while compiling: quotes know their rows beforehand.
    #[cfg(feature = "compile")]
    pub(crate) fn row(&self, key: &str) -> Option<usize> {
        let at = self
            .sorted
            .binary_search_by(|row| (*self.keys[*row]).cmp(key))
            .ok()?;
        Some(self.sorted[at])
    }

    /// A key that stands twice, by its second row.
    #[cfg(feature = "compile")]
    pub(crate) fn doubled(&self) -> Option<usize> {
        let pair = self
            .sorted
            .windows(2)
            .find(|pair| self.keys[pair[0]] == self.keys[pair[1]])?;
        Some(pair[1])
    }
}

impl Cells {
    fn get(&self, number: u64) -> Option<Decimal> {
        match self {
            Self::Dense(cells) => cells[usize::try_from(number).ok()?],
            Self::Sparse(numbers, cells) => Some(cells[numbers.binary_search(&number).ok()?]),
        }
    }
}

impl Table {
    /// The cell at a place on each axis, interpolated where the place lies between two rows.
    pub(crate) fn cell(&self, spots: &[Spot]) -> Option<Decimal> {
        if spots.iter().any(|spot| spot.between) {
            return self.interpolated(&self.axes, spots, 0);
        }
        let mut number = 0;
        for (axis, spot) in self.axes.iter().zip(spots) {
            number = number * axis.len() as u64 + spot.row as u64;
        }
        self.cells.get(number)
    }

    /// Axis by axis, so no deeper than there are axes.
    fn interpolated(&self, axes: &[Axis], spots: &[Spot], number: u64) -> Option<Decimal> {
        let ([axis, axes @ ..], [spot, spots @ ..]) = (axes, spots) else {
            return self.cells.get(number);
        };
        let number = number * axis.len() as u64 + spot.row as u64;
        let low = self.interpolated(axes, spots, number)?;
        let AxisRows::Numbers(points, _) = &axis.rows else {
            return Some(low);
        };
        if !spot.between {
            return Some(low);
        }
        let high = self.interpolated(axes, spots, number + 1)?;
        let (from, to) = (points[spot.row], points[spot.row + 1]);
        // Multiplied before it is divided, so that it is exact wherever decimals can be.
        let way = multiply(subtract(high, low)?, subtract(spot.at, from)?)?;
        let part = divide(way, subtract(to, from)?)?;
        Some(add(low, part)?.round_dp(PLACES))
    }
}

impl Axis {
    /// What a table says about one of its axes.
    pub(crate) fn of(info: &AxisInfo) -> Self {
        let rows = match &info.rows {
            Rows::Keys(keys) => AxisRows::Keys(Keys::new(keys.clone().into())),
            Rows::Numbers(numbers) => AxisRows::Numbers(numbers.clone().into(), info.between),
            Rows::Ranges(ranges) => AxisRows::Ranges(ranges.clone().into()),
        };
        let outside = info.outside;
        Self { rows, outside }
    }

    pub(crate) fn len(&self) -> usize {
        match &self.rows {
            AxisRows::Keys(keys) => keys.keys.len(),
            AxisRows::Numbers(numbers, _) => numbers.len(),
            AxisRows::Ranges(ranges) => ranges.len(),
        }
    }

    /// The place of a number; an axis of keys has none.
    pub(crate) fn spot(&self, at: Decimal) -> Option<Spot> {
        let mut between = false;
        let (row, last_ends) = match &self.rows {
            AxisRows::Keys(_) => return None,
            AxisRows::Numbers(numbers, way) => match numbers.binary_search(&at) {
                Ok(row) => (Some(row), None),
                Err(above) => {
                    let row = above.checked_sub(1);
                    let surrounded = row.is_some() && above < numbers.len();
                    between = *way == Between::Linear && surrounded;
                    let inside = *way == Between::Step || between;
                    (row.filter(|_| inside), numbers.last().copied())
                }
            },
            AxisRows::Ranges(ranges) => {
                let row = ranges
                    .partition_point(|(from, _)| *from <= at)
                    .checked_sub(1);
                let reaches = |row: &usize| ranges[*row].1.is_none_or(|to| at_most(at, to));
                (row.filter(reaches), ranges.last().and_then(|(_, to)| *to))
            }
        };
        let row = row.or_else(|| self.clamped(at, last_ends));
        row.map(|row| Spot { row, at, between })
    }

    /// The first or the last row, where a number beyond them counts as theirs.
    fn clamped(&self, at: Decimal, last_ends: Option<Decimal>) -> Option<usize> {
        if self.outside != Outside::Clamp {
            return None;
        }
        if last_ends.is_some_and(|end| !at_most(at, end)) {
            return self.len().checked_sub(1);
        }
        let below = !at_most(self.start(0)?, at);
        below.then_some(0)
    }

    /// Where a row begins.
    fn start(&self, row: usize) -> Option<Decimal> {
        match &self.rows {
            AxisRows::Keys(_) => None,
            AxisRows::Numbers(numbers, _) => numbers.get(row).copied(),
            AxisRows::Ranges(ranges) => ranges.get(row).map(|(from, _)| *from),
        }
    }

    /// How much of a quantity the rows before this one take: where ranges end, or how far the
    /// start of this row is from the first one.
    pub(crate) fn taken_before(&self, row: usize) -> Option<Decimal> {
        match &self.rows {
            AxisRows::Keys(_) => None,
            AxisRows::Numbers(numbers, _) => subtract(*numbers.get(row)?, *numbers.first()?),
            AxisRows::Ranges(ranges) => match row.checked_sub(1) {
                Some(before) => ranges.get(before)?.1,
                None => Some(Decimal::ZERO),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::{canonical, parse};

    fn numbers(between: Between, outside: Outside) -> Axis {
        let rows = [1, 50, 200].map(Decimal::from);
        Axis {
            rows: AxisRows::Numbers(Box::new(rows), between),
            outside,
        }
    }

    fn row(axis: &Axis, at: &str) -> Option<usize> {
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
        let ranges = Axis {
            rows: AxisRows::Ranges(Box::new(ranges)),
            outside: Outside::Clamp,
        };
        let rows = ["0", "5", "6", "9", "10"].map(|at| row(&ranges, at));
        assert_eq!(rows, [Some(0), Some(0), None, Some(1), Some(1)]);
    }

    #[test]
    fn two_axes_are_interpolated_one_after_the_other() {
        let axis = || Axis {
            rows: AxisRows::Numbers(Box::new([1, 4].map(Decimal::from)), Between::Linear),
            outside: Outside::Refuse,
        };
        let cells = [10, 20, 30, 70].map(|cell| Some(Decimal::from(cell)));
        let table = Table {
            axes: Box::new([axis(), axis()]),
            cells: Cells::Dense(Box::new(cells)),
            ask: false,
        };
        let at = |first: &str, second: &str| {
            let spots = [first, second].map(|at| axis().spot(parse(at).unwrap()).unwrap());
            canonical(table.cell(&spots).unwrap())
        };
        assert_eq!(at("1", "1"), "10");
        assert_eq!(at("4", "2.5"), "50");
        assert_eq!(at("2.5", "2.5"), "32.5");
        assert_eq!(at("2", "1"), "16.666666666667");
    }
}
