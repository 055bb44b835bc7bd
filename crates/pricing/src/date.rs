//! Days: a date is the number of days since 1970-01-01, in the Gregorian calendar.

use rust_decimal::prelude::ToPrimitive;

use crate::Decimal;

/// Days before the year 0 or after 9999 are no dates.
const FIRST: i64 = -719_528;
const LAST: i64 = 2_932_896;

/// The day of a text such as `2027-03-01`.
#[must_use]
pub fn read(text: &str) -> Option<Decimal> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let [year, month, day] = [(year, 4), (month, 2), (day, 2)].map(|(digits, length)| {
        let plain = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<i64>().ok()).flatten()
    });
    let (year, month, day) = (year?, month?, day?);
    let days = days(year, month, day);
    (civil(days) == (year, month, day)).then(|| Decimal::from(days))
}

/// A day as a text.
#[must_use]
pub fn written(day: Decimal) -> String {
    let days = day.to_i64().unwrap_or_default().clamp(FIRST, LAST);
    let (year, month, day) = civil(days);
    let mut text = String::with_capacity(10);
    for (number, digits) in [(year, 4), (month, 2), (day, 2)] {
        if !text.is_empty() {
            text.push('-');
        }
        let number = crate::decimal::canonical(Decimal::from(number));
        for _ in number.len()..digits {
            text.push('0');
        }
        text.push_str(&number);
    }
    text
}

/// Counts years from March, so that a leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written_back() {
        for (text, day) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2027-03-01", 20_878),
            ("0000-01-01", FIRST),
            ("9999-12-31", LAST),
        ] {
            assert_eq!(read(text), Some(Decimal::from(day)), "{text}");
            assert_eq!(written(Decimal::from(day)), text);
        }
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_none() {
        for text in [
            "2027-02-29",
            "2027-13-01",
            "2027-00-10",
            "2027-1-1",
            "27-01-01",
            "2027-01-32",
            "2027-01",
            "",
            "+027-01-01",
            "1.3.2027",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn four_centuries_of_days_follow_each_other() {
        for day in 0..146_097 {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month, date), day);
        }
    }
}
