//! The `calendar` of a template: which days are worked.

use super::limits;
use super::reader::{self, Reader};
use crate::decimal::cut;
use crate::engine::Calendar;
use crate::{Decimal, date};

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) fn read(root: &Reader<'_>) -> Calendar {
    let mut calendar = Calendar::default();
    let Some(reader) = root.optional("calendar") else {
        return calendar;
    };
    reader.only(&["working_days", "holidays", "workdays_moved"]);
    if let Some(days) = reader.optional("working_days") {
        calendar.week = 0;
        let count = days.items(&mut |day| {
            calendar.week |= day.as_word(&WEEK).map_or(0, |day| 1 << day);
        });
        if count == 0 {
            days.refuse("a list of at least one day of the week");
        }
    }
    let holidays = days(&reader, "holidays");
    let moved = days(&reader, "workdays_moved");
    if let Some(both) = moved.iter().find(|day| holidays.contains(day)) {
        let expected = "days that are worked, or holidays";
        let found = format!("{} as both", date::written(*both));
        let pointer = reader.node.pointer();
        root.mistakes.note(reader::shape(pointer, expected, found));
    }
    // What stands in a list without need would be counted twice.
    let of_week = |day: &&Decimal| cut(**day).is_some_and(|day| calendar.is_of_week(day));
    let is_rest = |day: &&Decimal| !of_week(day);
    let (holidays, moved) = (
        holidays.iter().filter(of_week).copied().collect(),
        moved.iter().filter(is_rest).copied().collect(),
    );
    (calendar.holidays, calendar.moved) = (holidays, moved);
    calendar
}

/// Ascending, each once.
fn days(reader: &Reader<'_>, name: &str) -> Vec<Decimal> {
    let mut days = Vec::new();
    reader.each(name, limits::CALENDAR, &mut |item| {
        let day = date::read(item.as_text());
        if day.is_none() {
            item.refuse("a date such as \"2027-03-01\"");
        }
        days.extend(day);
    });
    days.sort_unstable();
    days.dedup();
    days
}
