//! 1С:Полиграфия: price files in, templates out.
//!
//! What is documented (vendor's settings pages as published by the predecessor, read 2026-08): a
//! `.csv` file is exported there and uploaded on a product's card, and each of its rows is one
//! combination of values with its price. How a file is read in detail is not public; the rules
//! here are ours and are written down in `docs/template-tools.md`.
//!
//! A file is read twice: once to tell its encoding, once row by row. What is kept of a row is a
//! number for each column and the price. Nothing here is a connector: no order goes there.

mod document;
mod header;
mod keys;
mod number;
mod problem;
mod records;
mod table;
mod text;

use std::io::{self, BufReader, Read, Seek, SeekFrom};

pub use header::ColumnNames;
pub use number::read as read_number;
pub use problem::{ColumnName, LISTED, Mistake, Mistakes, Problem};
pub use text::Encoding;

use document::Document;
use header::{Header, Role};
use problem::Collected;
use records::{MOST_COLUMNS, Records, Stop};
use text::Decoder;

/// How many bytes a file may have.
pub const MOST_BYTES: u64 = 100_000_000;
/// What may stand between cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// What a file does not say itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The template's key.
    pub key: String,
    /// What buyers read.
    pub name: String,
    /// The ISO 4217 code of every price.
    pub currency: String,
    /// Which columns mean something.
    pub columns: ColumnNames,
    /// For a file without a column of runs: how many pieces can be ordered at the price of one.
    pub max_run: Option<u32>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The template, format 1.
    pub template: String,
    /// How the file is written.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub delimiter: char,
    /// How many combinations it has.
    pub rows: usize,
    /// What can be chosen, in the order of the columns, the run last.
    pub parameters: Vec<ParameterSummary>,
    /// The name of the column that prices come from.
    pub price: String,
    /// Whether its prices are those of the whole run.
    pub price_of_run: bool,
}

/// A column to choose by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterSummary {
    /// Its key in the template.
    pub key: String,
    /// Its name in the file.
    pub name: String,
    /// How many different values it has.
    pub values: usize,
}

/// Why a file became no template.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It cannot be read.
    #[error("cannot read the file")]
    Unreadable(#[from] io::Error),
    /// It can, and is wrong.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
}

/// Makes a template of a price file.
///
/// # Errors
/// When the file cannot be read or has mistakes; there is no template then.
pub fn import<F: Read + Seek>(file: F, settings: &Settings) -> Result<Import, ImportError> {
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut mistakes = Collected::default();
    let looked = match text::look(&mut file, MOST_BYTES)? {
        Ok(looked) => looked,
        Err((line, problem)) => {
            mistakes.note(line, None, problem);
            return Err(mistakes.into_mistakes().into());
        }
    };
    let decoder = Decoder::new(looked.encoding);
    let start = SeekFrom::Start(looked.mark);
    let delimiter = delimiter(&mut file, start, &decoder, &settings.columns)?;
    file.seek(start)?;
    let mut records = Records::new(&mut file, delimiter);
    let Some(header) = first_row(&mut records, &decoder, settings, &mut mistakes)? else {
        return Err(mistakes.into_mistakes().into());
    };
    let table = table::read(&mut records, &decoder, &header, &mut mistakes)?;
    let document = mistakes
        .is_empty()
        .then(|| Document::new(settings, &header, &table, &mut mistakes));
    let Some(document) = document.flatten() else {
        return Err(mistakes.into_mistakes().into());
    };
    Ok(Import {
        template: document.text(),
        encoding: looked.encoding,
        delimiter: char::from(delimiter),
        rows: table.prices.len(),
        parameters: document.summary(),
        price: header.columns[header.price].name.name.clone(),
        price_of_run: header.whole,
    })
}

/// The delimiter under which the first row names a price, has the most cells, or is likeliest.
fn delimiter<F: Read + Seek>(
    file: &mut BufReader<F>,
    start: SeekFrom,
    decoder: &Decoder,
    known: &ColumnNames,
) -> io::Result<u8> {
    let mut best = (DELIMITERS[0], (false, 0));
    for delimiter in DELIMITERS {
        file.seek(start)?;
        let mut records = Records::new(&mut *file, delimiter);
        match records.advance() {
            Ok(_) => {}
            Err(Stop::Unreadable(error)) => return Err(error),
            Err(Stop::Lost { .. }) => continue,
        }
        let is_price = |index: usize| {
            let name = decoder.cell(records.cell(index)).unwrap_or_default();
            matches!(known.role(&name), Role::PiecePrice | Role::RunPrice)
        };
        let rank = (
            (0..records.count().min(MOST_COLUMNS)).any(is_price),
            records.count(),
        );
        if rank > best.1 {
            best = (delimiter, rank);
        }
    }
    Ok(best.0)
}

/// Reads the names of the columns; None, with its mistakes noted, when they do not do.
fn first_row<F: io::BufRead>(
    records: &mut Records<F>,
    decoder: &Decoder,
    settings: &Settings,
    mistakes: &mut Collected,
) -> io::Result<Option<Header>> {
    match records.advance() {
        Ok(true) => {}
        Ok(false) => {
            mistakes.note(None, None, Problem::Empty);
            return Ok(None);
        }
        Err(Stop::Unreadable(error)) => return Err(error),
        Err(Stop::Lost {
            line,
            column,
            problem,
        }) => {
            let name = ColumnName {
                number: column,
                name: String::new(),
            };
            mistakes.note(Some(line), Some(name), problem);
            return Ok(None);
        }
    }
    let line = records.line();
    if records.count() > MOST_COLUMNS {
        let problem = Problem::TooMany {
            what: "columns",
            most: MOST_COLUMNS,
            found: records.count(),
        };
        mistakes.note(Some(line), None, problem);
        return Ok(None);
    }
    let mut names = Vec::new();
    for index in 0..records.count() {
        match decoder.cell(records.cell(index)) {
            Ok(name) => names.push(name.into_owned()),
            Err(problem) => {
                let name = ColumnName {
                    number: index + 1,
                    name: String::new(),
                };
                mistakes.note(Some(line), Some(name), problem);
                return Ok(None);
            }
        }
    }
    let free = settings.max_run.is_some();
    Ok(header::read(names, line, &settings.columns, free, mistakes))
}
