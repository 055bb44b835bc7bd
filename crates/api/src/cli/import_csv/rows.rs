//! The rows of the kept template's table, written anew.

use std::collections::HashMap;

use tirage_pricing::decimal::{self, canonical};
use tirage_pricing::json::Json;
use tirage_pricing::{AxisInfo, TableInfo};

use super::super::edit::Edit;
use super::super::locate::Inside;
use super::super::source::Loaded;
use super::keep::{Column, Fresh, Merge, items, list, text};

/// Where an axis of the kept table finds its entry in a row of the file.
enum From {
    At(usize),
    /// The column has one value in all rows.
    Always(String),
}

/// The table that a file's prices belong to: `price`, else the only one row by row.
fn table<'t>(loaded: &'t Loaded<'_>) -> Option<(usize, &'t TableInfo)> {
    let tables = loaded.template.tables().iter().enumerate();
    let is_listed = |index: usize| loaded.map.find(&format!("/tables/{index}/rows")).is_some();
    let mut listed = tables.filter(|(index, _)| is_listed(*index));
    let first = listed.next()?;
    let rest: Vec<(usize, &TableInfo)> = listed.collect();
    let named = std::iter::once(first).chain(rest.iter().copied());
    let named = named.into_iter().find(|(_, table)| table.key == "price");
    named.or(Some(first).filter(|_| rest.is_empty()))
}

/// Whether the kept table has a row for this value of a parameter.
pub(super) fn names(loaded: &Loaded<'_>, parameter: &str, value: &str) -> bool {
    let Some((_, table)) = table(loaded) else {
        return false;
    };
    let axis = table.axes.iter().find(|axis| axis.key == parameter);
    axis.is_some_and(|axis| match &axis.rows {
        tirage_pricing::Rows::Keys(keys) => keys.iter().any(|key| **key == *value),
        _ => false,
    })
}

/// Puts the file's rows in place of the table's.
pub(super) fn replace(merge: &mut Merge<'_>, fresh: &Fresh, columns: &HashMap<String, Column>) {
    let loaded = merge.loaded;
    let Some((index, table)) = table(loaded) else {
        let wanted = "expected a table row by row, of the key `price` or the only one, found none";
        merge.unfit.push(wanted.to_owned());
        return;
    };
    let made = list(fresh.json.get("tables")).first();
    let axes = made.map(|made| list(made.get("axes"))).unwrap_or_default();
    let axes: Vec<&str> = axes.iter().map(|axis| text(axis, "key")).collect();
    let Some(sources) = sources(merge, table, &axes, (fresh, columns)) else {
        return;
    };
    let made = made.map(|made| list(made.get("rows"))).unwrap_or_default();
    let rows: Vec<(Vec<String>, String)> = made
        .iter()
        .map(|row| written(row, &sources, &axes, columns))
        .collect();
    let pointer = format!("/tables/{index}/rows");
    if let Some(spot) = loaded.map.find(&pointer)
        && let Inside::Items(old) = &spot.inside
        && let (Some(first), Some(last)) = (old.first(), old.last())
    {
        let indent = merge.between(spot.bytes.start + 1, old);
        let bytes = first.bytes.start..last.bytes.end;
        let lines: Vec<String> = rows
            .iter()
            .map(|(places, price)| format!("[{}, {price}]", places.join(", ")))
            .collect();
        let text = lines.join(&format!(",{indent}"));
        merge.edits.push(Edit { bytes, text });
    }
    merge.report += &changed(loaded, index, &rows);
    for (at, axis) in table.axes.iter().enumerate() {
        list_axis(merge, (index, at, axis), &rows, columns);
    }
}

/// Where each axis finds its entries; none, with the reasons told, when the axes are others.
fn sources(
    merge: &mut Merge<'_>,
    table: &TableInfo,
    axes: &[&str],
    (fresh, columns): (&Fresh, &HashMap<String, Column>),
) -> Option<Vec<From>> {
    let before = merge.unfit.len();
    for axis in axes {
        let known = columns.get(*axis).map_or("", |column| column.key.as_str());
        if !table.axes.iter().any(|axis| axis.key == known) {
            let keys: Vec<&str> = table.axes.iter().map(|axis| axis.key.as_str()).collect();
            merge.unfit.push(format!(
                "expected an axis `{known}` in the table `{}`, because prices vary with it, found only {}",
                table.key,
                keys.join(", ")
            ));
        }
    }
    let mut sources = Vec::new();
    for axis in &table.axes {
        let is_it = |key: &&str| {
            columns
                .get(*key)
                .is_some_and(|column| column.key == axis.key)
        };
        if let Some(at) = axes.iter().position(is_it) {
            sources.push(From::At(at));
            continue;
        }
        let mut all = list(fresh.json.get("parameters")).iter();
        let column = all.find(|column| is_it(&text(column, "key")));
        let only = column.and_then(|column| list(column.get("values")).first());
        let Some(only) = only else {
            merge.unfit.push(format!(
                "expected a column for the axis `{}` of the table `{}`, found none",
                axis.key, table.key
            ));
            continue;
        };
        let column = column.and_then(|column| columns.get(text(column, "key")));
        let value = column.and_then(|column| column.values.get(text(only, "key")));
        let value = value.map_or(String::new(), |value| {
            Json::text(value.as_str()).to_string()
        });
        sources.push(From::Always(value));
    }
    (merge.unfit.len() == before).then_some(sources)
}

/// The places of a row, as the kept table has its axes, and the price.
fn written(
    row: &Json,
    sources: &[From],
    axes: &[&str],
    columns: &HashMap<String, Column>,
) -> (Vec<String>, String) {
    let entries = list(Some(row));
    let place = |source: &From| match source {
        From::Always(value) => value.clone(),
        From::At(at) => match entries.get(*at) {
            Some(Json::Text(key)) => {
                let column = axes.get(*at).and_then(|axis| columns.get(*axis));
                let kept = column.and_then(|column| column.values.get(key));
                Json::text(kept.unwrap_or(key).as_str()).to_string()
            }
            entry => entry.map_or(String::new(), ToString::to_string),
        },
    };
    let price = entries.last().map_or(String::new(), ToString::to_string);
    (sources.iter().map(place).collect(), price)
}

/// An axis that lists its rows lists those of the file.
fn list_axis(
    merge: &mut Merge<'_>,
    (table, at, axis): (usize, usize, &AxisInfo),
    rows: &[(Vec<String>, String)],
    columns: &HashMap<String, Column>,
) {
    let pointer = format!("/tables/{table}/axes/{at}");
    let loaded = merge.loaded;
    if loaded.map.find(&format!("{pointer}/ranges")).is_some() {
        merge.unfit.push(format!(
            "expected an axis of keys or numbers for `{}`, found one of ranges",
            axis.key
        ));
    }
    if let Some(keys) = loaded.map.find(&format!("{pointer}/keys"))
        && let Some(column) = columns.values().find(|column| column.key == axis.key)
    {
        let keys_of_file: Vec<Json> = column
            .order
            .iter()
            .map(|key| Json::text(key.as_str()))
            .collect();
        merge.replace(keys, items(&keys_of_file));
    }
    if let Some(numbers) = loaded.map.find(&format!("{pointer}/numbers")) {
        let mut found: Vec<_> = rows
            .iter()
            .filter_map(|(places, _)| decimal::parse(places.get(at)?))
            .collect();
        found.sort_unstable();
        found.dedup();
        let found: Vec<Json> = found
            .into_iter()
            .map(|n| Json::Number(canonical(n)))
            .collect();
        merge.replace(numbers, items(&found));
    }
}

/// How many prices are other ones now, in words.
fn changed(loaded: &Loaded<'_>, table: usize, rows: &[(Vec<String>, String)]) -> String {
    let old = list(loaded.json.get("tables")).get(table);
    let old = old.map(|table| list(table.get("rows"))).unwrap_or_default();
    let mut before: HashMap<Vec<String>, String> = HashMap::new();
    for row in old {
        if let Some((price, places)) = list(Some(row)).split_last() {
            before.insert(places.iter().map(plain).collect(), plain(price));
        }
    }
    let (mut new, mut other) = (0, 0);
    for (places, price) in rows {
        let places: Vec<String> = places
            .iter()
            .map(|place| Json::parse(place).map_or(String::new(), |place| plain(&place)))
            .collect();
        match before.remove(&places) {
            None => new += 1,
            Some(old) if old != *price => other += 1,
            Some(_) => {}
        }
    }
    let gone = before.len();
    format!("  prices: {other} changed, {new} new, {gone} gone\n")
}

/// A number or a text without the quotes that a number may have.
fn plain(json: &Json) -> String {
    match json {
        Json::Number(text) | Json::Text(text) => {
            decimal::parse(text).map_or_else(|| text.clone(), canonical)
        }
        other => other.to_string(),
    }
}
