//! The rows of a spreadsheet, held against the prices of the template.

use std::collections::HashMap;

use tirage_connectors::poly1c::read_number;
use tirage_pricing::decimal::{canonical, round_to};
use tirage_pricing::{Decimal, Rounding, decimal};

use super::super::super::money::{self, Change, Price};
use super::super::super::source::Loaded;
use super::super::sheet::{ADDRESS, Cell, PRICE, REVISION, Sheet, revision, shortest};

/// More decimals than these are a computed figure that somebody forgot to round.
const PLACES: usize = 6;

/// What a spreadsheet without a mistake says.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) changes: Vec<Change>,
    /// How many prices it has.
    pub(super) rows: usize,
}

/// Where the columns are that count.
struct Columns {
    address: usize,
    price: usize,
    revision: usize,
}

/// The changes, or every mistake.
pub(super) fn read(
    loaded: &Loaded<'_>,
    sheet: &Sheet,
    round: Option<Rounding>,
) -> Result<Read, Vec<String>> {
    let mut rows = sheet.rows.iter();
    let header = rows.find(|(_, cells)| !cells.iter().all(Cell::is_empty));
    let columns = match header {
        Some((row, cells)) => {
            columns(cells).map_err(|what| format!("{}{row}: {what}", sheet.place))
        }
        None => Err(format!(
            "{}1: expected the names of columns, found nothing",
            sheet.place
        )),
    };
    let columns = columns.map_err(|mistake| vec![mistake])?;
    let mut reader = Reader {
        sheet,
        columns,
        revision: revision(&loaded.source.text),
        round,
        prices: money::all(loaded)
            .into_iter()
            .map(|price| (price.pointer.clone(), Entry { price, row: None }))
            .collect(),
        read: Read {
            changes: Vec::new(),
            rows: 0,
        },
        mistakes: Vec::new(),
    };
    for (row, cells) in rows {
        if let Err(mistake) = reader.row(*row, cells) {
            reader.mistakes.push(mistake);
        }
    }
    if reader.mistakes.is_empty() {
        Ok(reader.read)
    } else {
        Err(reader.mistakes)
    }
}

fn columns(header: &[Cell]) -> Result<Columns, String> {
    let find = |name: &str| {
        let mut columns = header.iter().enumerate();
        let is_it = |(_, cell): &(usize, &Cell)| cell.text().eq_ignore_ascii_case(name);
        let found = columns.find(is_it);
        let found = found.ok_or_else(|| format!("expected a column `{name}`, found none"))?;
        match columns.find(is_it) {
            Some(_) => Err(format!("expected one column `{name}`, found two")),
            None => Ok(found.0),
        }
    };
    Ok(Columns {
        address: find(ADDRESS)?,
        price: find(PRICE)?,
        revision: find(REVISION)?,
    })
}

/// A price of the template, and the row that has named it.
struct Entry {
    price: Price,
    row: Option<usize>,
}

struct Reader<'s> {
    sheet: &'s Sheet,
    columns: Columns,
    revision: String,
    round: Option<Rounding>,
    prices: HashMap<String, Entry>,
    read: Read,
    mistakes: Vec<String>,
}

impl Reader<'_> {
    fn row(&mut self, row: usize, cells: &[Cell]) -> Result<(), String> {
        let cell = |column: usize| cells.get(column).unwrap_or(&Cell::Empty);
        let [address, price, revision] = [
            self.columns.address,
            self.columns.price,
            self.columns.revision,
        ]
        .map(cell);
        if [address, price, revision].into_iter().all(Cell::is_empty) {
            return Ok(());
        }
        self.read.rows += 1;
        let place = |(column, name): (usize, &str)| {
            let place = &self.sheet.place;
            format!("{place}{row}, column {} (`{name}`)", letters(column))
        };
        if revision.text() != self.revision {
            return Err(format!(
                "{}: expected `{}`, the revision of the template, found {}: \
                 the row was made for another revision, so export again",
                place((self.columns.revision, REVISION)),
                self.revision,
                revision.describe()
            ));
        }
        let at = place((self.columns.address, ADDRESS));
        let price_at = place((self.columns.price, PRICE));
        let Some(entry) = self.prices.get_mut(address.text()) else {
            return Err(format!(
                "{at}: expected the address of a price of the template, found {}",
                address.describe()
            ));
        };
        if let Some(before) = entry.row.replace(row) {
            return Err(format!(
                "{at}: expected each address once, found {} that row {before} has",
                address.describe()
            ));
        }
        let new = number(price, self.sheet.commas_group)
            .and_then(|new| fitting(new, &entry.price, self.round))
            .map_err(|expected| {
                format!(
                    "{price_at}: expected {expected}, found {}",
                    price.describe()
                )
            })?;
        if new != entry.price.old {
            let price = entry.price.clone();
            self.read.changes.push(Change { price, new });
        }
        Ok(())
    }
}

/// The number of a cell; else what was expected.
fn number(cell: &Cell, commas_group: bool) -> Result<Decimal, String> {
    let number = match cell {
        Cell::Number(double) => decimal::parse(&shortest(*double)),
        Cell::Text(text) => {
            let text: Vec<&str> = text.split_whitespace().collect();
            let text = text.join(" ");
            if commas_group && is_ambiguous(&text) {
                return Err("a price that reads in one way only, such as 1234 or 1.234".to_owned());
            }
            read_number(&text)
        }
        Cell::Empty | Cell::Other(_) => None,
    };
    number
        .filter(|number| *number < Decimal::MAX)
        .ok_or_else(|| "a number such as 12.5".to_owned())
}

/// Whether a comma may be decimal or one between thousands, as in `1,234`.
fn is_ambiguous(text: &str) -> bool {
    text.split_once(',').is_some_and(|(whole, fraction)| {
        let whole = whole.trim_start_matches('-');
        fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
    })
}

/// The price that the new number makes; else what was expected.
fn fitting(new: Decimal, price: &Price, round: Option<Rounding>) -> Result<Decimal, String> {
    if new == price.old {
        return Ok(new);
    }
    if new < Decimal::ZERO && price.old >= Decimal::ZERO {
        return Err(format!(
            "a number from 0 on, because `{}` is {}",
            price.place,
            canonical(price.old)
        ));
    }
    if let Some(Rounding { step, direction }) = round {
        let rounded = round_to(new, step, direction);
        return rounded.ok_or_else(|| "a number that can be rounded".to_owned());
    }
    let most = PLACES.max(price.places());
    let text = canonical(new);
    let places = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    if places > most {
        return Err(format!(
            "at most {most} decimals (round it there, or with --round)"
        ));
    }
    Ok(new)
}

/// A column as spreadsheets name it: A, B, …, Z, AA.
fn letters(column: usize) -> String {
    let mut out = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        out.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn a_comma_between_thousands_is_not_taken_for_a_decimal_one() {
        for (text, expected) in [
            ("1,234", true),
            ("-12,345", true),
            ("0,125", false),
            ("1,5", false),
            ("1234,500", false),
        ] {
            assert_eq!(is_ambiguous(text), expected, "{text}");
        }
    }
}
