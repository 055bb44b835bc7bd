//! The rows of a file, kept as small numbers: which value of each column, and a price.

use std::collections::HashMap;
use std::io::BufRead;

use tirage_pricing::Decimal;

use super::header::{Header, Role};
use super::number;
use super::problem::{Collected, ColumnName, Problem};
use super::records::{Records, Stop};
use super::text::Decoder;

/// How many rows a file may have: as many as a template's tables have cells.
const MOST_ROWS: usize = 1_000_000;
/// How many values all columns may have together, as in a template.
const MOST_VALUES: usize = 50_000;

/// The different texts of a column, in the order of their first appearance.
#[derive(Debug, Default)]
pub(super) struct Values {
    known: HashMap<String, u32>,
    pub(super) texts: Vec<String>,
}

impl Values {
    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.known.get(text) {
            return *place;
        }
        // Fewer than the rows, which are far fewer than 2³².
        let place = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.known.insert(text.to_owned(), place);
        self.texts.push(text.to_owned());
        place
    }
}

/// What is kept of a file.
#[derive(Debug)]
pub(super) struct Table {
    /// By column; empty for those that are not to choose by.
    pub(super) values: Vec<Values>,
    /// The columns to choose by.
    pub(super) parameters: Vec<usize>,
    /// Row after row, the places of its values.
    places: Vec<u32>,
    pub(super) runs: Vec<Decimal>,
    pub(super) prices: Vec<Decimal>,
    lines: Vec<u32>,
}

impl Table {
    fn new(header: &Header) -> Self {
        let chosen = |index: &usize| header.columns[*index].role == Role::Parameter;
        Self {
            values: header.columns.iter().map(|_| Values::default()).collect(),
            parameters: (0..header.columns.len()).filter(chosen).collect(),
            places: Vec::new(),
            runs: Vec::new(),
            prices: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The places of a row's values, by parameter.
    pub(super) fn row(&self, row: usize) -> &[u32] {
        let width = self.parameters.len();
        self.places
            .get(row * width..(row + 1) * width)
            .unwrap_or_default()
    }

    pub(super) fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().map_or(0, u64::from)
    }

    /// Notes rows that have the combination of an earlier one.
    fn find_duplicates(&self, mistakes: &mut Collected) {
        let mut order: Vec<usize> = (0..self.prices.len()).collect();
        let key = |row: &usize| (self.row(*row), self.runs[*row], *row);
        order.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        let same = |a: usize, b: usize| self.row(a) == self.row(b) && self.runs[a] == self.runs[b];
        let mut first = 0;
        for (at, row) in order.iter().enumerate().skip(1) {
            if same(order[first], *row) {
                let first = self.line(order[first]);
                mistakes.note(Some(self.line(*row)), None, Problem::Duplicate { first });
            } else {
                first = at;
            }
        }
    }
}

/// Reads the rows below the header.
pub(super) fn read<R: BufRead>(
    records: &mut Records<R>,
    decoder: &Decoder,
    header: &Header,
    mistakes: &mut Collected,
) -> std::io::Result<Table> {
    let mut table = Table::new(header);
    let mut rows = 0;
    loop {
        match records.advance() {
            Ok(true) => {}
            Ok(false) => break,
            Err(Stop::Unreadable(error)) => return Err(error),
            Err(Stop::Lost {
                line,
                column,
                problem,
            }) => {
                let name = header.columns.get(column - 1);
                let name = name.map(|column| column.name.clone());
                let name = name.unwrap_or(ColumnName {
                    number: column,
                    name: String::new(),
                });
                mistakes.note(Some(line), Some(name), problem);
                return Ok(table);
            }
        }
        rows += 1;
        if rows > MOST_ROWS {
            let problem = too_many("rows", MOST_ROWS, rows);
            mistakes.note(Some(records.line()), None, problem);
            return Ok(table);
        }
        let known = table.places.len();
        if row(records, decoder, header, &mut table, mistakes).is_none() {
            table.places.truncate(known);
        }
        let values = table.values.iter().map(|values| values.texts.len()).sum();
        if values > MOST_VALUES {
            let problem = too_many("different values", MOST_VALUES, values);
            mistakes.note(Some(records.line()), None, problem);
            return Ok(table);
        }
    }
    if rows == 0 {
        mistakes.note(None, None, Problem::NoRows);
    }
    table.find_duplicates(mistakes);
    Ok(table)
}

fn too_many(what: &'static str, most: usize, found: usize) -> Problem {
    Problem::TooMany { what, most, found }
}

/// Takes one row in; None, with its mistakes noted, when it cannot be.
fn row<R: BufRead>(
    records: &Records<R>,
    decoder: &Decoder,
    header: &Header,
    table: &mut Table,
    mistakes: &mut Collected,
) -> Option<()> {
    let line = records.line();
    let [expected, found] = [header.columns.len(), records.count()];
    if found != expected {
        mistakes.note(Some(line), None, Problem::Ragged { expected, found });
        return None;
    }
    let mut run = Some(Decimal::ONE);
    let mut price = None;
    let mut fine = true;
    for (index, column) in header.columns.iter().enumerate() {
        let mut note = |problem| {
            mistakes.note(Some(line), Some(column.name.clone()), problem);
            fine = false;
        };
        let text = match decoder.cell(records.cell(index)) {
            Ok(text) => text,
            Err(problem) => {
                note(problem);
                continue;
            }
        };
        match column.role {
            Role::Run => run = number::run(&text).map_err(note).ok(),
            Role::PiecePrice | Role::RunPrice if index == header.price => {
                price = number::price(&text).map_err(note).ok();
            }
            Role::Parameter => table.places.push(table.values[index].place(&text)),
            Role::Nameless if !text.is_empty() => note(Problem::UnnamedColumn),
            // The other one of two prices: the one of the whole run counts.
            Role::Nameless | Role::PiecePrice | Role::RunPrice => {}
        }
    }
    if !fine {
        return None;
    }
    table.prices.push(price?);
    table.runs.push(run?);
    table.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    Some(())
}
