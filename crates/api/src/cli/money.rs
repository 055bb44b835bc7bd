//! Which numbers of a template are prices.
//!
//! A table may hold sheets per piece or percentages as well, so unless tables are named, only
//! those are repriced that a line reads as money, itself or through named values.

use std::collections::BTreeSet;
use std::ops::Range;

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::Json;
use tirage_pricing::{Decimal, Direction, LineInfo, Rounding, Rows, decimal};

use super::edit::{Edit, written_like};
use super::lint::{Names, row_name};
use super::locate::{Inside, Spot, escaped};
use super::source::Loaded;

/// The fields of a line that are money; all others are counts, percentages or conditions.
pub(crate) const MONEY: [&str; 3] = ["price", "minimum", "maximum"];

/// A number that is a price.
#[derive(Debug, Clone)]
pub(crate) struct Price {
    /// In words, such as `print_price[a4, 1–25]`.
    pub(crate) place: String,
    /// The JSON pointer of its place in the text.
    pub(crate) pointer: String,
    pub(crate) of: Owner,
    pub(crate) old: Decimal,
    bytes: Range<usize>,
    written: String,
}

/// What a price belongs to; parts of the template by index.
#[derive(Debug, Clone)]
pub(crate) enum Owner {
    /// A table, and where on each of its axes.
    Cell {
        table: usize,
        at: Vec<At>,
    },
    Line {
        line: usize,
        /// One of `MONEY`.
        field: &'static str,
    },
    Attached {
        parameter: usize,
        value: usize,
        number: String,
    },
    Constant {
        parameter: usize,
    },
    Value {
        value: usize,
    },
}

/// Where on an axis.
#[derive(Debug, Clone)]
pub(crate) enum At {
    Key(String),
    Number(Decimal),
    Range(Decimal, Option<Decimal>),
}

/// A price and what it becomes.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) price: Price,
    pub(crate) new: Decimal,
}

/// What is to be repriced.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Keys of tables and lines; all prices when empty.
    pub(crate) only: &'a [String],
    /// Names of attached numbers, with or without their parameter.
    pub(crate) numbers: &'a [String],
}

impl Price {
    pub(crate) fn becomes(&self, new: Decimal) -> Edit {
        Edit {
            bytes: self.bytes.clone(),
            text: written_like(&self.written, new),
        }
    }

    /// With how many decimals it is written.
    pub(crate) fn places(&self) -> usize {
        let bare = self.written.trim_matches('"');
        let fraction = bare.split_once('.').map(|(_, fraction)| fraction.len());
        fraction.unwrap_or(0)
    }

    fn table(&self) -> Option<usize> {
        match self.of {
            Owner::Cell { table, .. } => Some(table),
            _ => None,
        }
    }
}

/// A step and a direction, as the command line has them; none where it has neither.
pub(crate) fn rounding(words: &[String]) -> Result<Option<Rounding>, String> {
    if words.is_empty() {
        return Ok(None);
    }
    read_rounding(words).map(Some).ok_or_else(|| {
        format!(
            "--round: expected a step above 0 and one of up, down, half-up, half-even, found `{}`",
            words.join(" ")
        )
    })
}

fn read_rounding(words: &[String]) -> Option<Rounding> {
    let [step, direction] = words else {
        return None;
    };
    let step = decimal::parse(step).filter(|step| *step > Decimal::ZERO)?;
    let direction = Direction::from_name(direction)?;
    Some(Rounding { step, direction })
}

/// The text's edits that changes come to.
pub(crate) fn edits(changes: &[Change]) -> Vec<Edit> {
    let edits = changes.iter();
    edits
        .map(|change| change.price.becomes(change.new))
        .collect()
}

/// Old and new prices below each other.
pub(crate) fn listed(changes: &[Change]) -> String {
    let rows: Vec<[String; 3]> = changes
        .iter()
        .map(|change| {
            let [old, new] = [change.price.old, change.new].map(canonical);
            [change.price.place.clone(), old, new]
        })
        .collect();
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    };
    let [place_width, old_width, new_width] = [width(0), width(1), width(2)];
    let mut out = String::new();
    for [place, old, new] in &rows {
        out += &format!("  {place:place_width$}  {old:>old_width$} → {new:>new_width$}\n");
    }
    out
}

/// The prices, or what is wrong with the wish.
pub(crate) fn find(loaded: &Loaded<'_>, wanted: Wanted<'_>) -> Result<Vec<Price>, String> {
    let lines = plain_lines(loaded);
    for key in wanted.only {
        let line = loaded.template.lines().iter().any(|line| line.key == *key);
        let mut tables = loaded.template.tables().iter();
        if tables.any(|table| table.key == *key) || lines.iter().any(|(line, _)| line == key) {
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
    let read = tables_of_prices(loaded, |_| true);
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
        prices.extend(of_table(loaded, index));
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
    Ok(once(prices))
}

/// Every number that may be a price, whoever has to know whether it is one.
pub(crate) fn all(loaded: &Loaded<'_>) -> Vec<Price> {
    let template = &loaded.template;
    let mut prices = Vec::new();
    for table in 0..template.tables().len() {
        prices.extend(of_table(loaded, table));
    }
    prices.extend(plain_lines(loaded).into_iter().map(|(_, price)| price));
    for parameter in template.parameters() {
        prices.extend(attached(loaded, &parameter.key));
        let values = parameter.kind.choice().map(|choice| &choice.values);
        let numbers = values
            .into_iter()
            .flatten()
            .flat_map(|value| &value.numbers);
        let names: BTreeSet<&String> = numbers.map(|(name, _)| name).collect();
        for name in names {
            prices.extend(attached(loaded, &format!("{}.{name}", parameter.key)));
        }
    }
    for value in template.values() {
        prices.extend(attached(loaded, &value.key));
    }
    once(prices)
}

/// The parts of a repeating detail are written once.
fn once(mut prices: Vec<Price>) -> Vec<Price> {
    let mut written = BTreeSet::new();
    prices.retain(|price| written.insert(price.bytes.start));
    prices
}

/// Tables that none of the prices is a cell of.
pub(crate) fn left_alone<'p>(
    loaded: &Loaded<'_>,
    prices: impl Iterator<Item = &'p Price>,
) -> Vec<String> {
    let of: BTreeSet<usize> = prices.filter_map(Price::table).collect();
    let tables = loaded.template.tables().iter().enumerate();
    tables
        .filter(|(index, _)| !of.contains(index))
        .map(|(_, table)| table.key.clone())
        .collect()
}

/// Lines whose money is a plain number.
pub(crate) fn plain_lines(loaded: &Loaded<'_>) -> Vec<(String, Price)> {
    let lines = loaded.template.lines().iter().enumerate();
    lines
        .filter_map(|(index, line)| {
            let place = &loaded.template.places().lines[index];
            MONEY.iter().find_map(|field| {
                let name = match *field {
                    "price" => format!("line {}", line.key),
                    _ => format!("{field} {}", line.key),
                };
                let of = Owner::Line { line: index, field };
                let price = price(loaded, format!("{place}/{field}"), (name, of))?;
                Some((line.key.clone(), price))
            })
        })
        .collect()
}

/// Lines whose maximum is an expression.
pub(crate) fn computed_maximums(loaded: &Loaded<'_>) -> Vec<String> {
    let lines = loaded.template.lines().iter();
    let places = lines.zip(&loaded.template.places().lines);
    let computed = places.filter(|(_, place)| {
        let spot = loaded.map.find(&format!("{place}/maximum"));
        spot.is_some_and(|spot| number(loaded, spot).is_none())
    });
    computed.map(|(line, _)| line.key.clone()).collect()
}

/// A plain number that stands there.
pub(crate) fn number(loaded: &Loaded<'_>, spot: &Spot) -> Option<Decimal> {
    let (Json::Number(number) | Json::Text(number)) = Json::parse(loaded.map.written(spot)).ok()?
    else {
        return None;
    };
    decimal::parse(&number)
}

fn price(loaded: &Loaded<'_>, pointer: String, called: (String, Owner)) -> Option<Price> {
    let spot = loaded.map.find(&pointer)?;
    price_at(loaded, (pointer, spot), called)
}

fn price_at(
    loaded: &Loaded<'_>,
    (pointer, spot): (String, &Spot),
    (place, of): (String, Owner),
) -> Option<Price> {
    Some(Price {
        place,
        pointer,
        of,
        old: number(loaded, spot)?,
        bytes: spot.bytes.clone(),
        written: loaded.map.written(spot).to_owned(),
    })
}

/// All cells of a table that are numbers.
pub(crate) fn of_table(loaded: &Loaded<'_>, table: usize) -> Vec<Price> {
    let mut prices = Vec::new();
    let pointer = format!("/tables/{table}/cells");
    if let Some(cells) = loaded.map.find(&pointer) {
        cells_of(
            loaded,
            (pointer, cells),
            (table, &mut Vec::new()),
            &mut prices,
        );
    }
    let pointer = format!("/tables/{table}/rows");
    if let Some(rows) = loaded.map.find(&pointer) {
        prices.extend(cells_of_rows(loaded, rows, table));
    }
    prices
}

fn cells_of(
    loaded: &Loaded<'_>,
    (pointer, spot): (String, &Spot),
    (index, at): (usize, &mut Vec<usize>),
    out: &mut Vec<Price>,
) {
    if let Inside::Items(items) = &spot.inside {
        for (row, item) in items.iter().enumerate() {
            at.push(row);
            let inner = (format!("{pointer}/{row}"), item);
            cells_of(loaded, inner, (index, &mut *at), out);
            at.pop();
        }
        return;
    }
    let table = &loaded.template.tables()[index];
    let rows = table.axes.iter().zip(&*at);
    let names: Vec<String> = rows
        .clone()
        .map(|(axis, row)| row_name(axis, *row))
        .collect();
    let place = format!("{}[{}]", table.key, names.join(", "));
    let at = rows.map(|(axis, row)| At::row(&axis.rows, *row)).collect();
    let of = Owner::Cell { table: index, at };
    out.extend(price_at(loaded, (pointer, spot), (place, of)));
}

/// The last entry of each row is its cell.
fn cells_of_rows(loaded: &Loaded<'_>, rows: &Spot, table: usize) -> Vec<Price> {
    let Inside::Items(rows) = &rows.inside else {
        return Vec::new();
    };
    let key = &loaded.template.tables()[table].key;
    let cell = |(row, spot): (usize, &Spot)| {
        let Inside::Items(entries) = &spot.inside else {
            return None;
        };
        let (cell, places) = entries.split_last()?;
        let places: Vec<&str> = places.iter().map(|at| loaded.map.written(at)).collect();
        let at: Option<Vec<At>> = places.iter().map(|written| At::read(written)).collect();
        let at = at?;
        let names: Vec<&str> = places.iter().map(|at| at.trim_matches('"')).collect();
        let pointer = format!("/tables/{table}/rows/{row}/{}", places.len());
        let place = format!("{key}[{}]", names.join(", "));
        price_at(loaded, (pointer, cell), (place, Owner::Cell { table, at }))
    };
    rows.iter().enumerate().filter_map(cell).collect()
}

impl At {
    fn row(rows: &Rows, row: usize) -> Self {
        match rows {
            Rows::Keys(keys) => Self::Key(keys[row].to_string()),
            Rows::Numbers(numbers) => Self::Number(numbers[row]),
            Rows::Ranges(ranges) => Self::Range(ranges[row].0, ranges[row].1),
        }
    }

    /// As a table row by row has it.
    fn read(written: &str) -> Option<Self> {
        match Json::parse(written).ok()? {
            Json::Text(key) => Some(Self::Key(key)),
            Json::Number(number) => decimal::parse(&number).map(Self::Number),
            Json::List(ends) => {
                let end = |end: &Json| match end {
                    Json::Number(number) | Json::Text(number) => decimal::parse(number),
                    _ => None,
                };
                Some(Self::Range(end(ends.first()?)?, ends.get(1).and_then(end)))
            }
            _ => None,
        }
    }
}

/// The numbers of a name that are written beside the prices: those attached to the values of
/// choices, constants, and named values that are plain numbers.
fn attached(loaded: &Loaded<'_>, wanted: &str) -> Vec<Price> {
    let (parameter, number) = match wanted.rsplit_once('.') {
        Some((parameter, number)) => (Some(parameter), number),
        None => (None, wanted),
    };
    let template = &loaded.template;
    let mut prices = Vec::new();
    let places = &template.places().parameters;
    for (index, (info, place)) in template.parameters().iter().zip(places).enumerate() {
        if info.key == wanted {
            let of = Owner::Constant { parameter: index };
            let called = (format!("constant {wanted}"), of);
            prices.extend(price(loaded, format!("{place}/value"), called));
        }
        let Some(choice) = info.kind.choice() else {
            continue;
        };
        if parameter.is_some_and(|parameter| parameter != info.key) {
            continue;
        }
        for (v, value) in choice.values.iter().enumerate() {
            let pointer = format!("{place}/values/{v}/numbers/{}", escaped(number));
            let of = Owner::Attached {
                parameter: index,
                value: v,
                number: number.to_owned(),
            };
            let called = (format!("{}.{number} of {}", info.key, value.key), of);
            prices.extend(price(loaded, pointer, called));
        }
    }
    let places = &template.places().values;
    for (index, (info, place)) in template.values().iter().zip(places).enumerate() {
        if info.key == wanted {
            let called = (format!("value {wanted}"), Owner::Value { value: index });
            prices.extend(price(loaded, format!("{place}/is"), called));
        }
    }
    prices
}

/// The tables that the money of these lines reads, itself or through named values.
pub(crate) fn tables_of_prices(
    loaded: &Loaded<'_>,
    of: impl Fn(&LineInfo) -> bool,
) -> BTreeSet<String> {
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
    let lines = template.lines().iter().zip(&template.places().lines);
    for (line, place) in lines.filter(|(line, _)| of(line)) {
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
