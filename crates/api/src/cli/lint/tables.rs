//! Tables: gaps between ranges, and rows that price nothing.

use std::collections::{BTreeMap, BTreeSet};

use tirage_pricing::decimal::canonical;
use tirage_pricing::{AxisInfo, Decimal, Rows, TableInfo};

use super::super::locate::{Inside, Spot};
use super::super::source::Loaded;
use super::{Lint, Remark, listed};

/// Gaps that the ends of ranges show, and those that a tried number fell into.
///
/// Whether 50 and 51 are neighbours depends on what is looked up; a step of one unit of the last
/// decimal that the axis writes is taken for one, unless a tried number fell in between.
pub(super) fn gaps(
    loaded: &Loaded<'_>,
    seen: &BTreeMap<(usize, usize, usize), Decimal>,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for ((t, a), table, axis) in axes(loaded) {
        let Rows::Ranges(ranges) = &axis.rows else {
            continue;
        };
        let step = last_place(ranges);
        for (row, pair) in ranges.windows(2).enumerate() {
            let &[(_, Some(end)), (start, _)] = pair else {
                continue;
            };
            let at = seen.get(&(t, a, row));
            let apart = start.checked_sub(end).is_some_and(|gap| gap > step);
            if !apart && at.is_none() {
                continue;
            }
            let tried = at.map_or(String::new(), |at| {
                format!("; a tried combination asks for {}", canonical(*at))
            });
            let message = format!(
                "the table `{}` has no row for `{}` between {} and {}{tried}",
                table.key,
                axis.key,
                canonical(end),
                canonical(start),
            );
            let pointer = pointer(loaded, (t, a, row + 1), axis);
            remarks.push(Remark::new(Lint::RangeGap, pointer, message));
        }
    }
    remarks
}

/// Every axis of every table, with the indices of both.
fn axes<'l>(
    loaded: &'l Loaded<'_>,
) -> impl Iterator<Item = ((usize, usize), &'l TableInfo, &'l AxisInfo)> {
    let tables = loaded.template.tables().iter().enumerate();
    tables.flat_map(|(t, table)| {
        let axes = table.axes.iter().enumerate();
        axes.map(move |(a, axis)| ((t, a), table, axis))
    })
}

/// 1 where all ends are whole, 0.01 where the finest has two decimals.
fn last_place(ranges: &[(Decimal, Option<Decimal>)]) -> Decimal {
    let ends = ranges.iter().flat_map(|(from, to)| [Some(*from), *to]);
    let scale = ends.flatten().map(|end| end.normalize().scale()).max();
    Decimal::new(1, scale.unwrap_or_default())
}

/// Rows of an axis whose cells are all null or, in a table row by row, not there.
pub(super) fn empty_rows(loaded: &Loaded<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (t, table) in loaded.template.tables().iter().enumerate() {
        let mut filled: Vec<Vec<bool>> = table
            .axes
            .iter()
            .map(|axis| vec![false; rows(axis)])
            .collect();
        let cells = loaded.map.find(&format!("/tables/{t}/cells"));
        let listed = loaded.map.find(&format!("/tables/{t}/rows"));
        let (place, lack) = match (cells, listed) {
            (Some(cells), _) => {
                mark(loaded, cells, &mut Vec::new(), &mut filled);
                ("cells", "are null")
            }
            (None, Some(listed)) => {
                listed::mark(loaded, listed, &table.axes, &mut filled);
                ("rows", "are null or not listed")
            }
            (None, None) => continue,
        };
        if filled.iter().flatten().all(|filled| !filled) {
            let message = format!("all cells of the table `{}` {lack}", table.key);
            let pointer = format!("/tables/{t}/{place}");
            remarks.push(Remark::new(Lint::EmptyRow, pointer, message));
            continue;
        }
        for (a, (axis, filled)) in table.axes.iter().zip(&filled).enumerate() {
            for row in (0..rows(axis)).filter(|row| !filled[*row]) {
                let name = row_name(axis, row);
                let message = format!(
                    "all cells of the table `{}` for `{}` `{name}` {lack}",
                    table.key, axis.key
                );
                let pointer = pointer(loaded, (t, a, row), axis);
                remarks.push(Remark::new(Lint::EmptyRow, pointer, message));
            }
        }
    }
    remarks
}

/// Keys of an axis that no choice has a value of and no expression has in quotes, where others of it
/// are values.
pub(super) fn unknown_keys(loaded: &Loaded<'_>) -> Vec<Remark> {
    let parameters = loaded.template.parameters().iter();
    let choices = parameters.filter_map(|parameter| parameter.kind.choice());
    let values = choices.flat_map(|choice| &choice.values);
    let known: BTreeSet<&str> = values.map(|value| value.key.as_str()).collect();
    // A text in quotes stands between two of a kind: in JSON as they are, or escaped.
    let text = &loaded.source.text;
    let quoted: BTreeSet<&str> = text.split('\'').chain(text.split("\\\"")).collect();
    let mut remarks = Vec::new();
    for ((t, a), table, axis) in axes(loaded) {
        let Rows::Keys(keys) = &axis.rows else {
            continue;
        };
        if !keys.iter().any(|key| known.contains(key.as_str())) {
            continue;
        }
        for (row, key) in keys.iter().enumerate() {
            if known.contains(key.as_str()) || quoted.contains(key.as_str()) {
                continue;
            }
            let message = format!(
                "the table `{}` has a row `{key}` for `{}`, which is no value of any choice and in \
                 quotes in no expression",
                table.key, axis.key
            );
            let pointer = pointer(loaded, (t, a, row), axis);
            remarks.push(Remark::new(Lint::UnknownKey, pointer, message));
        }
    }
    remarks
}

/// Where a row of an axis is written: in the axis, or in the first row of the table that has it.
fn pointer(loaded: &Loaded<'_>, (t, a, row): (usize, usize, usize), axis: &AxisInfo) -> String {
    let written = format!("/tables/{t}/axes/{a}/{}/{row}", field(axis));
    if loaded.map.find(&written).is_some() {
        return written;
    }
    let rows = loaded.map.find(&format!("/tables/{t}/rows"));
    let index = rows.and_then(|rows| listed::first(loaded, rows, (a, row), axis));
    index.map_or(written, |index| format!("/tables/{t}/rows/{index}/{a}"))
}

fn rows(axis: &AxisInfo) -> usize {
    match &axis.rows {
        Rows::Keys(keys) => keys.len(),
        Rows::Numbers(numbers) => numbers.len(),
        Rows::Ranges(ranges) => ranges.len(),
    }
}

/// The field of an axis that lists its rows.
fn field(axis: &AxisInfo) -> &'static str {
    match &axis.rows {
        Rows::Keys(_) => "keys",
        Rows::Numbers(_) => "numbers",
        Rows::Ranges(_) => "ranges",
    }
}

/// A row of an axis in words.
pub(crate) fn row_name(axis: &AxisInfo, row: usize) -> String {
    match &axis.rows {
        Rows::Keys(keys) => keys[row].to_string(),
        Rows::Numbers(numbers) => canonical(numbers[row]),
        Rows::Ranges(ranges) => {
            let (from, to) = ranges[row];
            let to = to.map_or("…".to_owned(), canonical);
            format!("{}–{to}", canonical(from))
        }
    }
}

/// Notes for each axis which rows have a cell that is not null.
fn mark(loaded: &Loaded<'_>, spot: &Spot, at: &mut Vec<usize>, filled: &mut [Vec<bool>]) {
    match &spot.inside {
        Inside::Items(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push(index);
                mark(loaded, item, at, filled);
                at.pop();
            }
        }
        Inside::Leaf if loaded.map.written(spot) != "null" => {
            for (axis, row) in at.iter().enumerate() {
                filled[axis][*row] = true;
            }
        }
        Inside::Leaf | Inside::Fields(_) => {}
    }
}
