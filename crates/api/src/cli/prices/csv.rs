//! Prices as CSV, as spreadsheets of either decimal sign open and save it.

use tirage_api::words::{Locale, Words};

use super::sheet::{ADDRESS, COLUMNS, Cell, Row, Sheet};

/// What Excel takes UTF-8 by.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// What may stand between cells.
const DELIMITERS: [char; 3] = [';', ',', '\t'];

/// The file's text: `;` and a decimal comma, or `,` and a decimal point.
///
/// A spreadsheet that is set to commas takes `2.04` for the second of April.
pub(super) fn written(rows: &[Row], words: Words<'_>) -> String {
    let delimiter = match words.locale {
        Locale::Ru => ';',
        Locale::En => ',',
    };
    let mut out = BYTE_ORDER_MARK.to_owned();
    let mut push = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, delimiter)).collect();
        out += &cells.join(&delimiter.to_string());
        out += "\r\n";
    };
    push(&COLUMNS);
    for row in rows {
        push(&[
            &row.address,
            &harmless(&row.what),
            &harmless(&row.place),
            &words.number(row.price),
            &row.currency,
            &row.per,
            &row.revision,
        ]);
    }
    out
}

/// A text that a spreadsheet would take for a formula gets the sign that it is none.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn quoted(cell: &str, delimiter: char) -> String {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Reads a file; the delimiter is the one under which the first row names the addresses.
///
/// What is read of it is ASCII, so letters of another encoding than UTF-8 do no harm.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Sheet, String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    let names = |delimiter: &char| {
        let mut cells = first.split(*delimiter);
        cells.any(|cell| cell.trim().trim_matches('"').eq_ignore_ascii_case(ADDRESS))
    };
    let delimiter = DELIMITERS.into_iter().find(names).unwrap_or(';');
    let place = format!("{name}, row ");
    let rows = records(text, delimiter).map_err(|row| {
        format!("{place}{row}: expected a closing quote, found the end of the file")
    })?;
    Ok(Sheet {
        place,
        commas_group: delimiter == ',',
        rows: rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| (at + 1, row))
            .collect(),
    })
}

/// The rows, as RFC 4180 cuts them; else the number of the row whose quote never closes.
fn records(text: &str, delimiter: char) -> Result<Vec<Vec<Cell>>, usize> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            _ if quoted => cell.push(character),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(taken(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ if character == delimiter => row.push(taken(&mut cell)),
            _ => cell.push(character),
        }
    }
    if quoted {
        return Err(rows.len() + 1);
    }
    row.push(taken(&mut cell));
    rows.push(row);
    Ok(rows)
}

fn taken(cell: &mut String) -> Cell {
    if cell.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(std::mem::take(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let rows = records(text, ';').unwrap();
        let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.text().to_owned()).collect();
        rows.iter().map(row).collect()
    }

    #[test]
    fn cells_are_cut_whatever_is_quoted_and_however_lines_end() {
        assert_eq!(
            texts("a;\"b;\"\"c\"\"\nd\"\r\n\r;17\""),
            [vec!["a", "b;\"c\"\nd"], vec![""], vec!["", "17\""]]
        );
        assert_eq!(records("a\n\"b;c\n", ';'), Err(2));
    }

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("4+4"), "4+4");
    }
}
