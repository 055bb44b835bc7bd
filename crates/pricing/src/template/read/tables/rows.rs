//! The `rows` of a table: one entry per axis, then the cell.
//!
//! For tables of which few combinations are offered. What is kept of 100,000 rows is a number and
//! a price each, in order, so a look-up is a binary search.

use std::collections::{HashMap, HashSet};

use super::super::limits;
use super::super::reader::{self, Reader};
use super::axes::{Found, Range};
use crate::decimal::parse;
use crate::engine::Cells;
use crate::json::Json;
use crate::{AxisInfo, Decimal, Rows};

/// An entry of a row.
enum Entry<'a> {
    Key(&'a str),
    Number(Decimal),
    Range(Range),
}

/// What a row has for an axis, if it can be one.
fn entry(json: &Json) -> Option<Entry<'_>> {
    match json {
        Json::Text(key) => Some(Entry::Key(key)),
        Json::Number(number) => parse(number).map(Entry::Number),
        Json::List(ends) => {
            let [from, to] = ends.as_slice() else {
                return None;
            };
            let to = match to {
                Json::Null => None,
                to => Some(number(to)?),
            };
            Some(Entry::Range((number(from)?, to)))
        }
        _ => None,
    }
}

fn number(json: &Json) -> Option<Decimal> {
    match json {
        Json::Number(text) | Json::Text(text) => parse(text),
        _ => None,
    }
}

fn listed<'j>(rows: &Reader<'j>) -> &'j [Json] {
    match rows.node.value() {
        Json::List(rows) => rows,
        _ => &[],
    }
}

/// What the rows have at the place of an axis: texts in the order of their first appearance,
/// numbers and ranges ascending and once.
pub(super) fn found(rows: &Reader<'_>, axis: usize) -> Found {
    let mut found = Found::default();
    let mut known: HashSet<&str> = HashSet::new();
    for row in listed(rows) {
        let Json::List(entries) = row else { continue };
        match entries.get(axis).and_then(entry) {
            Some(Entry::Key(key)) if known.insert(key) => found.keys.push(key.to_owned()),
            Some(Entry::Number(number)) => found.numbers.push(number),
            Some(Entry::Range(range)) => found.ranges.push(range),
            Some(Entry::Key(_)) | None => {}
        }
    }
    found.numbers.sort_unstable();
    found.numbers.dedup();
    found.ranges.sort_unstable();
    found.ranges.dedup();
    found
}

/// The cells by their number among all combinations of the axes.
pub(super) fn cells(rows: &Reader<'_>, axes: &[AxisInfo]) -> Option<Cells> {
    let mut size = Some(1_u64);
    for axis in axes {
        size = size.and_then(|size| size.checked_mul(axis.len() as u64));
    }
    let Some(size) = size else {
        rows.refuse("axes of fewer combinations");
        return None;
    };
    let list = listed(rows);
    if list.is_empty() {
        rows.refuse("a list of at least one row");
        return None;
    }
    rows.within(limits::CELLS, list.len());
    let places: Vec<Places<'_>> = axes.iter().map(Places::new).collect();
    let mut cells: Vec<(u64, usize, Option<Decimal>)> = Vec::with_capacity(list.len());
    for (index, row) in list.iter().enumerate() {
        let (number, cell) = read_row(rows, index, row, &places)?;
        cells.push((number, index, cell));
    }
    cells.sort_unstable_by_key(|(number, index, _)| (*number, *index));
    if let Some([first, second]) = cells.array_windows().find(|[a, b]| a.0 == b.0) {
        let list = rows.node.pointer();
        let found = format!("the one of {list}/{} again", first.1);
        let pointer = format!("{list}/{}", second.1);
        let expected = "each combination once";
        rows.mistakes.note(reader::shape(pointer, expected, found));
        return None;
    }
    Some(stored(&cells, size))
}

/// Dense where that takes less: a number and a price are about as large as six fifths of a cell.
fn stored(cells: &[(u64, usize, Option<Decimal>)], size: u64) -> Cells {
    let few = cells.len() as u64;
    if let Ok(size) = usize::try_from(size)
        && size as u64 <= few + few / 5
    {
        let mut dense = vec![None; size];
        for (number, _, cell) in cells {
            if let Some(place) = usize::try_from(*number)
                .ok()
                .and_then(|at| dense.get_mut(at))
            {
                *place = *cell;
            }
        }
        return Cells::Dense(dense);
    }
    let offered = || {
        cells
            .iter()
            .filter_map(|(number, _, cell)| Some((*number, (*cell)?)))
    };
    Cells::Sparse(
        offered().map(|(number, _)| number).collect(),
        offered().map(|(_, cell)| cell).collect(),
    )
}

/// The rows of an axis by what stands for them.
enum Places<'a> {
    Keys(HashMap<&'a str, usize>),
    Numbers(&'a [Decimal]),
    Ranges(&'a [Range]),
}

impl<'a> Places<'a> {
    fn new(axis: &'a AxisInfo) -> Self {
        match &axis.rows {
            Rows::Keys(keys) => {
                let keys = keys.iter().enumerate();
                Self::Keys(keys.map(|(row, key)| (&**key, row)).collect())
            }
            Rows::Numbers(numbers) => Self::Numbers(numbers),
            Rows::Ranges(ranges) => Self::Ranges(ranges),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Keys(keys) => keys.len(),
            Self::Numbers(numbers) => numbers.len(),
            Self::Ranges(ranges) => ranges.len(),
        }
    }

    fn row(&self, json: &Json) -> Option<usize> {
        match self {
            Self::Keys(keys) => match json {
                Json::Text(key) => keys.get(key.as_str()).copied(),
                _ => None,
            },
            Self::Numbers(numbers) => numbers.binary_search(&number(json)?).ok(),
            Self::Ranges(ranges) => match entry(json)? {
                Entry::Range(range) => ranges.binary_search(&range).ok(),
                _ => None,
            },
        }
    }

    fn describe(&self) -> &'static str {
        match self {
            Self::Keys(_) => "a key of the axis",
            Self::Numbers(_) => "a number of the axis",
            Self::Ranges(_) => "a range of the axis",
        }
    }
}

/// The number of a row's combination, and its cell.
fn read_row(
    rows: &Reader<'_>,
    index: usize,
    row: &Json,
    places: &[Places<'_>],
) -> Option<(u64, Option<Decimal>)> {
    let refuse = |place: &str, expected: &str, found: &Json| {
        let pointer = format!("{}/{index}{place}", rows.node.pointer());
        let refusal = reader::shape(pointer, expected, found.describe());
        rows.mistakes.note(refusal);
    };
    let entries = match row {
        Json::List(entries) if entries.len() == places.len() + 1 => entries,
        _ => {
            let expected = format!(
                "a list of {}: one per axis, then the cell",
                places.len() + 1
            );
            refuse("", &expected, row);
            return None;
        }
    };
    let mut combination = 0;
    for (axis, (places, json)) in places.iter().zip(entries).enumerate() {
        let Some(row) = places.row(json) else {
            refuse(&format!("/{axis}"), places.describe(), json);
            return None;
        };
        combination = combination * places.len() as u64 + row as u64;
    }
    let cell = &entries[places.len()];
    let price = number(cell);
    if price.is_none() && !matches!(cell, Json::Null) {
        refuse(
            &format!("/{}", places.len()),
            "a number such as 12.50, or null",
            cell,
        );
        return None;
    }
    Some((combination, price))
}
