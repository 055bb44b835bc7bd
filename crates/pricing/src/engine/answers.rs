//! One answer against the kind of its parameter.

use super::bounds::{check, within};
use super::fault::plain;
use super::keys::Listed;
use crate::decimal::{canonical, compare, parse};
use crate::json::shorten;
use crate::{
    Answer, Choice, Decimal, Effective, INK_FIGURES, Kind, Long, Problem, ProblemCode,
    SIZE_FIGURES, TextLimits, date, figures, texts,
};

/// A problem of an answer; whoever knows the parameter adds it.
#[cold]
#[inline(never)]
pub(super) fn misfit(code: ProblemCode) -> Box<Problem> {
    Box::new(plain(None, code))
}

/// What is wrong with an answer, if anything. Boxed, because it is rare and answers are many.
pub(crate) type Checked = Result<(), Box<Problem>>;

/// How a parameter reads answers: its kind, and the keys of the values it lists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'t> {
    pub(crate) kind: &'t Kind,
    pub(crate) keys: Listed<'t>,
}

impl Reading<'_> {
    /// Understands an answer and writes it where it belongs. An empty text and an empty list are
    /// no answer; a number out of bounds is both written and wrong.
    pub(crate) fn read(self, answer: &Answer, into: &mut Option<Effective>) -> Checked {
        *into = None;
        if self.says_nothing(answer) || matches!(self.kind, Kind::Constant(Answer::List(_))) {
            return Ok(());
        }
        let mut checked = Ok(());
        let understood = self.understood(answer, &mut checked);
        if understood.is_none() {
            return not_an_answer(answer);
        }
        *into = understood;
        checked
    }

    /// What an answer says, if it is one, and what is wrong with it then.
    #[inline(never)]
    fn understood(self, answer: &Answer, checked: &mut Checked) -> Option<Effective> {
        Some(match (self.kind, answer) {
            (Kind::Constant(answer), _) | (Kind::PassThrough, answer) => as_it_is(answer)?,
            (Kind::YesNo, Answer::Flag(flag)) => Effective::Flag(*flag),
            (Kind::YesNo, Answer::Text(text)) => Effective::Flag(match text.as_str() {
                "true" => true,
                "false" => false,
                _ => return None,
            }),
            (Kind::Number(numeric) | Kind::Run(numeric) | Kind::Pages(numeric), _) => {
                let number = match answer {
                    Answer::Number(number) => *number,
                    Answer::Text(text) => parse(text)?,
                    Answer::Flag(_) | Answer::List(_) => return None,
                };
                *checked = check(numeric, number);
                Effective::Number(number)
            }
            (Kind::Date(dates), Answer::Text(text)) => {
                let day = date::read(text)?;
                *checked = within(dates.min, dates.max, day, date::written);
                Effective::Number(day)
            }
            (Kind::Text(limits), _) => {
                let text = match answer {
                    Answer::Number(number) => canonical(*number),
                    Answer::Text(text) => text.clone(),
                    Answer::Flag(_) | Answer::List(_) => return None,
                };
                *checked = limited(limits, &text);
                Long::Text(text).into()
            }
            (Kind::File(_), Answer::Text(file)) => Long::Texts(vec![file.clone()]).into(),
            (Kind::File(taken), Answer::List(files)) if taken.many || files.len() == 1 => {
                Long::Texts(files.clone()).into()
            }
            (_, Answer::Text(text)) if self.takes_figures() => self.figures(text, checked)?,
            _ => return self.choose(answer),
        })
    }

    fn says_nothing(self, answer: &Answer) -> bool {
        let many = matches!(self.kind, Kind::Choice(Choice { many: true, .. }));
        match answer {
            Answer::Text(text) => text.is_empty() && !many && !matches!(self.kind, Kind::YesNo),
            Answer::List(list) => {
                let lists = self.kind.choice().is_some() || matches!(self.kind, Kind::File(_));
                list.is_empty() && lists
            }
            Answer::Flag(_) | Answer::Number(_) => false,
        }
    }

    /// Listed values by their keys.
    #[inline(never)]
    fn choose(self, answer: &Answer) -> Option<Effective> {
        let keys = self.keys;
        let many = matches!(self.kind, Kind::Choice(Choice { many: true, .. }));
        match answer {
            Answer::Text(key) if many => Some(Long::Values(vec![keys.index(key)?]).into()),
            Answer::Text(key) => keys.index(key).map(Effective::Value),
            // A key such as "4" may arrive as a number; figures are never one number.
            Answer::Number(number) if !many && !self.takes_figures() => {
                keys.index(&canonical(*number)).map(Effective::Value)
            }
            Answer::List(list) if many => {
                let mut is_listed = vec![false; keys.len()];
                for key in list {
                    *is_listed.get_mut(keys.index(key)?)? = true;
                }
                let mut values = Vec::with_capacity(list.len());
                for (index, is_listed) in is_listed.into_iter().enumerate() {
                    if is_listed {
                        values.push(index);
                    }
                }
                Some(Long::Values(values).into())
            }
            Answer::Flag(_) | Answer::Number(_) | Answer::List(_) => None,
        }
    }

    fn takes_figures(self) -> bool {
        match self.kind {
            Kind::Size(sizes) => sizes.free.is_some(),
            Kind::Inks(inks) => inks.free.is_some(),
            _ => false,
        }
    }

    /// A key of a listed value, or figures; the figures of a listed value are that value.
    #[inline(never)]
    fn figures(self, text: &str, checked: &mut Checked) -> Option<Effective> {
        if let Some(value) = self.keys.index(text) {
            return Some(Effective::Value(value));
        }
        let (names, figures): (&[&'static str], _) = match self.kind {
            Kind::Size(_) => (&SIZE_FIGURES, figures::size(text)?),
            _ => (&INK_FIGURES, figures::inks(text)?),
        };
        let values = self.kind.choice().map_or(&[][..], |choice| &choice.values);
        let is_listed = |value: &crate::ChoiceValue| {
            let mut pairs = names.iter().zip(&figures);
            pairs.all(|(name, figure)| compare(value.number(name), *figure).is_eq())
        };
        if let Some(value) = values.iter().position(is_listed) {
            return Some(Effective::Value(value));
        }
        for (place, (name, figure)) in names.iter().zip(&figures).enumerate() {
            if let Err(mut problem) = self.check_figure(place, *figure) {
                problem.add("figure", (*name).to_owned());
                *checked = Err(problem);
                break;
            }
        }
        Some(Long::Figures(figures).into())
    }

    fn check_figure(self, place: usize, figure: Decimal) -> Checked {
        match self.kind {
            Kind::Size(sizes) => {
                let free = sizes.free.as_ref();
                let side = free.map(|free| {
                    if place == 0 {
                        &free.width
                    } else {
                        &free.height
                    }
                });
                side.map_or(Ok(()), |side| check(side, figure))
            }
            Kind::Inks(inks) => {
                let of_sort = |free: crate::FreeInks| {
                    if place.is_multiple_of(2) {
                        free.max_cmyk
                    } else {
                        free.max_pantone
                    }
                };
                let most = Decimal::from(inks.free.map_or(0, of_sort));
                within(Decimal::ZERO, most, figure, canonical)
            }
            _ => Ok(()),
        }
    }
}

/// An answer that is not read any further; lists are never.
fn as_it_is(answer: &Answer) -> Option<Effective> {
    match answer {
        Answer::Flag(flag) => Some(Effective::Flag(*flag)),
        Answer::Number(number) => Some(Effective::Number(*number)),
        Answer::Text(text) => Some(Long::Text(text.clone()).into()),
        Answer::List(_) => None,
    }
}

#[cold]
#[inline(never)]
fn not_an_answer(answer: &Answer) -> Checked {
    let value = match answer {
        Answer::Flag(flag) => if *flag { "true" } else { "false" }.to_owned(),
        Answer::Number(number) => canonical(*number),
        Answer::Text(text) => shorten(text),
        Answer::List(keys) => {
            let mut list = String::new();
            for (place, key) in keys.iter().enumerate() {
                texts::enlist(&mut list, place, key);
            }
            shorten(&list)
        }
    };
    let mut problem = misfit(ProblemCode::NotAnAnswer);
    problem.add("value", value);
    Err(problem)
}

#[inline(never)]
fn limited(limits: &TextLimits, text: &str) -> Checked {
    let too_long = texts::length(text) > limits.max_length;
    let too_many_lines =
        !limits.multiline && text.bytes().any(|byte| matches!(byte, b'\n' | b'\r'));
    if !too_long && !too_many_lines {
        return Ok(());
    }
    let lines = if limits.multiline { "many" } else { "1" }.to_owned();
    let most = canonical(Decimal::from(limits.max_length));
    let mut problem = misfit(ProblemCode::TooLong);
    problem.add("max_length", most);
    problem.add("lines", lines);
    Err(problem)
}
