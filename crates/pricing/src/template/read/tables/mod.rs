//! The `tables` of a template: axes, then cells nested as the axes are or listed row by row.

mod axes;
mod rows;

use super::limits;
use super::reader::Reader;
use crate::engine::Cells;
use crate::json::Json;
use crate::names;
use crate::{AxisInfo, Decimal, Outside, Per, TableInfo};

pub(super) fn read(root: &Reader<'_>) -> (Vec<TableInfo>, Vec<Cells>) {
    let mut infos: Vec<TableInfo> = Vec::new();
    let mut stored = Vec::new();
    let mut count = 0;
    root.each("tables", limits::TABLES, &mut |reader| {
        if let Some((info, cells)) = table(&reader) {
            count += match &cells {
                Cells::Dense(cells) => cells.len(),
                Cells::Sparse(_, cells) => cells.len(),
            };
            reader.within(limits::CELLS, count);
            infos.push(info);
            stored.push(cells);
        }
    });
    let keys = names::sorted(infos.iter().map(|info| info.key.as_str()));
    root.mistakes
        .unique(&keys, &|index| format!("/tables/{index}/key"));
    (infos, stored)
}

fn table(reader: &Reader<'_>) -> Option<(TableInfo, Cells)> {
    reader.only(&["key", "name", "per", "axes", "cells", "rows", "empty"]);
    let list = reader.field("axes")?;
    let (axes, cells) = match (reader.optional("cells"), reader.optional("rows")) {
        (Some(cells), None) => {
            let axes = axes::read(&list, None)?;
            let cells = Cells::Dense(nested(&cells, &axes)?);
            (axes, cells)
        }
        (None, Some(rows)) => {
            let axes = axes::read(&list, Some(&rows))?;
            let cells = rows::cells(&rows, &axes)?;
            (axes, cells)
        }
        _ => {
            reader.refuse("one of the fields cells and rows");
            return None;
        }
    };
    let words = Per::ALL.map(Per::as_str);
    let per = reader
        .optional("per")
        .and_then(|field| field.as_word(&words))
        .map(|place| Per::ALL[place]);
    let info = TableInfo {
        key: reader.key("key"),
        name: reader.optional_texts("name"),
        per,
        axes,
        ask: asks(reader),
    };
    Some((info, cells))
}

/// Whether a person prices what has no cell.
fn asks(reader: &Reader<'_>) -> bool {
    let words = [Outside::Refuse.as_str(), Outside::Ask.as_str()];
    let empty = reader.optional("empty");
    empty.and_then(|field| field.as_word(&words)) == Some(1)
}

fn nested(cells_field: &Reader<'_>, axes: &[AxisInfo]) -> Option<Vec<Option<Decimal>>> {
    let mut size = Some(1_usize);
    for axis in axes {
        size = size.and_then(|size| size.checked_mul(axis.len()));
    }
    let size = size.unwrap_or(usize::MAX);
    if size > limits::CELLS.most {
        cells_field.within(limits::CELLS, size);
        return None;
    }
    let mut cells = Vec::with_capacity(size);
    read_cells(cells_field, axes, &mut cells);
    Some(cells)
}

/// Descends once per axis, so no deeper than there are axes.
fn read_cells(reader: &Reader<'_>, axes: &[AxisInfo], cells: &mut Vec<Option<Decimal>>) {
    let [axis, inner_axes @ ..] = axes else {
        let offered = !matches!(reader.node.value(), Json::Null);
        let cell = offered.then(|| reader.node.decimal().ok()).flatten();
        if offered && cell.is_none() {
            reader.refuse("a number such as 12.50, or null");
        }
        return cells.push(cell);
    };
    match reader.node.value() {
        Json::List(items) if items.len() == axis.len() => {
            reader.items(&mut |item| read_cells(&item, inner_axes, cells));
        }
        _ => reader.refuse(&format!(
            "a list of {} for the axis `{}`",
            axis.len(),
            axis.key
        )),
    }
}
