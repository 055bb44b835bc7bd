//! Numbers as people and spreadsheets write them: `1 234,50`, `1234.5`.

use tirage_pricing::{Decimal, Direction, decimal};

use super::problem::{Problem, shortened};

/// Neither an amount nor a run is larger: what sums of a price can be.
const MOST: i64 = 1_000_000_000_000_000;

/// Reads a price, which is not below zero.
pub(super) fn price(text: &str) -> Result<Decimal, Problem> {
    let found = || Problem::NotAPrice {
        found: shortened(text),
    };
    if text.is_empty() {
        return Err(Problem::MissingPrice);
    }
    let price = read(text).ok_or_else(found)?;
    if price < Decimal::ZERO {
        return Err(found());
    }
    within(price, text)
}

/// Reads a run: a whole number above zero.
pub(super) fn run(text: &str) -> Result<Decimal, Problem> {
    if text.is_empty() {
        return Err(Problem::MissingRun);
    }
    let is_whole = |run: &Decimal| Direction::Down.whole(*run) == *run;
    let run = read(text).filter(|run| *run > Decimal::ZERO && is_whole(run));
    let run = run.ok_or_else(|| Problem::NotARun {
        found: shortened(text),
    })?;
    within(run.normalize(), text)
}

fn within(number: Decimal, text: &str) -> Result<Decimal, Problem> {
    if number > Decimal::from(MOST) {
        let found = shortened(text);
        return Err(Problem::TooLarge { found });
    }
    Ok(number)
}

/// One comma or point, which is the decimal one; spaces only between groups of three digits.
///
/// What has too many digits for a decimal is the greatest one.
#[must_use]
pub fn read(text: &str) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once([',', '.']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut plain = String::with_capacity(text.len());
    for (index, group) in whole.split(' ').enumerate() {
        if index > 0 && group.len() != 3 || index == 0 && whole.contains(' ') && too_wide(group) {
            return None;
        }
        plain += group;
    }
    if let Some(fraction) = fraction {
        plain.push('.');
        plain += fraction;
    }
    let digits = plain.trim_start_matches('-').len();
    // Longer ones are told apart from what is no number: they are too large.
    let most_digits = 29;
    if digits > most_digits && fraction.is_none() && plain.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some(Decimal::MAX);
    }
    decimal::parse(&plain)
}

/// Whether a first group has no or more than three digits.
fn too_wide(group: &str) -> bool {
    let digits = group.strip_prefix('-').unwrap_or(group);
    digits.is_empty() || digits.len() > 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_as_people_write_them() {
        for (text, expected) in [
            ("12,50", "12.5"),
            ("12.50", "12.5"),
            ("1 234,50", "1234.5"),
            ("12 345 678", "12345678"),
            ("1,200", "1.2"),
            ("0", "0"),
            ("007", "7"),
            ("1000000000000000", "1000000000000000"),
            ("12,333333333333334", "12.333333333333334"),
        ] {
            let read = price(text).map(decimal::canonical);
            assert_eq!(read, Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_no_price() {
        for text in [
            "1.200,50",
            "1,200.50",
            "1 2",
            "12 34,5",
            "1234 567",
            " ",
            "-",
            "-5",
            "1e3",
            "5 руб.",
            "12,",
            ",5",
            "١٢",
            "1 234 ",
            "+5",
            "0x10",
        ] {
            let problem = Problem::NotAPrice {
                found: text.to_owned(),
            };
            assert_eq!(price(text), Err(problem), "{text}");
        }
        assert_eq!(price(""), Err(Problem::MissingPrice));
    }

    #[test]
    fn huge_numbers_are_told_as_such() {
        for text in ["1000000000000001".to_owned(), "9".repeat(900)] {
            let problem = price(&text).unwrap_err();
            assert!(matches!(problem, Problem::TooLarge { .. }), "{problem}");
        }
    }

    #[test]
    fn a_run_is_a_whole_number_of_pieces() {
        for (text, expected) in [("1 000", "1000"), ("5,0", "5"), ("100", "100")] {
            assert_eq!(run(text).map(decimal::canonical), Ok(expected.to_owned()));
        }
        for text in ["0", "-1", "1,5", "сто"] {
            assert!(matches!(run(text), Err(Problem::NotARun { .. })), "{text}");
        }
        assert_eq!(run(""), Err(Problem::MissingRun));
    }
}
