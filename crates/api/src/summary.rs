//! Answers in words: what a person reads of an order, in every language the template has.

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::{FromJson as _, Json, Node};
use tirage_pricing::{Answer, Effective, Field, Kind, Long, Parameter, Template, Texts};
use tirage_wire::order::SummaryItem;

/// The answers that count, in the template's order. Constants were not chosen and what passes
/// through is not the buyer's, so neither is in it.
pub(crate) fn summary(template: &Template, fields: &[Field]) -> Vec<SummaryItem> {
    template
        .parameters()
        .iter()
        .zip(fields)
        .enumerate()
        .filter(|(_, (parameter, field))| field.available && parameter.is_asked())
        .filter_map(|(index, (parameter, field))| {
            let value = words(parameter, field.answer.as_ref()?)?;
            Some(SummaryItem {
                name: template.name_in_full(index),
                value,
                day: matches!(parameter.kind, Kind::Date(_)).then_some(true),
            })
        })
        .collect()
}

fn words(parameter: &Parameter, answer: &Effective) -> Option<Texts> {
    let label = |index: &usize| {
        let values = &parameter.kind.choice()?.values;
        values.get(*index).map(|value| &value.label)
    };
    match answer {
        Effective::Flag(flag) => Some(yes_or_no(*flag)),
        // A day: what an order writes is what people read.
        Effective::Number(_) if matches!(parameter.kind, Kind::Date(_)) => {
            written(parameter, answer)
        }
        Effective::Number(number) => {
            let figure = canonical(*number);
            let unit = parameter
                .kind
                .numeric()
                .and_then(|numeric| numeric.unit.as_ref());
            Some(match unit {
                Some(unit) => map(unit, |unit| format!("{figure} {unit}")),
                None => Texts::neutral(&figure),
            })
        }
        Effective::Value(index) => label(index).cloned(),
        Effective::Long(long) => match &**long {
            // A size that is not listed: what an order writes is what people read.
            Long::Figures(_) => written(parameter, answer),
            Long::Texts(files) => Some(Texts::neutral(&files.join(", "))),
            Long::Values(indices) => joined(&indices.iter().filter_map(label).collect::<Vec<_>>()),
            Long::Text(text) => (!text.is_empty()).then(|| Texts::neutral(text)),
        },
    }
}

fn written(parameter: &Parameter, answer: &Effective) -> Option<Texts> {
    match parameter.answer(answer)? {
        Answer::Text(text) => Some(Texts::neutral(&text)),
        _ => None,
    }
}

fn yes_or_no(flag: bool) -> Texts {
    let words = if flag {
        ["да", "yes"]
    } else {
        ["нет", "no"]
    };
    texts([("ru", words[0].to_owned()), ("en", words[1].to_owned())])
}

/// One list in each language of its first item.
fn joined(labels: &[&Texts]) -> Option<Texts> {
    let first = labels.first()?;
    let lists = first.iter().map(|(language, _)| {
        let words: Vec<&str> = labels.iter().map(|label| label.get(language)).collect();
        (language, words.join(", "))
    });
    Some(texts(lists))
}

fn map(of: &Texts, change: impl Fn(&str) -> String) -> Texts {
    texts(of.iter().map(|(language, text)| (language, change(text))))
}

/// A text without a language is neutral.
fn texts<'a>(by_language: impl IntoIterator<Item = (&'a str, String)>) -> Texts {
    let fields: Vec<(String, Json)> = by_language
        .into_iter()
        .map(|(language, text)| (language.to_owned(), Json::Text(text)))
        .collect();
    let json = match fields.as_slice() {
        [(language, text)] if language.is_empty() => text.clone(),
        _ => Json::Object(fields),
    };
    Texts::from_json(&Node::root(&json)).unwrap_or_else(|_| Texts::neutral(""))
}
