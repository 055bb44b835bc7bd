//! What is wrong with a price file, in the file's own terms: its lines and its columns.

use std::fmt;

/// How many problems are kept; the others are only counted.
pub const LISTED: usize = 20;

/// Everything that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} in the file", if *count == 1 { "1 mistake".to_owned() } else { format!("{count} mistakes") })]
pub struct Mistakes {
    /// The first ones, by line.
    pub first: Vec<Mistake>,
    /// How many there are in all.
    pub count: usize,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1; none where it is the whole file.
    pub line: Option<u64>,
    /// The column, where it is one.
    pub column: Option<ColumnName>,
    /// What it is.
    pub problem: Problem,
}

/// A column as its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    /// From 1.
    pub number: usize,
    /// As the first row has it; may be empty.
    pub name: String,
}

/// What can be wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing, or nothing but blank lines.
    #[error("expected a row of column names, found an empty file")]
    Empty,
    /// Column names and nothing below.
    #[error("expected rows of prices below the column names, found none")]
    NoRows,
    /// A byte that no text has.
    #[error("expected a text in UTF-8 or Windows-1251, found a zero byte")]
    ZeroByte,
    /// Two bytes for each character.
    #[error("expected a text in UTF-8 or Windows-1251, found UTF-16")]
    Utf16,
    /// The mark says UTF-8, the bytes do not.
    #[error("expected UTF-8, as the file's first bytes say, found other bytes")]
    NotUtf8,
    /// The file has more bytes than are read.
    #[error("expected at most {most} bytes, found more")]
    FileTooLarge {
        /// How many there may be.
        most: u64,
    },
    /// More of something than a template may have.
    #[error("expected at most {most} {what}, found {found}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How much there may be.
        most: usize,
        /// How much there is.
        found: usize,
    },
    /// A cell that is longer than any text for people.
    #[error("expected a cell of at most {most} bytes, found a longer one")]
    CellTooLong {
        /// How long it may be.
        most: usize,
    },
    /// A quote opens a cell and none closes it.
    #[error("expected a quote that closes the cell, found none before the end of the file")]
    OpenQuote,
    /// Something stands between the closing quote and the end of the cell.
    #[error("expected the end of the cell after its closing quote, found more text")]
    AfterQuote,
    /// A character that no text for people has.
    #[error("expected a text, found the control character U+{code:04X}")]
    ControlCharacter {
        /// Its number.
        code: u32,
    },
    /// No column of a kind that is needed.
    #[error(
        "expected a column named {}, found {}",
        listed(expected, " or "),
        listed(found, ", ")
    )]
    NoColumn {
        /// The names that would do.
        expected: Vec<String>,
        /// The names there are.
        found: Vec<String>,
    },
    /// Two columns of a kind that is there once.
    #[error("expected one column for the {what}, found column {first} already")]
    SecondColumn {
        /// Which kind.
        what: &'static str,
        /// The number of the first one.
        first: usize,
    },
    /// No column that is neither run nor price, and no runs either.
    #[error("expected a column to choose by, found prices only")]
    NothingToChoose,
    /// A column without a name has something in it.
    #[error("expected a column name, found none")]
    UnnamedColumn,
    /// Two columns of one name.
    #[error("expected each column name once, found it in column {first} already")]
    SameName {
        /// The number of the first one.
        first: usize,
    },
    /// A row of more or fewer cells than the first one.
    #[error("expected {expected} cells as in the first row, found {found}")]
    Ragged {
        /// How many the first row has.
        expected: usize,
        /// How many this one has.
        found: usize,
    },
    /// A price that is not there.
    #[error("expected a price, found none")]
    MissingPrice,
    /// A run that is not there.
    #[error("expected a run, found none")]
    MissingRun,
    /// A price that is no number.
    #[error("expected a price such as 1 234,50, found \"{found}\"")]
    NotAPrice {
        /// What stands there, shortened.
        found: String,
    },
    /// A run that is no whole number above zero.
    #[error("expected a whole number of pieces such as 1000, found \"{found}\"")]
    NotARun {
        /// What stands there, shortened.
        found: String,
    },
    /// A number beyond what amounts can be.
    #[error("expected a number of at most 1 000 000 000 000 000, found \"{found}\"")]
    TooLarge {
        /// What stands there, shortened.
        found: String,
    },
    /// The same values and the same run as in an earlier line.
    #[error("expected each combination once, found the one of line {first} again")]
    Duplicate {
        /// The earlier line.
        first: u64,
    },
}

fn listed(names: &[String], between: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(between)
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}")?;
            if let Some(column) = &self.column {
                write!(f, ", column {}", column.number)?;
                if !column.name.is_empty() {
                    write!(f, " (`{}`)", column.name)?;
                }
            }
            f.write_str(": ")?;
        }
        write!(f, "{}", self.problem)
    }
}

/// Collects mistakes: the first ones by line, and how many.
#[derive(Debug, Default)]
pub(super) struct Collected {
    first: Vec<Mistake>,
    count: usize,
}

impl Collected {
    pub(super) fn note(&mut self, line: Option<u64>, column: Option<ColumnName>, what: Problem) {
        self.count += 1;
        let at = self.first.partition_point(|known| known.line <= line);
        if at < LISTED {
            let mistake = Mistake {
                line,
                column,
                problem: what,
            };
            self.first.insert(at, mistake);
            self.first.truncate(LISTED);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn into_mistakes(self) -> Mistakes {
        Mistakes {
            first: self.first,
            count: self.count,
        }
    }
}

/// What a message shows of a cell.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
