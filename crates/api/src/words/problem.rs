//! What keeps a price from being computed, in words.
//!
//! The match over the codes has no arm for the rest, so a code without a sentence does not compile.

use tirage_pricing as pricing;
use tirage_pricing::{ChoiceValue, Kind, Parameter, Problem, ProblemCode, Rows, Template, Texts};
use tirage_wire::quote::Quote;

use super::{Locale, Words};

/// The quote as clients see it, with a sentence at every problem.
///
/// A message of the template comes in the language of the tag, if the template has it; the other
/// sentences are there in Russian and in English (see [`Locale::of`]).
#[must_use]
pub fn told(template: &Template, quote: &pricing::Quote, tag: &str) -> Quote {
    let locale = Locale::of(tag);
    let words = Words { template, locale };
    let mut named = Quote::of(template, quote);
    let tell = |named: &mut [tirage_wire::quote::Problem], problems: &[Problem]| {
        for (named, problem) in named.iter_mut().zip(problems) {
            let own = problem.message.as_ref().map(|message| message.get(tag));
            let sentence = own.map_or_else(|| words.sentence(problem), str::to_owned);
            named.message = Some(Texts::neutral(&sentence));
        }
    };
    tell(&mut named.problems, &quote.problems);
    for (named, run) in named.runs.iter_mut().zip(&quote.runs) {
        tell(&mut named.problems, &run.problems);
    }
    named
}

impl<'t> Words<'t> {
    /// A problem with its parameter, for whoever sees no form.
    #[must_use]
    pub fn problem(self, problem: &Problem) -> String {
        let sentence = self.sentence(problem);
        match self.parameter(problem) {
            Some(parameter) => format!(
                "`{}` ({}): {sentence}",
                parameter.key,
                self.text(&parameter.name)
            ),
            None => sentence,
        }
    }

    /// A problem of its own: what was expected and what was found.
    #[must_use]
    pub fn sentence(self, problem: &Problem) -> String {
        if let Some(message) = &problem.message {
            return message.get(self.locale.tag()).to_owned();
        }
        let said = |name| argument(problem, name).unwrap_or_default();
        let table = || said("table");
        match problem.code {
            ProblemCode::RequiredAnswerMissing => {
                self.expectation(&self.asked_of(problem), self.say("ничего", "none"))
            }
            ProblemCode::NotAnAnswer => {
                let found = format!("`{}`", said("value"));
                self.expectation(&self.asked_of(problem), &found)
            }
            ProblemCode::TooLong => {
                let found = match (said("lines"), said("max_length")) {
                    ("1", _) => self.say(
                        "длиннее или в несколько строк",
                        "a longer one or several lines",
                    ),
                    _ => self.say("длиннее", "a longer one"),
                };
                self.expectation(&self.asked_of(problem), found)
            }
            ProblemCode::OutOfBounds
            | ProblemCode::NotAMultiple
            | ProblemCode::NotWhole
            | ProblemCode::NotOffered => self.figure(problem),
            ProblemCode::NoSuchCombination => self.say(
                format!("для таких ответов цены нет (таблица `{}`)", table()),
                format!("these answers have no price (table `{}`)", table()),
            ),
            ProblemCode::OutsideTheIntervals => self.outside(problem),
            ProblemCode::ForbiddenCombination => self
                .say("такое сочетание запрещено", "this combination is forbidden")
                .to_owned(),
            ProblemCode::ValueUnavailable => self
                .say(
                    "выбранное недоступно для этого тиража",
                    "what is chosen cannot be had for this run",
                )
                .to_owned(),
            ProblemCode::AskForAQuote => self.on_request(problem),
            ProblemCode::PricedRemotely => self
                .say(
                    "цену считает система типографии",
                    "the print house's system computes the price",
                )
                .to_owned(),
            ProblemCode::OutOfRange => self.in_line(
                self.say("число слишком велико", "a number grew too large"),
                problem,
            ),
            ProblemCode::DivisionByZero => {
                self.in_line(self.say("деление на ноль", "a division by zero"), problem)
            }
        }
    }

    /// A number that is not accepted; of a size or inks it is named.
    fn figure(self, problem: &Problem) -> String {
        let kind = self.parameter(problem).map(|parameter| &parameter.kind);
        let is_date = matches!(kind, Some(Kind::Date(_)));
        let given = |name| {
            let text = argument(problem, name).unwrap_or_default().to_owned();
            if is_date { text } else { self.pointed(text) }
        };
        let expected = match problem.code {
            ProblemCode::NotAMultiple => {
                let multiple = given("multiple");
                let ru = format!("число, кратное {multiple}");
                self.say(ru, format!("a multiple of {multiple}"))
            }
            ProblemCode::NotWhole => self.say("целое число", "a whole number").to_owned(),
            ProblemCode::NotOffered => {
                let offered = given("offered");
                self.say(format!("одно из {offered}"), format!("one of {offered}"))
            }
            _ => {
                let (min, max) = (given("min"), given("max"));
                let what = if is_date {
                    self.say("дата", "a date")
                } else {
                    self.say("число", "a number")
                };
                let ru = format!("{what} от {min} до {max}");
                self.say(ru, format!("{what} from {min} to {max}"))
            }
        };
        let sentence = self.expectation(&expected, &given("value"));
        let figure = match argument(problem, "figure") {
            Some("width_mm") => self.say("ширина, мм", "width in mm"),
            Some("height_mm") => self.say("высота, мм", "height in mm"),
            Some("cmyk_face") => self.say("краски CMYK на лице", "process inks on the face"),
            Some("cmyk_back") => self.say("краски CMYK на обороте", "process inks on the back"),
            Some("pantone_face") => self.say("краски Pantone на лице", "Pantones on the face"),
            Some("pantone_back") => self.say("краски Pantone на обороте", "Pantones on the back"),
            Some(other) => other,
            None => return sentence,
        };
        format!("{figure}: {sentence}")
    }

    fn expectation(self, expected: &str, found: &str) -> String {
        self.say(
            format!("ожидалось: {expected}, получено: {found}"),
            format!("expected {expected}, found {found}"),
        )
    }

    fn in_line(self, what: &str, problem: &Problem) -> String {
        match argument(problem, "line") {
            Some(line) => self.say(
                format!("{what} в строке `{line}`"),
                format!("{what} in the line `{line}`"),
            ),
            None => what.to_owned(),
        }
    }

    /// Why a person prices it: the sum, or the table that has no such row.
    fn on_request(self, problem: &Problem) -> String {
        let said = |name| argument(problem, name).map(|text| self.pointed(text.to_owned()));
        if let (Some(sum), Some(maximum)) = (said("sum"), said("maximum")) {
            return self.say(
                format!("цена по запросу: сумма {sum} больше {maximum}"),
                format!("the price is on request: the sum {sum} is above {maximum}"),
            );
        }
        let table = argument(problem, "table").unwrap_or_default();
        self.say(
            format!("цена по запросу: в таблице `{table}` такого нет"),
            format!("the price is on request: it is not in the table `{table}`"),
        )
    }

    fn outside(self, problem: &Problem) -> String {
        let said = |name| argument(problem, name).unwrap_or_default();
        let (table, axis) = (said("table"), said("axis"));
        let rows = self
            .template
            .tables()
            .iter()
            .find(|info| info.key == table)
            .and_then(|info| info.axes.iter().find(|info| info.key == axis))
            .map(|info| &info.rows);
        let rows = match rows {
            Some(Rows::Ranges(ranges)) => joined(ranges, |(from, to)| self.range(*from, *to)),
            Some(Rows::Numbers(numbers)) => joined(numbers, |number| self.number(*number)),
            Some(Rows::Keys(keys)) => joined(keys, ToString::to_string),
            None => String::new(),
        };
        let expected = self.say(
            format!("одно из {rows} для `{axis}` в таблице `{table}`"),
            format!("one of {rows} for `{axis}` in the table `{table}`"),
        );
        self.expectation(&expected, &self.pointed(said("at").to_owned()))
    }

    fn parameter(self, problem: &Problem) -> Option<&'t Parameter> {
        self.template.parameters().get(problem.parameter?)
    }

    /// What the problem's parameter accepts.
    fn asked_of(self, problem: &Problem) -> String {
        let answer = || self.say("ответ", "an answer").to_owned();
        self.parameter(problem)
            .map_or_else(answer, |parameter| self.expected(parameter))
    }

    /// What a parameter accepts.
    fn expected(self, parameter: &Parameter) -> String {
        match &parameter.kind {
            Kind::Choice(choice) => self.one_of(&choice.values),
            Kind::YesNo => self.say("true или false", "true or false").to_owned(),
            Kind::Number(numeric) | Kind::Run(numeric) | Kind::Pages(numeric) => {
                let (min, max) = (self.number(numeric.min), self.number(numeric.max));
                self.say(
                    format!("число от {min} до {max}"),
                    format!("a number from {min} to {max}"),
                )
            }
            Kind::Text(limits) => {
                let most = limits.max_length;
                let lines = if limits.multiline {
                    self.say("", "")
                } else {
                    self.say(" в одну строку", " on one line")
                };
                self.say(
                    format!("текст до {most} символов{lines}"),
                    format!("a text of at most {most} characters{lines}"),
                )
            }
            Kind::Size(sizes) => {
                let free = self.say(
                    " или ширина и высота в мм, например 210x297",
                    ", or width and height in mm such as 210x297",
                );
                let more = sizes.free.as_ref().map_or("", |_| free);
                self.one_of(&sizes.choice.values) + more
            }
            Kind::Inks(inks) => {
                let free = self.say(" или краски, например 4+0", ", or inks such as 4+0");
                let more = inks.free.map_or("", |_| free);
                self.one_of(&inks.choice.values) + more
            }
            Kind::Date(_) => self
                .say("дата, например 2027-03-01", "a date such as 2027-03-01")
                .to_owned(),
            Kind::File(_) => self.say("файл", "a file").to_owned(),
            Kind::Constant(_) | Kind::PassThrough => self.say("ответ", "an answer").to_owned(),
        }
    }

    fn one_of(self, values: &[ChoiceValue]) -> String {
        let keys = joined(values, |value| value.key.clone());
        self.say(format!("одно из {keys}"), format!("one of {keys}"))
    }
}

fn argument<'p>(problem: &'p Problem, name: &str) -> Option<&'p str> {
    let mut arguments = problem.arguments.iter();
    arguments
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.as_str())
}

/// At most twelve, so that one mistake does not fill the screen.
fn joined<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    const MOST: usize = 12;
    let mut shown: Vec<String> = items.iter().take(MOST).map(show).collect();
    if items.len() > MOST {
        shown.push(format!("… ({})", items.len()));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tirage_pricing::Answers;
    use tirage_pricing::json::{FromJson as _, Json, Node};

    use super::*;

    const EVERYTHING: &str = r#"{
        "format": 1, "key": "t", "name": "T", "currency": "EUR",
        "parameters": [
            {"key": "run", "kind": "run", "name": "Run", "max": 1000, "default": 10},
            {"key": "paper", "kind": "choice", "name": "Paper", "default": "thin", "values": [
                {"key": "thin", "label": "Thin"}, {"key": "thick", "label": "Thick", "available": "run < 100"}]},
            {"key": "urgent", "kind": "yes-no", "name": "Urgent"},
            {"key": "width", "kind": "number", "name": "Width", "min": 0, "max": "99.5", "multiple": "0.5", "default": 1},
            {"key": "pages", "kind": "pages", "name": "Pages", "max": 64, "only": [8, 16], "default": 8},
            {"key": "sides", "kind": "number", "name": "Sides", "min": 0, "max": 2, "whole": true, "default": 1},
            {"key": "size", "kind": "size", "name": "Size", "default": "a4",
                "values": [{"key": "a4", "label": "A4", "width": 210, "height": 297}],
                "free": {"width": {"min": 50, "max": 300, "multiple": 5}, "height": {"min": "50.5", "max": 400}}},
            {"key": "inks", "kind": "inks", "name": "Inks", "default": "4+0",
                "values": [{"key": "4+0", "label": "4+0"}], "free": {"max_pantone": 1}},
            {"key": "ready", "kind": "date", "name": "Ready", "min": "2027-01-01", "max": "2027-12-31"},
            {"key": "note", "kind": "text", "name": "Note", "max_length": 5, "required": "sides = 2"},
            {"key": "essay", "kind": "text", "name": "Essay", "max_length": 5, "multiline": true},
            {"key": "layout", "kind": "file", "name": "Layout"},
            {"key": "foil", "kind": "yes-no", "name": "Foil"}],
        "forbid": [{"when": "foil and urgent", "parameters": ["foil"],
            "message": {"ru": "Фольга сохнет", "en": "Foil dries", "de": "Folie trocknet"}}],
        "tables": [
            {"key": "print", "axes": [{"key": "paper", "keys": ["thin", "thick"]}], "cells": ["0.5", null]},
            {"key": "tiers", "axes": [{"key": "run", "ranges": [[1, 50], [61, 1000]]}], "cells": [1, 2]},
            {"key": "large", "axes": [{"key": "width", "ranges": [[0, "50.5"]], "outside": "ask"}], "cells": [1]}],
        "lines": [
            {"key": "print", "name": "Print", "price": "print[paper] + tiers[run] + large[width]", "times": "run"},
            {"key": "divided", "name": "Divided", "price": "1 / sides"},
            {"key": "power", "name": "Power", "price": "if pages = 16 then 10 ^ 20 else 1"},
            {"key": "most", "name": "Most", "maximum": "1500.5"}]
    }"#;
    const REMOTE: &str =
        r#"{"format": 1, "key": "t", "name": "T", "currency": "EUR", "prices": "remote"}"#;

    /// Every problem that the answers have, in Russian and in English.
    fn sentences(template: &str, answers: &str, tags: [&str; 2]) -> Vec<(String, [String; 2])> {
        let template = Template::parse(template).unwrap();
        let (answers, run) = answers.split_once(" run ").unwrap_or((answers, ""));
        let runs: Vec<_> = tirage_pricing::decimal::parse(run).into_iter().collect();
        let answers = Json::parse(answers).unwrap();
        let answers = Answers::from_json(&Node::root(&answers)).unwrap();
        let quote = template.quote(&answers, &runs);
        let told = tags.map(|tag| {
            let told = told(&template, &quote, tag);
            let runs = told.runs.into_iter().flat_map(|run| run.problems);
            told.problems.into_iter().chain(runs).collect::<Vec<_>>()
        });
        let [ru, en] = told;
        let text = |problem: &tirage_wire::quote::Problem| {
            problem.message.as_ref().unwrap().get("").to_owned()
        };
        let pair = |(ru, en)| [text(ru), text(en)];
        let codes = ru.iter().map(|problem| problem.code.clone());
        codes.zip(ru.iter().zip(&en).map(pair)).collect()
    }

    #[test]
    fn every_code_has_its_sentence_in_both_languages() {
        let table = include_str!("sentences.txt");
        let mut said = BTreeSet::new();
        for row in table.lines() {
            let (answers, row) = row.split_once(" | ").unwrap();
            let code = row.split_once(" | ").unwrap().0;
            let remote = code == "priced_remotely";
            let template = if remote { REMOTE } else { EVERYTHING };
            let found = sentences(template, answers, ["ru", "en"]);
            let found: Vec<String> = found
                .into_iter()
                .map(|(code, [ru, en])| format!("{code} | {ru} | {en}"))
                .collect();
            assert_eq!(found, [row], "{answers}");
            said.insert(code);
        }
        let all: BTreeSet<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(said, all);
    }

    #[test]
    fn the_documents_know_every_code() {
        for (name, document) in [
            ("api.md", include_str!("../../../../docs/api.md")),
            (
                "template-format.md",
                include_str!("../../../../docs/template-format.md"),
            ),
        ] {
            for code in ProblemCode::ALL {
                let row = |line: &str| {
                    line.starts_with('|') && line.contains(&format!("`{}`", code.as_str()))
                };
                assert!(document.lines().any(row), "{name}: {}", code.as_str());
            }
        }
    }

    #[test]
    fn a_language_we_do_not_speak_gets_the_template_s_own_words_and_else_russian() {
        let answers = r#"{"foil": true, "urgent": true, "sides": 3}"#;
        let found = sentences(EVERYTHING, answers, ["de-AT", "en-GB"]);
        let found: Vec<[&str; 2]> = found
            .iter()
            .map(|(_, pair)| [pair[0].as_str(), pair[1].as_str()])
            .collect();
        let sides = [
            "ожидалось: число от 0 до 2, получено: 3",
            "expected a number from 0 to 2, found 3",
        ];
        assert_eq!(found, [sides, ["Folie trocknet", "Foil dries"]]);
    }
}
