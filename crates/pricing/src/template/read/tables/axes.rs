//! The `axes` of a table, listed or found in its rows.

use super::super::limits;
use super::super::reader::{self, Reader};
use super::rows;
use crate::decimal::canonical;
use crate::json::Json;
use crate::names;
use crate::{AxisInfo, Between, Decimal, Outside, Rows};

/// How many axes of a table interpolate at most.
const MOST_LINEAR: usize = 8;

/// A range as read; none where it is open.
pub(super) type Range = (Decimal, Option<Decimal>);

/// The axes of a table. Given its rows, an axis that lists nothing is made of them.
pub(super) fn read(list: &Reader<'_>, table_rows: Option<&Reader<'_>>) -> Option<Vec<AxisInfo>> {
    if let Json::List(items) = list.node.value() {
        list.within(limits::AXES, items.len());
    }
    let mut axes = Vec::new();
    let count = list.items(&mut |item| {
        let found = table_rows.map(|rows| (rows, axes.len()));
        axes.extend(axis(&item, found));
    });
    if count == 0 {
        list.refuse("a list of at least one axis");
    }
    // Each of them doubles the cells that one look-up reads.
    let linear = axes.iter().filter(|axis| axis.between == Between::Linear);
    if linear.count() > MOST_LINEAR {
        list.refuse(&format!("at most {MOST_LINEAR} axes that are linear"));
    }
    (axes.len() == count && count <= limits::AXES.most).then_some(axes)
}

fn axis(reader: &Reader<'_>, found: Option<(&Reader<'_>, usize)>) -> Option<AxisInfo> {
    reader.only(&[
        "key", "name", "keys", "numbers", "ranges", "between", "outside",
    ]);
    let fields = (
        reader.optional("keys"),
        reader.optional("numbers"),
        reader.optional("ranges"),
    );
    let rows = match (fields, found) {
        ((Some(list), None, None), _) => keys(&list),
        ((None, Some(list), None), _) => numbers(&list),
        ((None, None, Some(list)), _) => ranges(&list),
        ((None, None, None), Some((table_rows, index))) => of_rows(reader, table_rows, index)?,
        _ => {
            reader.refuse("one of the fields keys, numbers and ranges");
            return None;
        }
    };
    let between = between(reader, &rows);
    let outside = outside(reader, &rows);
    let axis = AxisInfo {
        key: reader.key("key"),
        name: reader.optional_texts("name"),
        between,
        outside,
        rows,
    };
    if axis.len() == 0 {
        reader.refuse("an axis of at least one row");
    }
    Some(axis)
}

fn between(reader: &Reader<'_>, rows: &Rows) -> Between {
    let words = Between::ALL.map(Between::as_str);
    let Some(field) = reader.optional("between") else {
        return Between::Exact;
    };
    if !matches!(rows, Rows::Numbers(_)) {
        field.refuse("no `between`, which is for numbers");
    }
    field
        .as_word(&words)
        .map_or(Between::Exact, |place| Between::ALL[place])
}

fn outside(reader: &Reader<'_>, rows: &Rows) -> Outside {
    let words = Outside::ALL.map(Outside::as_str);
    let Some(field) = reader.optional("outside") else {
        return Outside::Refuse;
    };
    if matches!(rows, Rows::Keys(_)) {
        field.refuse("no `outside`, which is for numbers and ranges");
    }
    field
        .as_word(&words)
        .map_or(Outside::Refuse, |place| Outside::ALL[place])
}

/// What the rows of a table have at the place of one axis.
#[derive(Default)]
pub(super) struct Found {
    pub(super) keys: Vec<String>,
    pub(super) numbers: Vec<Decimal>,
    pub(super) ranges: Vec<Range>,
}

/// The rows of an axis that lists none.
fn of_rows(reader: &Reader<'_>, table_rows: &Reader<'_>, index: usize) -> Option<Rows> {
    let found = rows::found(table_rows, index);
    let kinds = [
        !found.keys.is_empty(),
        !found.numbers.is_empty(),
        !found.ranges.is_empty(),
    ];
    match kinds {
        [true, false, false] => Some(Rows::Keys(found.keys)),
        [false, true, false] => Some(Rows::Numbers(found.numbers)),
        [false, false, true] => {
            let meet = |pair: &&[Range]| pair[0].1.is_none_or(|end| end >= pair[1].0);
            if let Some(pair) = found.ranges.windows(2).find(meet) {
                let mistake = format!("{} and {}", written(pair[0]), written(pair[1]));
                let expected = format!("ranges that stay apart at place {index} of the rows");
                let pointer = table_rows.node.pointer();
                table_rows
                    .mistakes
                    .note(reader::shape(pointer, &expected, mistake));
            }
            Some(Rows::Ranges(found.ranges))
        }
        _ => {
            reader.refuse(
                "one of the fields keys, numbers and ranges, or rows that have \
                 only texts, only numbers or only ranges at its place",
            );
            None
        }
    }
}

fn written((from, to): Range) -> String {
    let to = to.map_or("null".to_owned(), canonical);
    format!("[{}, {to}]", canonical(from))
}

fn keys(list: &Reader<'_>) -> Rows {
    let mut keys: Vec<String> = Vec::new();
    list.items(&mut |item| keys.push(item.as_text().to_owned()));
    let sorted = names::sorted(keys.iter().map(|key| &**key));
    if let Some((_, row)) = names::doubled(&sorted) {
        let pointer = format!("{}/{row}", list.node.pointer());
        let found = format!("`{}` again", keys[row]);
        list.mistakes
            .note(reader::shape(pointer, "each key once", found));
    }
    Rows::Keys(keys)
}

fn numbers(list: &Reader<'_>) -> Rows {
    let mut numbers: Vec<Decimal> = Vec::new();
    list.items(&mut |item| {
        let number = item.as_decimal();
        if let Some(before) = numbers.last().filter(|before| **before >= number) {
            item.refuse(&format!("a number above {}", canonical(*before)));
        }
        numbers.push(number);
    });
    Rows::Numbers(numbers)
}

/// Ranges ascend and stay apart; a gap between them is allowed and priced as one.
fn ranges(list: &Reader<'_>) -> Rows {
    let mut ranges: Vec<Range> = Vec::new();
    list.items(&mut |item| {
        let range = range(&item);
        match ranges.last() {
            Some((_, None)) => item.refuse("no range after the one without an end"),
            Some((_, Some(before))) if *before >= range.0 => {
                let expected = format!(
                    "a start above {}, where the range before ends",
                    canonical(*before)
                );
                // Only the start: items are not read on after a mistake.
                item.items(&mut |from| from.refuse(&expected));
            }
            _ => {}
        }
        ranges.push(range);
    });
    Rows::Ranges(ranges)
}

pub(super) fn range(reader: &Reader<'_>) -> Range {
    if let Json::List(ends) = reader.node.value()
        && ends.len() != 2
    {
        reader.refuse("a range of two ends such as [1, 50] or [51, null]");
    }
    let mut from = None;
    let mut to = None;
    reader.items(&mut |end| match from {
        None => from = Some(end.as_decimal()),
        Some(from) if !matches!(end.node.value(), Json::Null) => {
            let number = end.as_decimal();
            if number < from {
                end.refuse(&format!("an end of at least {}", canonical(from)));
            }
            to = Some(number);
        }
        Some(_) => {}
    });
    (from.unwrap_or_default(), to)
}
