//! Days: a date is the number of days since 1970-01-01, in the Gregorian calendar.

use crate::Decimal;

/// Days before the year 0 or after 9999 are no dates.
const FIRST: i32 = -719_528;
const LAST: i32 = 2_932_896;

/// The day of a text such as `2027-03-01`.
#[must_use]
pub fn read(text: &str) -> Option<Decimal> {
    let mut numbers = [0; 3];
    let mut which = 0;
    for (place, byte) in text.bytes().enumerate() {
        match (place, byte) {
            (4 | 7, b'-') => which += 1,
            (4 | 7, _) => return None,
            (..10, b'0'..=b'9') => {
                numbers[which] = numbers[which] * 10 + i32::from(byte - b'0');
            }
            _ => return None,
        }
    }
    let days = days(numbers);
    (text.len() == 10 && civil(days) == numbers).then(|| Decimal::from(days))
}

/// A day as a text.
#[must_use]
pub fn written(day: Decimal) -> String {
    let days = crate::decimal::cut(day).unwrap_or_default();
    let days = days.clamp(i64::from(FIRST), i64::from(LAST)) as i32;
    let [year, month, day] = civil(days);
    let mut text = String::with_capacity(10);
    for (number, mut place) in [(year, 1_000), (month, 10), (day, 10)] {
        if !text.is_empty() {
            text.push('-');
        }
        while place > 0 {
            text.push(char::from(b'0' + (number / place % 10) as u8));
            place /= 10;
        }
    }
    text
}

/// Days from March of the year -400 to 1970: every day there is counts from there without a sign.
const BEFORE: i32 = 719_468 + 146_097;

/// Counts years from March, so that a leap day is the last of its year.
fn days([year, month, day]: [i32; 3]) -> i32 {
    let year = 400 + if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - BEFORE
}

fn civil(days: i32) -> [i32; 3] {
    let days = days + BEFORE;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + (era - 1) * 400 + i32::from(month <= 2);
    [year, month, day]
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
    fn days_beyond_the_years_of_four_digits_are_the_last_of_them() {
        for (day, text) in [(i64::MIN, "0000-01-01"), (10_000_000_000, "9999-12-31")] {
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
            assert_eq!(days(civil(day)), day);
        }
    }
}
