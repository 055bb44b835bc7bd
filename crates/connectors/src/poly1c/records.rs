//! A file cut into rows and cells, by RFC 4180, without ever holding more than one row.
//!
//! A quote opens a cell only as its first character; anywhere else it is a character like others,
//! as spreadsheets read it. Cells and rows are bounded, so that a file that is none is given up
//! long before its end.

use std::io::{self, BufRead};
use std::ops::Range;

use super::problem::Problem;

/// How many bytes a cell may have.
pub(super) const CELL_BYTES: usize = 1_000;
/// How many cells of a row are kept; those beyond are counted only.
pub(super) const MOST_COLUMNS: usize = 100;

/// Why there is no further row.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// Where the cuts would be is not certain any more.
    Lost {
        line: u64,
        /// The number of the column, from 1.
        column: usize,
        problem: Problem,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// After a quote inside a quoted cell: the end of the cell, or half of a doubled quote.
    Quote,
}

/// The rows of a file, one after the other.
#[derive(Debug)]
pub(super) struct Records<R> {
    file: R,
    delimiter: u8,
    /// The line that comes next, from 1.
    next_line: u64,
    /// The last byte was a carriage return, so a line feed belongs to it.
    returned: bool,
    text: Vec<u8>,
    cells: Vec<Range<usize>>,
    count: usize,
    line: u64,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(file: R, delimiter: u8) -> Self {
        Self {
            file,
            delimiter,
            next_line: 1,
            returned: false,
            text: Vec::new(),
            cells: Vec::new(),
            count: 0,
            line: 1,
        }
    }

    /// The line that the row begins in.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// How many cells the row has.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// A cell of the row, without its quotes.
    pub(super) fn cell(&self, index: usize) -> &[u8] {
        let range = self.cells.get(index).cloned().unwrap_or_default();
        self.text.get(range).unwrap_or_default()
    }

    /// Goes to the next row that is not blank; false at the end.
    pub(super) fn advance(&mut self) -> Result<bool, Stop> {
        loop {
            self.text.clear();
            self.cells.clear();
            self.count = 0;
            self.line = self.next_line;
            let ended = self.read_row()?;
            let blank = self.count == 1 && self.cell(0).iter().all(u8::is_ascii_whitespace);
            if self.count > 0 && !blank {
                return Ok(true);
            }
            if ended {
                return Ok(false);
            }
        }
    }

    /// Reads up to the end of a row; true at the end of the file.
    fn read_row(&mut self) -> Result<bool, Stop> {
        let mut state = State::Start;
        let mut begin = 0;
        let mut opened = self.line;
        loop {
            let bytes = self.file.fill_buf().map_err(Stop::Unreadable)?;
            if bytes.is_empty() {
                break;
            }
            let mut taken = 0;
            let mut done = false;
            for &byte in bytes {
                taken += 1;
                if std::mem::take(&mut self.returned) && byte == b'\n' {
                    continue;
                }
                let inside = state == State::Quoted;
                if !inside && (byte == self.delimiter || byte == b'\n' || byte == b'\r') {
                    end_cell(&mut self.cells, &mut self.count, begin..self.text.len());
                    begin = self.text.len();
                    state = State::Start;
                    if byte != self.delimiter {
                        self.returned = byte == b'\r';
                        self.next_line += 1;
                        done = true;
                        break;
                    }
                    continue;
                }
                state = match (state, byte) {
                    (State::Start, b'"') => {
                        opened = self.next_line;
                        State::Quoted
                    }
                    (State::Quoted, b'"') => State::Quote,
                    (State::Quote, b'"') | (State::Quoted, _) => {
                        self.text.push(byte);
                        self.next_line += u64::from(byte == b'\n');
                        State::Quoted
                    }
                    (State::Quote, _) => {
                        return Err(self.lost(self.next_line, Problem::AfterQuote));
                    }
                    (State::Start | State::Plain, _) => {
                        self.text.push(byte);
                        State::Plain
                    }
                };
                if self.text.len() - begin > CELL_BYTES {
                    let most = CELL_BYTES;
                    return Err(self.lost(opened.max(self.line), Problem::CellTooLong { most }));
                }
                if self.count >= MOST_COLUMNS {
                    // Counted, not kept: what a row of this length says is never asked.
                    self.text.truncate(begin);
                }
            }
            self.file.consume(taken);
            if done {
                return Ok(false);
            }
        }
        if state == State::Quoted {
            return Err(self.lost(opened, Problem::OpenQuote));
        }
        if state != State::Start || self.count > 0 {
            end_cell(&mut self.cells, &mut self.count, begin..self.text.len());
        }
        Ok(true)
    }

    fn lost(&self, line: u64, problem: Problem) -> Stop {
        Stop::Lost {
            line,
            column: self.count + 1,
            problem,
        }
    }
}

fn end_cell(cells: &mut Vec<Range<usize>>, count: &mut usize, cell: Range<usize>) {
    *count += 1;
    if cells.len() < MOST_COLUMNS {
        cells.push(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line and the cells of each row.
    type Rows = Vec<(u64, Vec<String>)>;

    fn rows(text: &str, buffer: usize) -> Result<Rows, (u64, usize, Problem)> {
        let file = io::BufReader::with_capacity(buffer, text.as_bytes());
        let mut records = Records::new(file, b';');
        let mut rows = Vec::new();
        loop {
            match records.advance() {
                Ok(false) => return Ok(rows),
                Ok(true) => {}
                Err(Stop::Lost {
                    line,
                    column,
                    problem,
                }) => return Err((line, column, problem)),
                Err(Stop::Unreadable(error)) => panic!("{error}"),
            }
            let cell = |index| String::from_utf8(records.cell(index).to_vec()).unwrap();
            rows.push((records.line(), (0..records.count()).map(cell).collect()));
        }
    }

    #[test]
    fn rows_are_cut_the_same_wherever_the_pieces_end() {
        let text = "a;\"b;\"\"1\"\"\nc\";\r\n\r\n ;17\"\rx;y";
        let expected = vec![
            (
                1,
                vec!["a".to_owned(), "b;\"1\"\nc".to_owned(), String::new()],
            ),
            (4, vec![" ".to_owned(), "17\"".to_owned()]),
            (5, vec!["x".to_owned(), "y".to_owned()]),
        ];
        for buffer in 1..30 {
            assert_eq!(rows(text, buffer), Ok(expected.clone()), "{buffer}");
        }
    }

    #[test]
    fn a_quote_that_never_closes_is_told_where_it_opens() {
        assert_eq!(rows("a;b\nc;\"d\n", 9), Err((2, 2, Problem::OpenQuote)));
        assert_eq!(rows("\"", 9), Err((1, 1, Problem::OpenQuote)));
        assert_eq!(rows("\"a\"b;c", 9), Err((1, 1, Problem::AfterQuote)));
        let long = format!("a\n\"{}", "x\n".repeat(600));
        let problem = Problem::CellTooLong { most: CELL_BYTES };
        assert_eq!(rows(&long, 64), Err((2, 1, problem)));
    }

    #[test]
    fn an_empty_file_has_no_rows() {
        for text in ["", "\n\r\n", "  \n"] {
            assert_eq!(rows(text, 5), Ok(Vec::new()));
        }
    }
}
