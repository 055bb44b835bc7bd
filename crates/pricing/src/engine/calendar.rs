//! Working days: a week, its holidays, and the days of rest that are worked.

use crate::Decimal;

/// The days of a week, from Monday.
const WEEK: i64 = 7;

/// Which days are worked.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    /// A bit for each day of the week that is worked, Monday the lowest; at least one.
    pub(crate) week: u32,
    /// Days of the week above that are not worked, ascending.
    pub(crate) holidays: Vec<Decimal>,
    /// Other days that are worked, ascending.
    pub(crate) moved: Vec<Decimal>,
}

impl Default for Calendar {
    /// Monday to Friday.
    fn default() -> Self {
        Self {
            week: 0b1_1111,
            holidays: Vec::new(),
            moved: Vec::new(),
        }
    }
}

impl Calendar {
    /// 0 on Mondays; the first day of all was a Thursday.
    pub(crate) fn weekday(day: i64) -> i64 {
        (day + 3).rem_euclid(WEEK)
    }

    /// Whether a day of the week is worked, holidays apart.
    #[cfg(feature = "compile")]
    pub(crate) fn is_of_week(&self, day: i64) -> bool {
        self.week >> Self::weekday(day) & 1 == 1
    }

    /// How many working days there are up to a day and with it, from some day on that is always
    /// the same: weeks are counted and not walked, so a far day costs no more than a near one.
    pub(crate) fn until(&self, day: i64) -> i64 {
        let weeks = (day + 3).div_euclid(WEEK);
        let begun = self.week & ((2 << Self::weekday(day)) - 1);
        let up_to = |days: &[Decimal]| days.partition_point(|other| *other <= Decimal::from(day));
        weeks * i64::from(self.week.count_ones()) + i64::from(begun.count_ones())
            - up_to(&self.holidays) as i64
            + up_to(&self.moved) as i64
    }

    /// So many working days later, or earlier; of none the day itself, or the next working day.
    pub(crate) fn add(&self, day: i64, working_days: i64) -> i64 {
        let wanted = if working_days > 0 {
            self.until(day) + working_days
        } else {
            self.until(day - 1) + working_days + 1
        };
        let exceptions = self.holidays.len() + self.moved.len();
        let span = WEEK * (working_days.abs() + exceptions as i64 + 2);
        let (mut low, mut high) = (day - span, day + span);
        while low < high {
            // Not `midpoint`, which rounds towards 0 and would stand still before 1970.
            let middle = low + (high - low) / 2;
            if self.until(middle) < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{read, written};
    use crate::decimal::to_whole;

    fn day(text: &str) -> i64 {
        to_whole(read(text).unwrap()).unwrap()
    }

    fn days(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| read(text).unwrap()).collect()
    }

    fn calendar() -> Calendar {
        Calendar {
            holidays: days(&["2027-01-01", "2027-01-04", "2027-01-05"]),
            moved: days(&["2027-01-09"]),
            ..Calendar::default()
        }
    }

    #[test]
    fn working_days_pass_over_week_ends_and_holidays_and_count_moved_days() {
        let calendar = calendar();
        for (from, working_days, to) in [
            ("2026-12-31", 0, "2026-12-31"),
            ("2026-12-31", 1, "2027-01-06"),
            ("2027-01-01", 0, "2027-01-06"),
            ("2027-01-01", 1, "2027-01-06"),
            ("2027-01-08", 1, "2027-01-09"),
            ("2027-01-09", 1, "2027-01-11"),
            ("2027-01-06", -1, "2026-12-31"),
            ("2027-01-09", -2, "2027-01-07"),
            ("2027-01-02", -1, "2026-12-31"),
        ] {
            let found = calendar.add(day(from), working_days);
            assert_eq!(written(Decimal::from(found)), to, "{from} {working_days}");
        }
    }

    #[test]
    fn counting_weeks_and_walking_days_agree() {
        let mut calendar = calendar();
        for week in [0b1_1111, 0b11_1111, 0b100_0001, 0b111_1111, 0b1] {
            calendar.week = week;
            let keep = |days: &mut Vec<Decimal>, of_week: bool| {
                let kept = days.iter().filter(|other| {
                    let other = to_whole(**other).unwrap();
                    (week >> Calendar::weekday(other) & 1 == 1) == of_week
                });
                *days = kept.copied().collect();
            };
            let mut exceptions = super::tests::calendar();
            keep(&mut exceptions.holidays, true);
            keep(&mut exceptions.moved, false);
            calendar.holidays = exceptions.holidays;
            calendar.moved = exceptions.moved;
            let works = |day: i64| {
                let decimal = Decimal::from(day);
                let of_week = week >> Calendar::weekday(day) & 1 == 1;
                of_week && !calendar.holidays.contains(&decimal)
                    || calendar.moved.contains(&decimal)
            };
            let start = day("2026-12-01");
            let mut worked = 0;
            for day in start + 1..start + 90 {
                worked += i64::from(works(day));
                assert_eq!(
                    calendar.until(day) - calendar.until(start),
                    worked,
                    "{week:b} {day}"
                );
            }
        }
    }
}
