//! What a spreadsheet of prices consists of, whatever kind of file it is.

use std::path::Path;

use sha2::{Digest as _, Sha256};
use tirage_pricing::Decimal;
use tirage_pricing::decimal::canonical;

/// The columns, in the order they are written. They are read by name, and all but three are for
/// people only. Plain ASCII, because some programs save CSV files in their system's encoding.
pub(super) const COLUMNS: [&str; 7] =
    [ADDRESS, "what", "where", PRICE, "currency", "per", REVISION];
pub(super) const ADDRESS: &str = "address";
pub(super) const PRICE: &str = "price";
pub(super) const REVISION: &str = "revision";

/// The name of the sheet in a workbook.
pub(super) const SHEET: &str = "prices";

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Csv,
    Xlsx,
}

/// A price to write.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) address: String,
    pub(super) what: String,
    pub(super) place: String,
    pub(super) price: Decimal,
    pub(super) currency: String,
    pub(super) per: String,
    pub(super) revision: String,
}

/// What was read of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    /// A spreadsheet's own number, which is a double.
    Number(f64),
    Text(String),
    /// A date, an error: what it is, in words.
    Other(String),
}

/// What was read of a file.
#[derive(Debug)]
pub(super) struct Sheet {
    /// What the place of a row is called, such as `prices.xlsx, sheet "prices", row `.
    pub(super) place: String,
    /// Whether a comma may be one between thousands: where it also stands between cells.
    pub(super) commas_group: bool,
    /// The rows that have cells, with their numbers from 1.
    pub(super) rows: Vec<(usize, Vec<Cell>)>,
}

impl Kind {
    /// By the ending of a file's name; `-` is CSV.
    fn of(path: &Path) -> Option<Self> {
        if path == Path::new("-") {
            return Some(Self::Csv);
        }
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The same for an option of the command line, or what is wrong with it.
    pub(super) fn of_option(option: &str, path: &Path) -> Result<Self, String> {
        let expected = "expected a file that ends in .xlsx or .csv";
        Self::of(path).ok_or_else(|| format!("{option}: {expected}, found `{}`", path.display()))
    }
}

/// What rows carry of the text they were made of.
///
/// Enough of the hash to tell revisions apart, and never something that a spreadsheet takes for a
/// number, which `12e345` would be.
pub(super) fn revision(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    let digits: String = hash
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256-{digits}")
}

/// The double of a number, where the number comes back from it digit for digit.
///
/// Spreadsheets keep 15 digits; a number of more is written as text.
pub(super) fn double(number: Decimal) -> Option<f64> {
    let text = canonical(number);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let most = 15;
    let double: f64 = text.parse().ok()?;
    (digits <= most && shortest(double) == text).then_some(double)
}

/// The shortest decimal text that is this double and no other.
pub(super) fn shortest(double: f64) -> String {
    format!("{double}")
}

impl Cell {
    /// What was found, for a person.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Empty => "nothing".to_owned(),
            Self::Number(number) => shortest(*number),
            Self::Text(text) => format!("`{}`", shortened(text)),
            Self::Other(what) => what.clone(),
        }
    }

    /// Its text without spaces around; nothing for a number.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text.trim(),
            _ => "",
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// A cell that goes on and on is told by its beginning.
fn shortened(text: &str) -> String {
    let most = 60;
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_as_a_double_comes_back_digit_for_digit(mantissa in any::<i64>(), scale in 0_u32..=28) {
            let number = Decimal::new(mantissa, scale);
            if let Some(double) = double(number) {
                prop_assert_eq!(shortest(double), canonical(number));
            }
        }

        #[test]
        fn every_price_of_fifteen_digits_is_a_number_of_the_spreadsheet(mantissa in 0_i64..1_000_000_000_000_000, scale in 0_u32..=12) {
            let number = Decimal::new(mantissa, scale);
            prop_assert!(double(number).is_some(), "{number}");
        }
    }

    #[test]
    fn a_number_of_more_digits_is_no_double() {
        for (text, is_double) in [
            ("0.1", true),
            ("999999999999.999", true),
            ("9007199254740993", false),
            ("0.1000000000000001", false),
        ] {
            let number = tirage_pricing::decimal::parse(text).unwrap();
            assert_eq!(double(number).is_some(), is_double, "{text}");
        }
    }
}
