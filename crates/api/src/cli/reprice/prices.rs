//! Which numbers of a template are prices.
//!
//! A table may hold sheets per piece or percentages as well, so unless tables are named, only
//! those are repriced that a line reads as money, itself or through named values.

use std::collections::BTreeSet;
use std::ops::Range;

use tirage_pricing::json::Json;
use tirage_pricing::{AxisInfo, Decimal, decimal};

use super::super::edit::{Edit, written_like};
use super::super::lint::{Names, row_name};
use super::super::locate::{Inside, Spot, escaped};
use super::super::source::Loaded;
use super::{Change, has_table};

/// The fields of a line that are money; all others are counts, percentages or conditions.
pub(super) const MONEY: [&str; 3] = ["price", "minimum", "maximum"];

/// A number that is a price.
#[derive(Debug, Clone)]
pub(super) struct Price {
    /// In words, such as `print_price[a4, 1–25]`.
    pub(super) place: String,
    pub(super) old: Decimal,
    /// Its table, when it is a cell of one.
    table: Option<String>,
    bytes: Range<usize>,
    written: String,
}

/// What is to be repriced.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Keys of tables and lines; all prices when empty.
    pub(super) only: &'a [String],
    /// Names of attached numbers, with or without their parameter.
    pub(super) numbers: &'a [String],
}

impl Price {
    pub(super) fn becomes(&self, new: Decimal) -> Edit {
        Edit {
            bytes: self.bytes.clone(),
            text: written_like(&self.written, new),
        }
    }
}

/// The prices, or what is wrong with the wish.
pub(super) fn find(loaded: &Loaded<'_>, wanted: Wanted<'_>) -> Result<Vec<Price>, String> {
    let lines = plain_lines(loaded);
    for key in wanted.only {
        let line = loaded.template.lines().iter().any(|line| line.key == *key);
        if has_table(loaded, key) || lines.iter().any(|(line, _)| line == key) {
            continue;
        }
        return Err(if line {
            format!(
                "--only: expected a line whose price, minimum or maximum is a plain number, \
                 found `{key}`: name the tables it reads, if it is computed of any"
            )
        } else {
            let tables = loaded.template.tables().iter();
            let known: Vec<&str> = tables
                .map(|table| table.key.as_str())
                .chain(lines.iter().map(|(line, _)| line.as_str()))
                .collect();
            format!(
                "--only: expected one of {}, found `{key}`",
                known.join(", ")
            )
        });
    }
    let read = tables_of_prices(loaded);
    let mut prices = Vec::new();
    for (index, table) in loaded.template.tables().iter().enumerate() {
        let meant = if wanted.only.is_empty() {
            read.contains(&table.key)
        } else {
            wanted.only.contains(&table.key)
        };
        if !meant {
            continue;
        }
        if let Some(cells) = loaded.map.find(&format!("/tables/{index}/cells")) {
            cells_of(
                loaded,
                cells,
                (&table.key, &table.axes),
                &mut Vec::new(),
                &mut prices,
            );
        }
        if let Some(rows) = loaded.map.find(&format!("/tables/{index}/rows")) {
            prices.extend(cells_of_rows(loaded, rows, &table.key));
        }
    }
    let meant = |key: &String| wanted.only.is_empty() || wanted.only.contains(key);
    prices.extend(
        lines
            .into_iter()
            .filter(|(key, _)| meant(key))
            .map(|(_, price)| price),
    );
    for key in wanted.numbers {
        let before = prices.len();
        prices.extend(attached(loaded, key));
        if prices.len() == before {
            return Err(format!(
                "--numbers: expected the name of an attached number, a constant or a named value \
                 that is a plain number, found `{key}`"
            ));
        }
    }
    // The parts of a repeating detail are written once.
    let mut written = BTreeSet::new();
    prices.retain(|price| written.insert(price.bytes.start));
    Ok(prices)
}

/// Tables whose cells did not change.
pub(super) fn left_alone(loaded: &Loaded<'_>, changes: &[Change]) -> Vec<String> {
    let changed: BTreeSet<&str> = changes
        .iter()
        .filter_map(|change| change.price.table.as_deref())
        .collect();
    let tables = loaded
        .template
        .tables()
        .iter()
        .map(|table| table.key.clone());
    tables
        .filter(|key| !changed.contains(key.as_str()))
        .collect()
}

/// Lines whose money is a plain number.
fn plain_lines(loaded: &Loaded<'_>) -> Vec<(String, Price)> {
    let lines = loaded.template.lines().iter().enumerate();
    lines
        .filter_map(|(index, line)| {
            let place = &loaded.template.places().lines[index];
            MONEY.iter().find_map(|field| {
                let spot = loaded.map.find(&format!("{place}/{field}"))?;
                let name = match *field {
                    "price" => format!("line {}", line.key),
                    _ => format!("{field} {}", line.key),
                };
                Some((line.key.clone(), price(loaded, spot, name)?))
            })
        })
        .collect()
}

/// Lines whose maximum is an expression.
pub(super) fn computed_maximums(loaded: &Loaded<'_>) -> Vec<String> {
    let lines = loaded.template.lines().iter();
    let places = lines.zip(&loaded.template.places().lines);
    let computed = places.filter(|(_, place)| {
        let spot = loaded.map.find(&format!("{place}/maximum"));
        spot.is_some_and(|spot| price(loaded, spot, String::new()).is_none())
    });
    computed.map(|(line, _)| line.key.clone()).collect()
}

fn price(loaded: &Loaded<'_>, spot: &Spot, place: String) -> Option<Price> {
    let written = loaded.map.written(spot);
    let (Json::Number(number) | Json::Text(number)) = Json::parse(written).ok()? else {
        return None;
    };
    Some(Price {
        place,
        old: decimal::parse(&number)?,
        table: None,
        bytes: spot.bytes.clone(),
        written: written.to_owned(),
    })
}

fn cells_of(
    loaded: &Loaded<'_>,
    spot: &Spot,
    (key, axes): (&String, &[AxisInfo]),
    at: &mut Vec<usize>,
    out: &mut Vec<Price>,
) {
    if let Inside::Items(items) = &spot.inside {
        for (index, item) in items.iter().enumerate() {
            at.push(index);
            cells_of(loaded, item, (key, axes), at, out);
            at.pop();
        }
        return;
    }
    let rows = axes
        .iter()
        .zip(&*at)
        .map(|(axis, row)| row_name(axis, *row));
    let rows: Vec<String> = rows.collect();
    let place = format!("{key}[{}]", rows.join(", "));
    if let Some(price) = price(loaded, spot, place) {
        out.push(Price {
            table: Some(key.clone()),
            ..price
        });
    }
}

/// The last entry of each row is its cell.
fn cells_of_rows(loaded: &Loaded<'_>, rows: &Spot, key: &String) -> Vec<Price> {
    let Inside::Items(rows) = &rows.inside else {
        return Vec::new();
    };
    let cell = |row: &Spot| {
        let Inside::Items(entries) = &row.inside else {
            return None;
        };
        let (cell, places) = entries.split_last()?;
        let places = places.iter().map(|place| loaded.map.written(place));
        let places: Vec<&str> = places.map(|place| place.trim_matches('"')).collect();
        let price = price(loaded, cell, format!("{key}[{}]", places.join(", ")))?;
        Some(Price {
            table: Some(key.clone()),
            ..price
        })
    };
    rows.iter().filter_map(cell).collect()
}

/// The numbers of a name that are written beside the prices: those attached to the values of
/// choices, constants, and named values that are plain numbers.
fn attached(loaded: &Loaded<'_>, wanted: &str) -> Vec<Price> {
    let (parameter, number) = match wanted.rsplit_once('.') {
        Some((parameter, number)) => (Some(parameter), number),
        None => (None, wanted),
    };
    let template = &loaded.template;
    let at = |pointer: &str, place: String| price(loaded, loaded.map.find(pointer)?, place);
    let mut prices = Vec::new();
    for (info, place) in template
        .parameters()
        .iter()
        .zip(&template.places().parameters)
    {
        if info.key == wanted {
            prices.extend(at(&format!("{place}/value"), format!("constant {wanted}")));
        }
        let Some(choice) = info.kind.choice() else {
            continue;
        };
        if parameter.is_some_and(|parameter| parameter != info.key) {
            continue;
        }
        for (v, value) in choice.values.iter().enumerate() {
            let pointer = format!("{place}/values/{v}/numbers/{}", escaped(number));
            let name = format!("{}.{number} of {}", info.key, value.key);
            prices.extend(at(&pointer, name));
        }
    }
    for (info, place) in template.values().iter().zip(&template.places().values) {
        if info.key == wanted {
            prices.extend(at(&format!("{place}/is"), format!("value {wanted}")));
        }
    }
    prices
}

/// The tables that the money of lines reads, itself or through named values.
fn tables_of_prices(loaded: &Loaded<'_>) -> BTreeSet<String> {
    let template = &loaded.template;
    let expression = |pointer: &str| {
        let spot = loaded.map.find(pointer)?;
        match Json::parse(loaded.map.written(spot)) {
            Ok(Json::Text(text)) => Some(text),
            _ => None,
        }
    };
    let path = |section: Option<usize>| {
        section.map_or("", |index| template.sections()[index].key.as_str())
    };
    let mut names = Names::default();
    for (line, place) in template.lines().iter().zip(&template.places().lines) {
        for field in MONEY {
            let money = expression(&format!("{place}/{field}")).unwrap_or_default();
            names.add(&money, path(line.section));
        }
    }
    let mut followed = BTreeSet::new();
    loop {
        let mut values = template.values().iter().enumerate();
        let next =
            values.find(|(index, value)| names.reads(&value.key) && !followed.contains(index));
        let Some((index, value)) = next else {
            return names.tables;
        };
        followed.insert(index);
        let place = &template.places().values[index];
        let is = expression(&format!("{place}/is")).unwrap_or_default();
        names.add(&is, path(value.section));
    }
}
