//! The `tables` of a template: axes, then cells nested as the axes are.

use std::sync::Arc;

use super::{Read, at_most, key, limits, named, texts, unique, within};
use crate::decimal::canonical;
use crate::engine::{Axis, Keys, Table};
use crate::json::{Json, JsonError, Node};
use crate::names;
use crate::{AxisInfo, Decimal, Per, Rows, TableInfo, TemplateError};

pub(super) fn read(root: &Node<'_, '_>) -> Read<Vec<(TableInfo, Table)>> {
    let list = root.optional("tables")?;
    let nodes = at_most(&list, "tables", limits::TABLES)?;
    let mut cells = 0;
    let mut tables = Vec::with_capacity(nodes.len());
    for node in &nodes {
        let (info, read) = table(node)?;
        cells += read.cells.len();
        within(node, "cells", limits::CELLS, cells)?;
        tables.push((info, read));
    }
    let keys = names::sorted(tables.iter().map(|(info, _)| info.key.as_str()));
    unique(&keys, |index| format!("/tables/{index}/key"))?;
    Ok(tables)
}

fn table(node: &Node<'_, '_>) -> Read<(TableInfo, Table)> {
    node.only(&["key", "name", "per", "axes", "cells"])?;
    let list = node.field("axes")?;
    let axis_nodes: Vec<Node<'_, '_>> = list.items()?.collect();
    within(&list, "axes", limits::AXES, axis_nodes.len())?;
    if axis_nodes.is_empty() {
        return Err(list.error("a list of at least one axis").into());
    }
    let (infos, axes): (Vec<_>, Vec<_>) = axis_nodes
        .iter()
        .map(axis)
        .collect::<Read<Vec<_>>>()?
        .into_iter()
        .unzip();
    let cells_node = node.field("cells")?;
    let size = axes
        .iter()
        .try_fold(1_usize, |size, axis: &Axis| size.checked_mul(axis.len()));
    within(
        &cells_node,
        "cells",
        limits::CELLS,
        size.unwrap_or(usize::MAX),
    )?;
    let mut cells = Vec::with_capacity(size.unwrap_or_default());
    read_cells(&cells_node, &axes, &infos, &mut cells)?;
    let per = node
        .optional("per")?
        .map(|node| named(&node, &Per::ALL, Per::as_str))
        .transpose()?;
    let info = TableInfo {
        key: key(&node.field("key")?)?,
        name: texts(node, "name")?,
        per,
        axes: infos,
    };
    Ok((
        info,
        Table {
            axes: axes.into(),
            cells: cells.into(),
        },
    ))
}

/// Descends once per axis, so no deeper than there are axes.
fn read_cells(
    node: &Node<'_, '_>,
    axes: &[Axis],
    infos: &[AxisInfo],
    cells: &mut Vec<Option<Decimal>>,
) -> Result<(), JsonError> {
    let ([axis, inner_axes @ ..], [info, inner_infos @ ..]) = (axes, infos) else {
        cells.push(match node.value() {
            Json::Null => None,
            _ => Some(node.decimal().map_err(|_| node.error("a number or null"))?),
        });
        return Ok(());
    };
    let expected = || format!("a list of {} for the axis `{}`", axis.len(), info.key);
    let items = node.items().map_err(|_| node.error(expected()))?;
    if items.len() != axis.len() {
        return Err(node.error(expected()));
    }
    for item in items {
        read_cells(&item, inner_axes, inner_infos, cells)?;
    }
    Ok(())
}

fn axis(node: &Node<'_, '_>) -> Read<(AxisInfo, Axis)> {
    node.only(&["key", "name", "keys", "numbers", "ranges"])?;
    let fields = (
        node.optional("keys")?,
        node.optional("numbers")?,
        node.optional("ranges")?,
    );
    let (rows, axis) = match fields {
        (Some(list), None, None) => keys(&list)?,
        (None, Some(list), None) => numbers(&list)?,
        (None, None, Some(list)) => ranges(&list)?,
        _ => {
            return Err(node
                .error("one of the fields keys, numbers and ranges")
                .into());
        }
    };
    if axis.len() == 0 {
        return Err(node.error("an axis of at least one row").into());
    }
    let info = AxisInfo {
        key: key(&node.field("key")?)?,
        name: texts(node, "name")?,
        rows,
    };
    Ok((info, axis))
}

fn keys(list: &Node<'_, '_>) -> Read<(Rows, Axis)> {
    let keys = list.items()?.map(|node| node.text().map(Arc::from));
    let keys = keys.collect::<Result<Vec<Arc<str>>, _>>()?;
    let sorted = Keys::new(keys.clone().into());
    if let Some(row) = sorted.doubled() {
        return Err(TemplateError::Shape(JsonError {
            pointer: format!("{}/{row}", list.pointer()),
            expected: "each key once".to_owned(),
            found: format!("`{}` again", keys[row]),
        }));
    }
    Ok((Rows::Keys(keys), Axis::Keys(sorted)))
}

fn numbers(list: &Node<'_, '_>) -> Read<(Rows, Axis)> {
    let mut numbers: Vec<Decimal> = Vec::new();
    for node in list.items()? {
        let number = node.decimal()?;
        if let Some(before) = numbers.last().filter(|before| **before >= number) {
            return Err(node
                .error(format!("a number above {}", canonical(*before)))
                .into());
        }
        numbers.push(number);
    }
    Ok((
        Rows::Numbers(numbers.clone()),
        Axis::Numbers(numbers.into()),
    ))
}

/// Ranges ascend and stay apart; a gap between them is allowed and priced as one.
fn ranges(list: &Node<'_, '_>) -> Read<(Rows, Axis)> {
    let mut ranges: Vec<(Decimal, Option<Decimal>)> = Vec::new();
    for node in list.items()? {
        let ends: Vec<Node<'_, '_>> = node.items()?.collect();
        let [from, to] = ends.as_slice() else {
            return Err(node
                .error("a range of two ends such as [1, 50] or [51, null]")
                .into());
        };
        let from_number = from.decimal()?;
        let to_number = match to.value() {
            Json::Null => None,
            _ => Some(to.decimal()?),
        };
        if to_number.is_some_and(|to| to < from_number) {
            let expected = format!("an end of at least {}", canonical(from_number));
            return Err(to.error(expected).into());
        }
        match ranges.last() {
            Some((_, None)) => {
                return Err(node.error("no range after the one without an end").into());
            }
            Some((_, Some(before))) if *before >= from_number => {
                let expected = format!(
                    "a start above {}, where the range before ends",
                    canonical(*before)
                );
                return Err(from.error(expected).into());
            }
            _ => ranges.push((from_number, to_number)),
        }
    }
    Ok((Rows::Ranges(ranges.clone()), Axis::Ranges(ranges.into())))
}
