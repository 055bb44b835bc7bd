//! Problems of a quote as sentences.

use tirage_pricing::{Decimal, Kind, Numeric, Parameter, Problem, ProblemCode, Template};

use super::words::Words;
use crate::locale::fill;

/// Whether the problem is only that nothing was answered yet.
#[must_use]
pub fn is_omission(problem: &Problem) -> bool {
    problem.code == ProblemCode::RequiredAnswerMissing
}

/// The sentence beside the field the problem is about.
#[must_use]
pub fn at_field(problem: &Problem, template: &Template, words: &Words<'_>) -> String {
    let texts = words.locale.texts;
    if is_omission(problem) {
        return texts.required_here.to_owned();
    }
    sentence(problem, template, words)
}

/// The sentence where the price would be: with the parameter's name.
#[must_use]
pub fn at_price(problem: &Problem, template: &Template, words: &Words<'_>) -> String {
    let texts = words.locale.texts;
    let name = parameter(problem, template).map(|parameter| words.of(&parameter.name));
    match name {
        Some(name) if is_omission(problem) => fill(texts.required_missing, &[("name", name)]),
        Some(name) => [
            name,
            ": ",
            &lower_first(&sentence(problem, template, words)),
        ]
        .concat(),
        None => sentence(problem, template, words),
    }
}

fn sentence(problem: &Problem, template: &Template, words: &Words<'_>) -> String {
    if let Some(message) = &problem.message {
        return words.of(message).to_owned();
    }
    let texts = words.locale.texts;
    let kind = parameter(problem, template).map(|parameter| &parameter.kind);
    let numeric = kind.and_then(Kind::numeric);
    let number = |number: Decimal| words.format.number(number);
    match problem.code {
        ProblemCode::RequiredAnswerMissing => texts.required_here.to_owned(),
        ProblemCode::NotAnAnswer if numeric.is_some() => texts.not_a_number.to_owned(),
        ProblemCode::NotAnAnswer => texts.no_such_value.to_owned(),
        ProblemCode::OutOfBounds if numeric.is_some() => bounds(texts.between, numeric, words),
        ProblemCode::OutOfBounds => {
            let said = |name| argument(problem, name).unwrap_or_default();
            if matches!(kind, Some(Kind::Date(_))) {
                // Days as they are written sort as they come.
                let (text, bound) = if said("value") < said("min") {
                    (texts.not_before, said("min"))
                } else {
                    (texts.not_after, said("max"))
                };
                return fill(text, &[("day", &words.format.day(bound))]);
            }
            fill(texts.between, &[("min", said("min")), ("max", said("max"))])
        }
        ProblemCode::NotOffered => {
            let offered = argument(problem, "offered").unwrap_or_default();
            fill(texts.one_of, &[("offered", offered)])
        }
        ProblemCode::PricedRemotely => texts.priced_remotely.to_owned(),
        ProblemCode::NotAMultiple => {
            let step = numeric.and_then(|numeric| numeric.multiple);
            fill(
                texts.multiple_of,
                &[("step", &step.map(number).unwrap_or_default())],
            )
        }
        ProblemCode::NotWhole => texts.whole_only.to_owned(),
        ProblemCode::TooLong => {
            let max = argument(problem, "max_length").unwrap_or_default();
            fill(texts.too_long, &[("max", max)])
        }
        ProblemCode::NoSuchCombination => texts.no_combination.to_owned(),
        ProblemCode::OutsideTheIntervals => texts.outside.to_owned(),
        ProblemCode::ForbiddenCombination => texts.forbidden.to_owned(),
        ProblemCode::ValueUnavailable => texts.unavailable_value.to_owned(),
        ProblemCode::AskForAQuote => texts.ask_for_quote.to_owned(),
        // A fault of the template: nothing a buyer could change.
        ProblemCode::OutOfRange | ProblemCode::DivisionByZero => texts.not_computable.to_owned(),
    }
}

/// "from 1 to 12,000", for a hint or a mistake.
#[must_use]
pub fn bounds(text: &str, numeric: Option<&Numeric>, words: &Words<'_>) -> String {
    let number = |number: Option<Decimal>| number.map(|n| words.format.number(n));
    let min = number(numeric.map(|numeric| numeric.min)).unwrap_or_default();
    let max = number(numeric.map(|numeric| numeric.max)).unwrap_or_default();
    fill(text, &[("min", &min), ("max", &max)])
}

fn parameter<'t>(problem: &Problem, template: &'t Template) -> Option<&'t Parameter> {
    template.parameters().get(problem.parameter?)
}

fn argument<'p>(problem: &'p Problem, name: &str) -> Option<&'p str> {
    let found = problem.arguments.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_str())
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) => [String::from(lower(first)).as_str(), chars.as_str()].concat(),
        None => String::new(),
    }
}

/// The small letter of a capital one of our languages: the tables of all others weigh more than
/// everything else that is done with texts here.
fn lower(letter: char) -> char {
    match letter {
        'A'..='Z' | 'А'..='Я' => char::from_u32(u32::from(letter) + 32).unwrap_or(letter),
        'Ё' => 'ё',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::words;
    use super::*;
    use tirage_pricing::{Answer, Answers};

    #[test]
    fn only_the_first_letter_becomes_a_small_one() {
        for (sentence, expected) in [
            ("Must be A4", "must be A4"),
            ("Яркая ЯЩ", "яркая ЯЩ"),
            ("Ёлка", "ёлка"),
            ("Ждём", "ждём"),
            ("200 g", "200 g"),
            ("", ""),
        ] {
            assert_eq!(lower_first(sentence), expected);
        }
        let ours = ('A'..='Z').chain('А'..='Я').chain(['Ё', 'a', 'ё', '1']);
        for letter in ours {
            assert!(letter.to_lowercase().eq([lower(letter)]), "{letter}");
        }
    }

    #[test]
    fn a_day_out_of_bounds_is_told_the_bound_that_it_breaks() {
        let calendars = include_str!("../../examples/wall-calendars.json");
        let template = Template::parse(calendars).unwrap();
        let told = |day: &str, language| {
            let mut answers = Answers::new();
            answers.set("today", Answer::Text("2026-12-01".to_owned()));
            answers.set("ready", Answer::Text(day.to_owned()));
            let quote = template.quote(&answers, &[]);
            let is_bound = |found: &&Problem| found.code == ProblemCode::OutOfBounds;
            let found = quote.problems.iter().find(is_bound).unwrap();
            at_field(found, &template, &words(language))
        };
        assert_eq!(told("2026-11-30", "en"), "Not before day 2026-12-01");
        assert_eq!(told("2028-01-01", "ru"), "Не позже day 2027-12-31");
    }
}
