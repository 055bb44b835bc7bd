//! Tables that list their rows: which row of each axis an entry stands for.

use std::collections::HashMap;

use tirage_pricing::json::Json;
use tirage_pricing::{AxisInfo, Decimal, Rows, decimal};

use super::super::locate::{Inside, Spot};
use super::super::source::Loaded;

/// Finds the row of an entry; there may be a hundred thousand.
enum Finder<'t> {
    Keys(HashMap<&'t str, usize>),
    Numbers(&'t [Decimal]),
    Ranges(&'t [(Decimal, Option<Decimal>)]),
}

impl<'t> Finder<'t> {
    fn of(axis: &'t AxisInfo) -> Self {
        match &axis.rows {
            Rows::Keys(keys) => {
                let rows = keys.iter().enumerate();
                Self::Keys(rows.map(|(row, key)| (&**key, row)).collect())
            }
            Rows::Numbers(numbers) => Self::Numbers(numbers),
            Rows::Ranges(ranges) => Self::Ranges(ranges),
        }
    }

    fn row(&self, entry: &Json) -> Option<usize> {
        match (self, entry) {
            (Self::Keys(rows), Json::Text(key)) => rows.get(&**key).copied(),
            (Self::Numbers(numbers), entry) => numbers.binary_search(&number(entry)?).ok(),
            (Self::Ranges(ranges), Json::List(ends)) => {
                let from = number(ends.first()?)?;
                ranges.binary_search_by(|(start, _)| start.cmp(&from)).ok()
            }
            _ => None,
        }
    }
}

fn number(json: &Json) -> Option<Decimal> {
    match json {
        Json::Number(number) | Json::Text(number) => decimal::parse(number),
        _ => None,
    }
}

/// Notes for each axis which of its rows stand in an entry whose cell is not null.
pub(super) fn mark(loaded: &Loaded<'_>, rows: &Spot, axes: &[AxisInfo], filled: &mut [Vec<bool>]) {
    let finders: Vec<Finder<'_>> = axes.iter().map(Finder::of).collect();
    for items in entries(rows) {
        let cell = items.last().map(|cell| loaded.map.written(cell));
        if cell.is_none_or(|cell| cell == "null") {
            continue;
        }
        for ((finder, item), filled) in finders.iter().zip(items).zip(filled.iter_mut()) {
            if let Some(row) = place(loaded, item, finder) {
                filled[row] = true;
            }
        }
    }
}

/// The first entry that has this row of an axis at its place.
pub(super) fn first(
    loaded: &Loaded<'_>,
    rows: &Spot,
    (a, row): (usize, usize),
    axis: &AxisInfo,
) -> Option<usize> {
    let finder = Finder::of(axis);
    entries(rows).position(|items| {
        let item = items.get(a);
        item.and_then(|item| place(loaded, item, &finder)) == Some(row)
    })
}

fn place(loaded: &Loaded<'_>, item: &Spot, finder: &Finder<'_>) -> Option<usize> {
    finder.row(&Json::parse(loaded.map.written(item)).ok()?)
}

fn entries(rows: &Spot) -> impl Iterator<Item = &[Spot]> {
    let rows = match &rows.inside {
        Inside::Items(rows) => rows.as_slice(),
        Inside::Leaf | Inside::Fields(_) => &[],
    };
    rows.iter().map(|row| match &row.inside {
        Inside::Items(items) => items.as_slice(),
        Inside::Leaf | Inside::Fields(_) => &[],
    })
}
