//! Prices as a workbook.
//!
//! A number of a workbook is a double. So a price is written as a number only where it comes back
//! from the double digit for digit, and read by the shortest decimal text of the double.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use tirage_pricing::decimal::canonical;

use super::sheet::{COLUMNS, Cell, Row, SHEET, Sheet, double};

/// How wide the columns are, in characters.
const WIDTHS: [u8; 7] = [26, 34, 60, 12, 10, 14, 22];

/// The bytes of the file: the same for the same prices, whenever it is written.
pub(super) fn written(rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let when = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&when));
    let sheet = book.add_worksheet().set_name(SHEET)?;
    let bold = Format::new().set_bold();
    for (column, (name, width)) in (0..).zip(COLUMNS.iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (at, row) in (1..).zip(rows) {
        sheet.write_string(at, 0, &row.address)?;
        sheet.write_string(at, 1, &row.what)?;
        sheet.write_string(at, 2, &row.place)?;
        match double(row.price) {
            Some(price) => sheet.write_number(at, 3, price)?,
            None => sheet.write_string(at, 3, canonical(row.price))?,
        };
        sheet.write_string(at, 4, &row.currency)?;
        sheet.write_string(at, 5, &row.per)?;
        sheet.write_string(at, 6, &row.revision)?;
    }
    book.save_to_buffer()
}

/// Reads the sheet `prices`, else the first one; nothing is laid out, so a stray cell far away
/// costs no more than a near one.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Sheet, calamine::XlsxError> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let names = book.sheet_names();
    let sheet = names.iter().find(|name| *name == SHEET).or(names.first());
    let sheet = sheet.cloned().unwrap_or_default();
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    let mut cells = book.worksheet_cells_reader(&sheet)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        // Whoever adds columns may; those beyond are never asked for.
        let most = 100;
        if column < most {
            rows.entry(row)
                .or_default()
                .insert(column, read_cell(cell.get_value()));
        }
    }
    let row = |(row, mut cells): (u32, BTreeMap<u32, Cell>)| {
        let end = cells.last_key_value().map_or(0, |(column, _)| column + 1);
        let cells = (0..end).map(|column| cells.remove(&column).unwrap_or(Cell::Empty));
        (row as usize + 1, cells.collect())
    };
    Ok(Sheet {
        place: format!("{name}, sheet `{sheet}`, row "),
        commas_group: false,
        rows: rows.into_iter().map(row).collect(),
    })
}

fn read_cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Other(yes.to_string()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            Cell::Other("a date".to_owned())
        }
        DataRef::Error(error) => Cell::Other(format!("the error {error}")),
        DataRef::Empty => Cell::Empty,
    }
}
