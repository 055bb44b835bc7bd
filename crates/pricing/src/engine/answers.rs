//! One answer against the kind of its parameter.

use crate::decimal::{canonical, parse};
use crate::json::shorten;
use crate::{Answer, Decimal, Effective, Numeric, Problem, ProblemCode, TextLimits};

/// How a parameter reads answers: its kind, ready for the search.
#[derive(Debug, Clone)]
pub(crate) enum Reading {
    /// Keys in order with the index of their value.
    Choice {
        keys: Box<[(Box<str>, usize)]>,
        many: bool,
    },
    YesNo,
    Numeric(Numeric),
    Text(TextLimits),
    Constant(Effective),
    PassThrough,
}

/// An answer that does not fit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Misfit {
    pub(crate) code: ProblemCode,
    pub(crate) arguments: Vec<(&'static str, String)>,
}

impl Misfit {
    fn not_an_answer(answer: &Answer) -> Self {
        let value = match answer {
            Answer::Flag(flag) => flag.to_string(),
            Answer::Number(number) => canonical(*number),
            Answer::Text(text) => shorten(text),
            Answer::List(keys) => shorten(&keys.join(", ")),
        };
        Self {
            code: ProblemCode::NotAnAnswer,
            arguments: vec![("value", value)],
        }
    }

    pub(crate) fn problem(self, parameter: usize) -> Problem {
        Problem {
            parameter: Some(parameter),
            code: self.code,
            arguments: self.arguments,
            message: None,
        }
    }
}

/// What was understood, and what is wrong with it. A number out of bounds is both.
pub(crate) type Read = (Option<Effective>, Option<Misfit>);

impl Reading {
    /// Understands an answer. An empty text and an empty list are no answer.
    pub(crate) fn read(&self, answer: &Answer) -> Read {
        let understood = match (self, answer) {
            (Self::Choice { keys, many }, _) => return choose(keys, *many, answer),
            (Self::Numeric(numeric), _) => return number(numeric, answer),
            (Self::YesNo, Answer::Flag(flag)) => Some(Effective::Flag(*flag)),
            (Self::YesNo, Answer::Text(text)) if text == "true" => Some(Effective::Flag(true)),
            (Self::YesNo, Answer::Text(text)) if text == "false" => Some(Effective::Flag(false)),
            (Self::Text(_) | Self::PassThrough, Answer::Text(text)) if text.is_empty() => {
                return (None, None);
            }
            (Self::Text(limits), Answer::Text(text)) => return limited(limits, text),
            (Self::Text(limits), Answer::Number(number)) => {
                return limited(limits, &canonical(*number));
            }
            (Self::Constant(constant), _) => Some(constant.clone()),
            (Self::PassThrough, Answer::Flag(flag)) => Some(Effective::Flag(*flag)),
            (Self::PassThrough, Answer::Number(number)) => Some(Effective::Number(*number)),
            (Self::PassThrough, Answer::Text(text)) => Some(Effective::Text(text.clone())),
            (Self::YesNo | Self::Text(_) | Self::PassThrough, _) => None,
        };
        match understood {
            Some(effective) => (Some(effective), None),
            None => (None, Some(Misfit::not_an_answer(answer))),
        }
    }
}

fn choose(keys: &[(Box<str>, usize)], many: bool, answer: &Answer) -> Read {
    let index = |key: &str| {
        let at = keys
            .binary_search_by(|(known, _)| (**known).cmp(key))
            .ok()?;
        Some(keys[at].1)
    };
    let understood = match answer {
        Answer::Text(key) if key.is_empty() && index(key).is_none() => return (None, None),
        Answer::Text(key) if many => index(key).map(|value| Effective::Values(vec![value])),
        Answer::Text(key) => index(key).map(Effective::Value),
        // A key such as "4" may arrive as a number.
        Answer::Number(number) if !many => index(&canonical(*number)).map(Effective::Value),
        Answer::List(list) if list.is_empty() => return (None, None),
        Answer::List(list) if many => {
            let values: Option<Vec<usize>> = list.iter().map(|key| index(key)).collect();
            values.map(|values| Effective::Values(ascending(&values, keys.len())))
        }
        Answer::Flag(_) | Answer::Number(_) | Answer::List(_) => None,
    };
    match understood {
        Some(effective) => (Some(effective), None),
        None => (None, Some(Misfit::not_an_answer(answer))),
    }
}

/// Each index below `count` that is listed, once.
fn ascending(listed: &[usize], count: usize) -> Vec<usize> {
    let mut is_listed = vec![false; count];
    for index in listed {
        is_listed[*index] = true;
    }
    (0..count).filter(|index| is_listed[*index]).collect()
}

fn number(numeric: &Numeric, answer: &Answer) -> Read {
    let number = match answer {
        Answer::Number(number) => Some(*number),
        Answer::Text(text) if text.is_empty() => return (None, None),
        Answer::Text(text) => parse(text),
        Answer::Flag(_) | Answer::List(_) => None,
    };
    match number {
        Some(number) => (Some(Effective::Number(number)), misfit(numeric, number)),
        None => (None, Some(Misfit::not_an_answer(answer))),
    }
}

/// What is wrong with a number.
pub(crate) fn misfit(numeric: &Numeric, number: Decimal) -> Option<Misfit> {
    let about = |code, bounds: &[(&'static str, Decimal)]| {
        let mut arguments = vec![("value", canonical(number))];
        arguments.extend(
            bounds
                .iter()
                .map(|(name, bound)| (*name, canonical(*bound))),
        );
        Some(Misfit { code, arguments })
    };
    if number < numeric.min || number > numeric.max {
        let bounds = [("min", numeric.min), ("max", numeric.max)];
        return about(ProblemCode::OutOfBounds, &bounds);
    }
    if numeric.whole && number.scale() > 0 && !number.fract().is_zero() {
        return about(ProblemCode::NotWhole, &[]);
    }
    let multiple = numeric.multiple?;
    match number.checked_rem(multiple) {
        Some(rest) if rest.is_zero() => None,
        _ => about(ProblemCode::NotAMultiple, &[("multiple", multiple)]),
    }
}

fn limited(limits: &TextLimits, text: &str) -> Read {
    let too_long = text.chars().nth(limits.max_length).is_some();
    let too_many_lines = !limits.multiline && text.contains(['\n', '\r']);
    let misfit = (too_long || too_many_lines).then(|| Misfit {
        code: ProblemCode::TooLong,
        arguments: vec![
            ("max_length", limits.max_length.to_string()),
            (
                "lines",
                if limits.multiline { "many" } else { "1" }.to_owned(),
            ),
        ],
    });
    (Some(Effective::Text(text.to_owned())), misfit)
}
