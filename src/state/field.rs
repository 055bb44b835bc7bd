//! A parameter as it is shown: value, what cannot be chosen and why, remarks and mistakes.

use tirage_pricing::{Answer, Effective, Kind, Notice, Parameter, Quote, Template, Texts};
use tirage_wire::order::SummaryItem;

use super::calculator::Calculator;
use super::problem;
use super::words::Words;
use crate::locale::fill;

/// What a control holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// A switch.
    Flag(bool),
    /// Typed text, or a number written for this language.
    Text(String),
    /// Indices of chosen values.
    Values(Vec<usize>),
}

/// A field as the buyer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldView {
    /// Whether the control is there at all.
    pub available: bool,
    /// Whether it may stay empty.
    pub required: bool,
    /// What the control holds.
    pub shown: Shown,
    /// Values that cannot be chosen, each with the reason or an empty text.
    pub unavailable: Vec<(usize, String)>,
    /// What a rule changed, in words.
    pub notice: String,
    /// What is wrong, in words.
    pub error: String,
}

/// Whether the buyer is ever asked for this parameter.
#[must_use]
pub fn is_asked(parameter: &Parameter) -> bool {
    !matches!(parameter.kind, Kind::Constant(_) | Kind::PassThrough)
}

/// Every field of a calculator, in the template's order.
#[must_use]
pub fn views(calculator: &Calculator, words: &Words<'_>) -> Vec<FieldView> {
    let quote = calculator.quote();
    let parameters = calculator.template().parameters();
    let mut views: Vec<FieldView> = quote
        .fields
        .iter()
        .zip(parameters)
        .enumerate()
        .map(|(index, (field, parameter))| FieldView {
            available: field.available && is_asked(parameter),
            required: field.required,
            shown: shown(calculator, index, field.answer.as_ref(), words),
            unavailable: field
                .unavailable
                .iter()
                .map(|gone| {
                    let reason = gone.reason.as_ref().map_or("", |reason| words.of(reason));
                    (gone.value, reason.to_owned())
                })
                .collect(),
            notice: String::new(),
            error: String::new(),
        })
        .collect();
    for notice in &quote.notices {
        if let Some((index, sentence)) = remark(calculator.template(), notice, words)
            && let Some(view) = views.get_mut(index)
        {
            view.notice = sentence;
        }
    }
    let of_run = calculator.current().map_or(&[][..], |run| &run.problems);
    for problem in quote.problems.iter().chain(of_run) {
        let Some(index) = problem.parameter else {
            continue;
        };
        let Some(view) = views.get_mut(index) else {
            continue;
        };
        if problem::is_omission(problem) && !calculator.touched(index) {
            continue;
        }
        if view.error.is_empty() {
            view.error = problem::at_field(problem, calculator.template(), words);
        }
    }
    views
}

fn shown(
    calculator: &Calculator,
    index: usize,
    answer: Option<&Effective>,
    words: &Words<'_>,
) -> Shown {
    if let Some(typed) = calculator.typed(index) {
        return Shown::Text(typed.to_owned());
    }
    match answer {
        None => Shown::Nothing,
        Some(Effective::Flag(flag)) => Shown::Flag(*flag),
        Some(Effective::Number(number)) => Shown::Text(words.format.number(*number)),
        Some(Effective::Text(text)) => Shown::Text(text.clone()),
        Some(Effective::Value(value)) => Shown::Values(vec![*value]),
        Some(Effective::Values(values)) => Shown::Values(values.clone()),
    }
}

fn remark(template: &Template, notice: &Notice, words: &Words<'_>) -> Option<(usize, String)> {
    let texts = words.locale.texts;
    match notice {
        // A switch that was off loses nothing.
        Notice::Dropped {
            from: Answer::Flag(false),
            ..
        }
        | Notice::Unknown { .. } => None,
        Notice::Dropped { parameter, .. } => {
            let name = words.of(&template.parameters().get(*parameter)?.name);
            Some((*parameter, fill(texts.dropped, &[("name", name)])))
        }
        Notice::Replaced {
            parameter,
            from,
            to,
        } => {
            let known = template.parameters().get(*parameter)?;
            let (from, to) = (
                in_words(known, from, words.locale.tag),
                in_words(known, to, words.locale.tag),
            );
            let to = if to.is_empty() { texts.nothing } else { &to };
            let sentence = fill(texts.changed, &[("from", &from), ("to", to)]);
            Some((*parameter, sentence))
        }
    }
}

/// An answer in words of one language.
fn in_words(parameter: &Parameter, answer: &Answer, language: &str) -> String {
    let texts = crate::locale::Locale::of(language).texts;
    let label = |key: &str| {
        let choice = parameter.kind.choice();
        choice
            .and_then(|choice| Some(&choice.values[choice.index(key)?].label))
            .map_or_else(|| key.to_owned(), |label| label.get(language).to_owned())
    };
    match answer {
        Answer::Flag(true) => texts.yes.to_owned(),
        Answer::Flag(false) => texts.no.to_owned(),
        Answer::Number(number) => {
            let unit = parameter
                .kind
                .numeric()
                .and_then(|numeric| numeric.unit.as_ref());
            let number = tirage_pricing::decimal::canonical(*number);
            unit.map_or_else(
                || number.clone(),
                |unit| [&number, "\u{a0}", unit.get(language)].concat(),
            )
        }
        Answer::Text(text) => label(text),
        Answer::List(keys) => keys
            .iter()
            .map(|key| label(key))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// What was chosen, in Russian and English, without what was left off.
#[must_use]
pub fn summary(template: &Template, quote: &Quote) -> Vec<SummaryItem> {
    let mut items = Vec::new();
    for (index, (parameter, field)) in template.parameters().iter().zip(&quote.fields).enumerate() {
        let counts = template.quantity() == Some(index);
        if !field.available || counts || !is_asked(parameter) {
            continue;
        }
        let Some(answer) = field.answer.as_ref().and_then(|own| parameter.answer(own)) else {
            continue;
        };
        if matches!(&answer, Answer::Flag(false)) || answer == Answer::List(Vec::new()) {
            continue;
        }
        items.push(SummaryItem {
            name: parameter.name.clone(),
            value: bilingual(parameter, &answer),
        });
    }
    items
}

fn bilingual(parameter: &Parameter, answer: &Answer) -> Texts {
    use tirage_pricing::json::{FromJson, Json, Node};
    let json = Json::object(
        ["ru", "en"].map(|language| (language, Json::text(in_words(parameter, answer, language)))),
    );
    Texts::from_json(&Node::root(&json)).unwrap_or_else(|_| Texts::neutral(""))
}
