//! Which days a question for one can be answered with: asked of the template's own rules, day by day.

use tirage_pricing::{Answer, Answers, Dates, Decimal, Kind, Problem, date, decimal};

use super::calculator::Calculator;

/// How many days are offered.
const OFFERED: usize = 3;
/// How many days are looked at before they pass for all alike: every weekday once.
const WEEK: usize = 7;
/// How many days are looked at in vain.
const REACH: usize = 62;

impl Calculator {
    /// The next days from one on that nothing speaks against; none where rules leave all alike.
    #[must_use]
    pub fn days_from(&self, index: usize, day: Decimal) -> Vec<Decimal> {
        let Some(bounds) = self.bounds(index) else {
            return Vec::new();
        };
        let first = if decimal::compare(day, bounds.min).is_lt() {
            bounds.min
        } else {
            day
        };
        let (mut days, mut looked) = (Vec::new(), 0);
        let mut candidate = Some(first);
        while let Some(day) = candidate {
            if looked >= REACH || (days.len() >= OFFERED && looked >= WEEK) {
                break;
            }
            looked += 1;
            if self.is_possible(index, day) {
                days.push(day);
            }
            candidate = decimal::add(day, Decimal::ONE);
        }
        // Where every day looked at is possible there is nothing to help with.
        if days.len() == looked {
            return Vec::new();
        }
        days.truncate(OFFERED);
        days
    }

    /// The possible days nearest to one that is not: one before it, but not before `first`, and
    /// others behind.
    #[must_use]
    pub fn days_near(&self, index: usize, day: Decimal, first: Decimal) -> Vec<Decimal> {
        let mut days = Vec::new();
        let mut earlier = decimal::add(day, Decimal::NEGATIVE_ONE);
        for _ in 0..REACH {
            match earlier {
                Some(found) if decimal::compare(found, first).is_ge() => {
                    if self.is_possible(index, found) {
                        days.push(found);
                        break;
                    }
                    earlier = decimal::add(found, Decimal::NEGATIVE_ONE);
                }
                _ => break,
            }
        }
        let behind = self.days_from(
            index,
            if decimal::compare(day, first).is_lt() {
                first
            } else {
                day
            },
        );
        days.extend(behind);
        days.truncate(OFFERED);
        days
    }

    fn bounds(&self, index: usize) -> Option<&'static Dates> {
        match &self.template().parameters().get(index)?.kind {
            Kind::Date(dates) => Some(dates),
            _ => None,
        }
    }

    /// Whether nothing speaks against a day, all else as it is answered.
    fn is_possible(&self, index: usize, day: Decimal) -> bool {
        let template = self.template();
        let Some(parameter) = template.parameters().get(index) else {
            return false;
        };
        let mut answers: Answers = self.answers().clone();
        answers.set(&parameter.key, Answer::Text(date::written(day)));
        let quote = template.quote(&answers, &[]);
        let of_run = quote.runs.first().map_or(&[][..], |run| &run.problems);
        let against = |problem: &Problem| problem.parameter == Some(index);
        !quote.problems.iter().chain(of_run).any(against)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tirage_pricing::Template;

    const CALENDARS: &str = include_str!("../../examples/wall-calendars.json");

    fn calendars(today: &str) -> Calculator {
        let template = Template::parse(CALENDARS).unwrap().for_good();
        let answers = [("today", Answer::Text(today.to_owned()))];
        Calculator::new(template, answers.into_iter().collect())
    }

    fn index(calculator: &Calculator, key: &str) -> usize {
        let parameters = calculator.template().parameters();
        parameters.iter().position(|one| one.key == key).unwrap()
    }

    fn day(text: &str) -> Decimal {
        date::read(text).unwrap()
    }

    fn written(days: Vec<Decimal>) -> Vec<String> {
        days.into_iter().map(date::written).collect()
    }

    #[test]
    fn the_next_days_are_those_that_the_rules_leave() {
        // A Friday: two working days are needed, and nobody works at the weekend.
        let calendars = calendars("2026-12-04");
        let ready = index(&calendars, "ready");
        let next = written(calendars.days_from(ready, day("2026-12-04")));
        assert_eq!(next, ["2026-12-08", "2026-12-09", "2026-12-10"]);
        let month = index(&calendars, "first_month");
        assert_eq!(
            written(calendars.days_from(month, day("2026-12-04"))),
            Vec::<String>::new()
        );
        let run = index(&calendars, "run");
        assert_eq!(
            written(calendars.days_from(run, day("2026-12-04"))),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_first_day_of_the_template_comes_before_none() {
        let calendars = calendars("2026-11-20");
        let ready = index(&calendars, "ready");
        let next = written(calendars.days_from(ready, day("2026-11-20")));
        assert_eq!(next, ["2026-12-01", "2026-12-02", "2026-12-03"]);
    }

    #[test]
    fn around_a_day_that_is_not_possible_are_others() {
        let calendars = calendars("2026-12-01");
        let ready = index(&calendars, "ready");
        let near = |of: &str| written(calendars.days_near(ready, day(of), day("2026-12-01")));
        assert_eq!(
            near("2026-12-12"),
            ["2026-12-11", "2026-12-14", "2026-12-15"],
            "a Saturday"
        );
        assert_eq!(
            near("2027-01-04"),
            ["2026-12-30", "2027-01-11", "2027-01-12"],
            "holidays"
        );
        assert_eq!(
            near("2026-12-02"),
            ["2026-12-03", "2026-12-04", "2026-12-07"],
            "too soon"
        );
        assert_eq!(
            near("2020-02-02"),
            ["2026-12-03", "2026-12-04", "2026-12-07"],
            "long ago"
        );
        assert_eq!(
            near("2028-01-01"),
            ["2027-12-31"],
            "too late, and nothing behind"
        );
    }
}
