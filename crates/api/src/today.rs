//! The day that templates count from, where they ask for it.
//!
//! A day is counted in the shop's time zone. A buyer's clock may truthfully say another one, so
//! every day counts that it is now somewhere on Earth.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use tirage_pricing::{Answer, Answers, Template};
use tirage_storage::Millis;

/// The first and the last time zone in which a day begins.
const ZONES: [i8; 2] = [-12, 14];

/// The shop's day.
#[must_use]
pub fn of_shop(zone: &TimeZone, now: Millis) -> String {
    day(zone, now).map_or_else(String::new, |day| day.to_string())
}

/// The answers with the day in the place of each that the template counts from and that has none.
#[must_use]
pub fn filled_in(template: &Template, answers: &Answers, today: &str) -> Answers {
    let mut filled = answers.clone();
    for key in asked(template) {
        if filled.answer(key).is_none() {
            filled.set(key, Answer::Text(today.to_owned()));
        }
    }
    filled
}

/// The answers counted from this day, whatever they were counted from; none where they may stay.
pub(crate) fn counted_anew(
    template: &Template,
    answers: &Answers,
    (today, now): (&str, Millis),
) -> Option<Answers> {
    let is_over = |key: &&str| match answers.answer(key) {
        Some(Answer::Text(day)) => !is_somewhere(day, now),
        // What is no day at all the template refuses by itself.
        _ => false,
    };
    let over: Vec<&str> = asked(template).filter(is_over).collect();
    let mut anew = answers.clone();
    for key in &over {
        anew.set(key, Answer::Text(today.to_owned()));
    }
    (!over.is_empty()).then_some(anew)
}

fn asked(template: &Template) -> impl Iterator<Item = &str> {
    let parameters = template.parameters().iter();
    parameters
        .filter(|parameter| parameter.is_today())
        .map(|parameter| parameter.key.as_str())
}

/// Whether it is this day anywhere; so is what is no day.
fn is_somewhere(text: &str, now: Millis) -> bool {
    let Ok(asked) = text.parse::<Date>() else {
        return true;
    };
    let [first, last] = ZONES.map(|hours| day(&TimeZone::fixed(Offset::constant(hours)), now));
    let (Some(first), Some(last)) = (first, last) else {
        return false;
    };
    (first..=last).contains(&asked)
}

fn day(zone: &TimeZone, now: Millis) -> Option<Date> {
    let instant = jiff::Timestamp::from_millisecond(now).ok()?;
    Some(zone.to_datetime(instant).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-09-21T14:13:20Z
    const NOW: Millis = 1_790_000_000_000;

    #[test]
    fn the_day_is_the_shop_s_own() {
        let at = |name: &str| of_shop(&TimeZone::get(name).unwrap(), NOW);
        assert_eq!(at("UTC"), "2026-09-21");
        assert_eq!(at("Asia/Vladivostok"), "2026-09-22");
    }

    #[test]
    fn a_day_counts_as_long_as_it_is_that_day_somewhere() {
        for (day, counts) in [
            ("2026-09-20", false),
            ("2026-09-21", true),
            ("2026-09-22", true),
            ("2026-09-23", false),
            ("soon", true),
        ] {
            assert_eq!(is_somewhere(day, NOW), counts, "{day}");
        }
        // Before noon in Greenwich it is still yesterday in the west.
        assert!(is_somewhere("2026-09-20", NOW - 3 * 3_600_000));
    }
}
