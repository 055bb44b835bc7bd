//! A parameter as it is shown: value, what cannot be chosen and why, remarks and mistakes.

use tirage_pricing::decimal::compare;
use tirage_pricing::{
    Answer, Decimal, Effective, Kind, Long, Notice, Parameter, Problem, Quote, Template, Texts,
};

use super::calculator::Calculator;
use super::cart::Chosen;
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
    /// Typed text, or a day.
    Text(String),
    /// A number, to be written for this language.
    Number(Figure),
    /// Indices of chosen values.
    Values(Vec<usize>),
}

/// A number as it is shown: the same one if it is of the same size.
#[derive(Debug, Clone, Copy)]
pub struct Figure(pub Decimal);

impl PartialEq for Figure {
    fn eq(&self, other: &Self) -> bool {
        compare(self.0, other.0).is_eq()
    }
}

impl Eq for Figure {}

/// What a rule did to an answer: what it was, and what it is now, if it is anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    from: Answer,
    to: Option<Answer>,
}

/// A field as the buyer sees it. What it says is put into words where it is shown: hundreds of fields
/// are looked at after each answer, and few of them changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldView {
    /// Whether the control is there at all.
    pub available: bool,
    /// Whether it may stay empty.
    pub required: bool,
    /// Whether a rule holds the answer.
    pub fixed: bool,
    /// What the control holds.
    pub shown: Shown,
    /// Values that cannot be chosen, each with the reason or an empty text.
    pub unavailable: Vec<(usize, String)>,
    /// What a rule changed.
    pub notice: Option<Change>,
    /// What is wrong, in words.
    pub error: String,
}

/// Whether the buyer is ever asked for this parameter.
#[must_use]
pub fn is_asked(parameter: &Parameter) -> bool {
    parameter.is_asked()
}

impl FieldView {
    /// What a control shows as text.
    #[must_use]
    pub fn text(&self, words: &Words<'_>) -> Option<String> {
        match &self.shown {
            Shown::Text(text) => Some(text.clone()),
            Shown::Number(figure) => Some(words.format.number(figure.0)),
            _ => None,
        }
    }
}

/// Every field of a calculator, in the template's order.
#[must_use]
pub fn views(calculator: &Calculator, words: &Words<'_>) -> Vec<FieldView> {
    let quote = calculator.quote();
    let template = calculator.template();
    let mut views = Vec::with_capacity(quote.fields.len());
    for (index, (field, parameter)) in quote.fields.iter().zip(template.parameters()).enumerate() {
        let mut unavailable = Vec::new();
        for gone in field.unavailable() {
            let reason = gone.reason.as_ref().map_or("", |reason| words.of(reason));
            unavailable.push((gone.value, reason.to_owned()));
        }
        views.push(FieldView {
            available: field.available && is_asked(parameter),
            required: field.required,
            fixed: field.fixed,
            shown: shown(calculator, index, field.answer.as_ref()),
            unavailable,
            notice: None,
            error: String::new(),
        });
    }
    for notice in &quote.notices {
        if let Some((index, change)) = change(notice)
            && let Some(view) = views.get_mut(index)
        {
            view.notice = Some(change);
        }
    }
    let of_run = calculator.current().map_or(&[][..], |run| &run.problems);
    for list in [quote.problems.as_slice(), of_run] {
        for found in list {
            mark(&mut views, found, calculator, words);
        }
    }
    views
}

/// Says what is wrong at the field it is about; an omission only where the buyer has been.
fn mark(views: &mut [FieldView], found: &Problem, calculator: &Calculator, words: &Words<'_>) {
    let Some(index) = found.parameter else {
        return;
    };
    if problem::is_omission(found) && !calculator.touched(index) {
        return;
    }
    if let Some(view) = views.get_mut(index)
        && view.error.is_empty()
    {
        view.error = problem::at_field(found, calculator.template(), words);
    }
}

fn shown(calculator: &Calculator, index: usize, answer: Option<&Effective>) -> Shown {
    if let Some(typed) = calculator.typed(index) {
        return Shown::Text(typed.to_owned());
    }
    match answer {
        None => Shown::Nothing,
        Some(Effective::Flag(flag)) => Shown::Flag(*flag),
        Some(Effective::Number(number)) if calculator.is_date(index) => {
            Shown::Text(tirage_pricing::date::written(*number))
        }
        Some(Effective::Number(number)) => Shown::Number(Figure(*number)),
        Some(Effective::Value(value)) => Shown::Values(vec![*value]),
        Some(answer @ Effective::Long(long)) => match &**long {
            Long::Figures(_) | Long::Texts(_) => Shown::Text(calculator.written(index, answer)),
            Long::Text(text) => Shown::Text(text.clone()),
            Long::Values(values) => Shown::Values(values.clone()),
        },
    }
}

/// What a notice says of which field.
fn change(notice: &Notice) -> Option<(usize, Change)> {
    let (parameter, from, to) = match notice {
        // A switch that was off loses nothing.
        Notice::Dropped {
            from: Answer::Flag(false),
            ..
        }
        | Notice::Unknown { .. } => return None,
        Notice::Dropped { parameter, from } => (parameter, from, None),
        Notice::Replaced {
            parameter,
            from,
            to,
        } => (parameter, from, Some(to.clone())),
    };
    let from = from.clone();
    Some((*parameter, Change { from, to }))
}

/// What a rule changed at the field of this index, in words.
pub(crate) fn sentence(
    template: &Template,
    index: usize,
    change: &Change,
    words: &Words<'_>,
) -> String {
    let texts = words.locale.texts;
    let Some(parameter) = template.parameters().get(index) else {
        return String::new();
    };
    let Some(to) = &change.to else {
        return fill(texts.dropped, &[("name", words.of(&parameter.name))]);
    };
    let [from, to] = [&change.from, to].map(|answer| in_words(parameter, answer, words.locale.tag));
    let to = if to.is_empty() { texts.nothing } else { &to };
    fill(texts.changed, &[("from", &from), ("to", to)])
}

/// A notice with the index of its field, in words.
pub(super) fn remark(
    template: &Template,
    notice: &Notice,
    words: &Words<'_>,
) -> Option<(usize, String)> {
    let (index, change) = change(notice)?;
    Some((index, sentence(template, index, &change, words)))
}

/// An answer in words of one language.
pub(super) fn in_words(parameter: &Parameter, answer: &Answer, language: &str) -> String {
    let texts = crate::locale::Locale::of(language).texts;
    let label = |key: &str| {
        if matches!(parameter.kind, Kind::File(_)) {
            return file_name(key).to_owned();
        }
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
        Answer::List(keys) => {
            let labels: Vec<String> = keys.iter().map(|key| label(key)).collect();
            listed(&labels)
        }
    }
}

/// Texts with commas between them.
pub(crate) fn listed(texts: &[String]) -> String {
    let mut list = String::new();
    for text in texts {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(text);
    }
    list
}

/// What people call a file: of an address its end, of anything else all of it.
fn file_name(answer: &str) -> &str {
    let after_scheme = answer.split_once(':').map_or("", |(_, rest)| rest);
    let Some(address) = after_scheme.strip_prefix("//") else {
        return answer;
    };
    // Byte by byte: a search of the library's for a text or backwards weighs a kilobyte.
    let end = address.bytes().position(|byte| matches!(byte, b'?' | b'#'));
    let path = address.get(..end.unwrap_or(address.len())).unwrap_or("");
    let slash = path.bytes().rposition(|byte| byte == b'/');
    match slash.and_then(|slash| path.get(slash + 1..)) {
        Some(name) if !name.is_empty() => name,
        _ => answer,
    }
}

/// What was chosen, in Russian and English, without what was left off.
#[must_use]
pub fn summary(template: &Template, quote: &Quote) -> Vec<Chosen> {
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
        items.push(Chosen {
            name: template.name_in_full(index),
            value: bilingual(parameter, &answer),
            is_day: matches!(parameter.kind, Kind::Date(_)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_the_end_of_its_address() {
        for (answer, expected) in [
            ("cards.pdf", "cards.pdf"),
            ("a/b.pdf", "a/b.pdf"),
            ("https://files.example/7f/cards.pdf?sign=/1#x", "cards.pdf"),
            ("https://files.example/7f/", "https://files.example/7f/"),
            ("https://files.example", "https://files.example"),
        ] {
            assert_eq!(file_name(answer), expected);
        }
    }

    #[test]
    fn files_are_told_by_their_names() {
        let banners = include_str!("../../examples/banners.json");
        let template = Template::parse(banners).unwrap();
        let parameters = template.parameters().iter();
        let layout = parameters.clone().find(|one| one.key == "layout").unwrap();
        let files = ["https://files.example/1/front.pdf", "back.pdf"];
        let files = Answer::List(files.map(str::to_owned).to_vec());
        assert_eq!(in_words(layout, &files, "en"), "front.pdf, back.pdf");
    }
}
