//! One answer against the kind of its parameter.

use super::bounds::Bounds;
use super::figures::Figures;
use super::keys::ChoiceKeys;
use crate::decimal::{canonical, parse};
use crate::json::shorten;
use crate::{Answer, Effective, Kind, Problem, ProblemCode, TextLimits, date};

/// How a parameter reads answers: its kind, ready for the search.
#[derive(Debug, Clone)]
pub(crate) enum Reading {
    Choice {
        keys: ChoiceKeys,
        many: bool,
    },
    YesNo,
    Numeric(Bounds),
    /// A listed value, or figures within bounds.
    Figures(Box<Figures>),
    Text(TextLimits),
    /// A day.
    Date(Bounds),
    /// Files; whether there may be several.
    Files(bool),
    Constant(Effective),
    PassThrough,
}

/// A problem of an answer; whoever knows the parameter adds it.
pub(super) fn misfit(code: ProblemCode, arguments: Vec<(&'static str, String)>) -> Box<Problem> {
    Box::new(Problem {
        parameter: None,
        code,
        arguments,
        message: None,
    })
}

/// What is wrong with an answer, if anything. Boxed, because it is rare and answers are many.
pub(crate) type Checked = Result<(), Box<Problem>>;

impl Reading {
    /// How answers to a parameter of this kind are read.
    pub(crate) fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Choice(choice) => Self::Choice {
                keys: ChoiceKeys::of(choice),
                many: choice.many,
            },
            Kind::Size(sizes) => Figures::of_size(sizes),
            Kind::Inks(inks) => Figures::of_inks(inks),
            Kind::YesNo => Self::YesNo,
            Kind::Number(numeric) | Kind::Run(numeric) | Kind::Pages(numeric) => {
                Self::Numeric(Bounds::new(numeric))
            }
            Kind::Text(limits) => Self::Text(limits.clone()),
            Kind::Date(dates) => Self::Date(Bounds::whole(dates.min, dates.max)),
            Kind::File(files) => Self::Files(files.many),
            Kind::Constant(Answer::Flag(flag)) => Self::Constant(Effective::Flag(*flag)),
            Kind::Constant(Answer::Number(number)) => Self::Constant(Effective::Number(*number)),
            Kind::Constant(Answer::Text(text)) => Self::Constant(Effective::Text(text.clone())),
            Kind::Constant(Answer::List(_)) | Kind::PassThrough => Self::PassThrough,
        }
    }

    /// Understands an answer and writes it where it belongs. An empty text and an empty list are
    /// no answer; a number out of bounds is both written and wrong.
    pub(crate) fn read(&self, answer: &Answer, into: &mut Option<Effective>) -> Checked {
        match (self, answer) {
            (Self::Choice { keys, many: false }, Answer::Text(key)) => {
                *into = keys.index(key).map(Effective::Value);
                if into.is_some() || key.is_empty() {
                    Ok(())
                } else {
                    not_an_answer(answer)
                }
            }
            (Self::Choice { keys, many }, _) => {
                *into = choose(keys, *many, answer);
                let none = matches!(answer, Answer::List(list) if list.is_empty());
                if into.is_some() || none {
                    Ok(())
                } else {
                    not_an_answer(answer)
                }
            }
            (Self::Numeric(bounds), Answer::Number(number)) => {
                *into = Some(Effective::Number(*number));
                bounds.check(*number)
            }
            (Self::YesNo, Answer::Flag(flag)) => {
                *into = Some(Effective::Flag(*flag));
                Ok(())
            }
            (Self::Constant(constant), _) => {
                *into = Some(constant.clone());
                Ok(())
            }
            (
                Self::Numeric(_)
                | Self::Figures(_)
                | Self::Text(_)
                | Self::Date(_)
                | Self::Files(_)
                | Self::PassThrough,
                Answer::Text(text),
            ) if text.is_empty() => {
                *into = None;
                Ok(())
            }
            _ => self.read_other(answer, into),
        }
    }

    /// How many values are listed.
    pub(super) fn listed(&self) -> usize {
        match self {
            Self::Choice { keys, .. } => keys.len(),
            Self::Figures(figures) => figures.listed(),
            _ => 0,
        }
    }

    /// Answers in a less usual form.
    fn read_other(&self, answer: &Answer, into: &mut Option<Effective>) -> Checked {
        *into = match (self, answer) {
            (Self::Numeric(bounds), Answer::Text(text)) => {
                if let Some(number) = parse(text) {
                    *into = Some(Effective::Number(number));
                    return bounds.check(number);
                }
                None
            }
            (Self::YesNo, Answer::Text(text)) if text == "true" => Some(Effective::Flag(true)),
            (Self::YesNo, Answer::Text(text)) if text == "false" => Some(Effective::Flag(false)),
            (Self::Figures(figures), Answer::Text(text)) => return figures.read(text, into),
            (Self::Date(bounds), Answer::Text(text)) => {
                if let Some(day) = date::read(text) {
                    *into = Some(Effective::Number(day));
                    return bounds.check_day(day);
                }
                None
            }
            (Self::Files(many), answer) => return files(*many, answer, into),
            (Self::Text(limits), Answer::Text(text)) => return limited(limits, text.clone(), into),
            (Self::Text(limits), Answer::Number(number)) => {
                return limited(limits, canonical(*number), into);
            }
            (Self::PassThrough, Answer::Flag(flag)) => Some(Effective::Flag(*flag)),
            (Self::PassThrough, Answer::Number(number)) => Some(Effective::Number(*number)),
            (Self::PassThrough, Answer::Text(text)) => Some(Effective::Text(text.clone())),
            _ => None,
        };
        if into.is_some() {
            Ok(())
        } else {
            not_an_answer(answer)
        }
    }
}

fn files(many: bool, answer: &Answer, into: &mut Option<Effective>) -> Checked {
    let files = match answer {
        Answer::Text(file) => vec![file.clone()],
        Answer::List(files) if many || files.len() <= 1 => files.clone(),
        _ => Vec::new(),
    };
    let none = matches!(answer, Answer::List(list) if list.is_empty());
    *into = (!files.is_empty()).then_some(Effective::Texts(files));
    if into.is_some() || none {
        Ok(())
    } else {
        not_an_answer(answer)
    }
}

fn choose(keys: &ChoiceKeys, many: bool, answer: &Answer) -> Option<Effective> {
    match answer {
        Answer::Text(key) => keys.index(key).map(|value| Effective::Values(vec![value])),
        // A key such as "4" may arrive as a number.
        Answer::Number(number) if !many => keys.index(&canonical(*number)).map(Effective::Value),
        Answer::List(list) if many && !list.is_empty() => {
            let values: Option<Vec<usize>> = list.iter().map(|key| keys.index(key)).collect();
            values.map(|values| Effective::Values(ascending(&values, keys.len())))
        }
        Answer::Flag(_) | Answer::Number(_) | Answer::List(_) => None,
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

pub(super) fn not_an_answer(answer: &Answer) -> Checked {
    let value = match answer {
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(number) => canonical(*number),
        Answer::Text(text) => shorten(text),
        Answer::List(keys) => shorten(&keys.join(", ")),
    };
    let arguments = vec![("value", value)];
    Err(misfit(ProblemCode::NotAnAnswer, arguments))
}

fn limited(limits: &TextLimits, text: String, into: &mut Option<Effective>) -> Checked {
    let too_long = text.chars().nth(limits.max_length).is_some();
    let too_many_lines = !limits.multiline && text.contains(['\n', '\r']);
    *into = Some(Effective::Text(text));
    if !too_long && !too_many_lines {
        return Ok(());
    }
    let lines = if limits.multiline { "many" } else { "1" }.to_owned();
    let arguments = vec![
        ("max_length", limits.max_length.to_string()),
        ("lines", lines),
    ];
    Err(misfit(ProblemCode::TooLong, arguments))
}
