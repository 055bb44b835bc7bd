//! The `tables` of a template: axes, then cells nested as the axes are.

use std::sync::Arc;

use super::limits;
use super::reader::{self, Reader};
use crate::decimal::canonical;
use crate::engine::{Axis, Keys, Table};
use crate::json::Json;
use crate::names;
use crate::{AxisInfo, Decimal, Per, Rows, TableInfo};

pub(super) fn read(root: &Reader<'_>) -> (Vec<TableInfo>, Vec<Table>) {
    let mut infos: Vec<TableInfo> = Vec::new();
    let mut tables = Vec::new();
    let mut cells = 0;
    root.each("tables", limits::TABLES, &mut |reader| {
        if let Some((info, table)) = table(&reader) {
            cells += table.cells.len();
            reader.within(limits::CELLS, cells);
            infos.push(info);
            tables.push(table);
        }
    });
    let keys = names::sorted(infos.iter().map(|info| info.key.as_str()));
    root.mistakes
        .unique(&keys, &|index| format!("/tables/{index}/key"));
    (infos, tables)
}

fn table(reader: &Reader<'_>) -> Option<(TableInfo, Table)> {
    reader.only(&["key", "name", "per", "axes", "cells"]);
    let (infos, axes) = axes(&reader.field("axes")?)?;
    let cells_field = reader.field("cells")?;
    let mut size = Some(1_usize);
    for axis in &axes {
        size = size.and_then(|size| size.checked_mul(axis.len()));
    }
    let size = size.unwrap_or(usize::MAX);
    if size > limits::CELLS.most {
        cells_field.within(limits::CELLS, size);
        return None;
    }
    let mut cells = Vec::with_capacity(size);
    read_cells(&cells_field, &axes, &infos, &mut cells);
    let words = Per::ALL.map(Per::as_str);
    let per = reader
        .optional("per")
        .and_then(|field| field.as_word(&words))
        .map(|place| Per::ALL[place]);
    let info = TableInfo {
        key: reader.key("key"),
        name: reader.optional_texts("name"),
        per,
        axes: infos,
    };
    let (axes, cells) = (axes.into(), cells.into());
    Some((info, Table { axes, cells }))
}

fn axes(list: &Reader<'_>) -> Option<(Vec<AxisInfo>, Vec<Axis>)> {
    if let Json::List(items) = list.node.value() {
        list.within(limits::AXES, items.len());
    }
    let mut infos = Vec::new();
    let mut axes = Vec::new();
    let count = list.items(&mut |item| {
        if let Some((info, axis)) = axis(&item) {
            infos.push(info);
            axes.push(axis);
        }
    });
    if count == 0 {
        list.refuse("a list of at least one axis");
    }
    (axes.len() == count).then_some((infos, axes))
}

/// Descends once per axis, so no deeper than there are axes.
fn read_cells(
    reader: &Reader<'_>,
    axes: &[Axis],
    infos: &[AxisInfo],
    cells: &mut Vec<Option<Decimal>>,
) {
    let ([axis, inner_axes @ ..], [info, inner_infos @ ..]) = (axes, infos) else {
        let offered = !matches!(reader.node.value(), Json::Null);
        let cell = offered.then(|| reader.node.decimal().ok()).flatten();
        if offered && cell.is_none() {
            reader.refuse("a number or null");
        }
        return cells.push(cell);
    };
    match reader.node.value() {
        Json::List(items) if items.len() == axis.len() => {
            reader.items(&mut |item| read_cells(&item, inner_axes, inner_infos, cells));
        }
        _ => reader.refuse(&format!(
            "a list of {} for the axis `{}`",
            axis.len(),
            info.key
        )),
    }
}

fn axis(reader: &Reader<'_>) -> Option<(AxisInfo, Axis)> {
    reader.only(&["key", "name", "keys", "numbers", "ranges"]);
    let fields = (
        reader.optional("keys"),
        reader.optional("numbers"),
        reader.optional("ranges"),
    );
    let (rows, axis) = match fields {
        (Some(list), None, None) => keys(&list),
        (None, Some(list), None) => numbers(&list),
        (None, None, Some(list)) => ranges(&list),
        _ => {
            reader.refuse("one of the fields keys, numbers and ranges");
            return None;
        }
    };
    if axis.len() == 0 {
        reader.refuse("an axis of at least one row");
    }
    let info = AxisInfo {
        key: reader.key("key"),
        name: reader.optional_texts("name"),
        rows,
    };
    Some((info, axis))
}

fn keys(list: &Reader<'_>) -> (Rows, Axis) {
    let mut keys: Vec<Arc<str>> = Vec::new();
    list.items(&mut |item| keys.push(Arc::from(item.as_text())));
    let sorted = Keys::new(keys.clone().into());
    if let Some(row) = sorted.doubled() {
        let pointer = format!("{}/{row}", list.node.pointer());
        let found = format!("`{}` again", keys[row]);
        list.mistakes
            .note(reader::shape(pointer, "each key once", found));
    }
    (Rows::Keys(keys), Axis::Keys(sorted))
}

fn numbers(list: &Reader<'_>) -> (Rows, Axis) {
    let mut numbers: Vec<Decimal> = Vec::new();
    list.items(&mut |item| {
        let number = item.as_decimal();
        if let Some(before) = numbers.last().filter(|before| **before >= number) {
            item.refuse(&format!("a number above {}", canonical(*before)));
        }
        numbers.push(number);
    });
    let axis = Axis::Numbers(numbers.clone().into());
    (Rows::Numbers(numbers), axis)
}

/// Ranges ascend and stay apart; a gap between them is allowed and priced as one.
fn ranges(list: &Reader<'_>) -> (Rows, Axis) {
    let mut ranges: Vec<(Decimal, Option<Decimal>)> = Vec::new();
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
    let axis = Axis::Ranges(ranges.clone().into());
    (Rows::Ranges(ranges), axis)
}

fn range(reader: &Reader<'_>) -> (Decimal, Option<Decimal>) {
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
