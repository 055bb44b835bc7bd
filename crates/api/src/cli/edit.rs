//! Changes of a text at known bytes; everything between them stays.

use std::ops::Range;

use tirage_pricing::Decimal;
use tirage_pricing::decimal::canonical;

/// A text in place of some bytes.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) bytes: Range<usize>,
    pub(crate) text: String,
}

/// The text with all edits, which do not overlap.
pub(crate) fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.bytes.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.bytes.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.bytes.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// A number written as the old one was: in quotes or not, with no fewer decimals.
pub(crate) fn written_like(old: &str, new: Decimal) -> String {
    let bare = old.trim_matches('"');
    let places = bare
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let mut number = canonical(new);
    let has = number
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    if places > has {
        if has == 0 {
            number.push('.');
        }
        number.push_str(&"0".repeat(places - has));
    }
    if old.starts_with('"') {
        format!("\"{number}\"")
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_quotes_and_at_least_its_decimals() {
        for (old, new, written) in [
            ("\"2.04\"", "2.2", "\"2.20\""),
            ("2.50", "3", "3.00"),
            ("1", "1.08", "1.08"),
            ("\"23\"", "25", "\"25\""),
        ] {
            let new = tirage_pricing::decimal::parse(new).unwrap();
            assert_eq!(written_like(old, new), written);
        }
    }
}
