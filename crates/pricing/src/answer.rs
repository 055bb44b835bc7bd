//! What a buyer answered, before any template has looked at it.

use crate::Decimal;
use crate::json::{FromJson, Json, JsonError, Node, ToJson};
use crate::names;

/// One answer. What it means depends on the kind of its parameter: `"600"` is a number too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(Decimal),
    /// A text, or the key of a choice value.
    Text(String),
    /// The keys of several choice values.
    List(Vec<String>),
}

/// Answers by the path of their parameter, ordered by path.
///
/// A sorted list, so that a quote walks it in step with the template's own sorted keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(Vec<(String, Answer)>);

impl Answers {
    /// No answers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a parameter, in place of an earlier answer.
    pub fn set(&mut self, path: &str, answer: Answer) {
        match self.place(path) {
            Ok(at) => self.0[at].1 = answer,
            Err(at) => self.0.insert(at, (path.to_owned(), answer)),
        }
    }

    /// Takes an answer away.
    pub fn remove(&mut self, path: &str) -> Option<Answer> {
        let at = self.place(path).ok()?;
        Some(self.0.remove(at).1)
    }

    /// The answer to a parameter.
    #[must_use]
    pub fn answer(&self, path: &str) -> Option<&Answer> {
        let at = self.place(path).ok()?;
        Some(&self.0[at].1)
    }

    /// Path and answer, ordered by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(path, answer)| (path.as_str(), answer))
    }

    /// How many answers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Answers that are in order, none of them twice.
    pub(crate) fn in_order(answers: Vec<(String, Answer)>) -> Self {
        Self(answers)
    }

    fn of(mut list: Vec<(String, Answer)>) -> Self {
        let sorted = names::sorted(list.iter().map(|(path, _)| path.as_str()));
        let order: Vec<usize> = sorted.into_iter().map(|(_, at)| at).collect();
        let mut answers: Vec<(String, Answer)> = Vec::with_capacity(list.len());
        for at in order {
            let (path, answer) =
                std::mem::replace(&mut list[at], (String::new(), Answer::Flag(false)));
            match answers.last_mut() {
                Some((known, earlier)) if *known == path => *earlier = answer,
                _ => answers.push((path, answer)),
            }
        }
        Self(answers)
    }

    fn place(&self, path: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(path))
    }
}

impl<P: Into<String>> FromIterator<(P, Answer)> for Answers {
    /// Of two answers to one parameter the later one counts.
    fn from_iter<I: IntoIterator<Item = (P, Answer)>>(answers: I) -> Self {
        let list = answers
            .into_iter()
            .map(|(path, answer)| (path.into(), answer));
        Self::of(list.collect())
    }
}

impl ToJson for Answer {
    fn to_json(&self) -> Json {
        match self {
            Self::Flag(flag) => Json::Bool(*flag),
            Self::Number(number) => {
                let text = crate::decimal::canonical(*number);
                if text.contains('.') {
                    Json::Text(text)
                } else {
                    Json::Number(text)
                }
            }
            Self::Text(text) => Json::text(text.as_str()),
            Self::List(keys) => Json::list(keys),
        }
    }
}

impl FromJson for Answer {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        match node.value() {
            Json::Bool(flag) => Ok(Self::Flag(*flag)),
            Json::Number(_) => node.decimal().map(Self::Number),
            Json::Text(text) => Ok(Self::Text(text.clone())),
            Json::List(_) => node.list().map(Self::List),
            Json::Null | Json::Object(_) => {
                Err(node.error("an answer: true, false, a number, a text or a list of texts"))
            }
        }
    }
}

impl ToJson for Answers {
    fn to_json(&self) -> Json {
        Json::Object(
            self.iter()
                .map(|(path, answer)| (path.to_owned(), answer.to_json()))
                .collect(),
        )
    }
}

impl FromJson for Answers {
    /// An answer of `null` counts as none.
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.fields()?
            .filter(|(_, answer)| !matches!(answer.value(), Json::Null))
            .map(|(path, answer)| Ok((path, Answer::from_json(&answer)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(json: &str) -> Result<Answers, JsonError> {
        Answers::from_json(&Node::root(&Json::parse(json).unwrap()))
    }

    #[test]
    fn answers_are_ordered_by_path_and_the_later_one_counts() {
        let list = [
            ("run", Answer::Flag(false)),
            ("a", Answer::Flag(true)),
            ("run", Answer::Flag(true)),
        ];
        let mut answers: Answers = list.into_iter().collect();
        assert_eq!(answers.to_json().to_string(), r#"{"a":true,"run":true}"#);
        answers.set("m", Answer::Text("x".to_owned()));
        answers.set("a", Answer::Flag(false));
        assert_eq!(
            answers.to_json().to_string(),
            r#"{"a":false,"m":"x","run":true}"#
        );
        assert_eq!(answers.remove("m"), Some(Answer::Text("x".to_owned())));
        assert_eq!(answers.answer("m"), None);
        assert_eq!(answers.len(), 2);
    }

    #[test]
    fn json_answers_keep_their_digits() {
        let read =
            answers(r#"{"ink":0.10,"list":["a","b"],"none":null,"run":600,"text":"600"}"#).unwrap();
        assert_eq!(
            read.to_json().to_string(),
            r#"{"ink":"0.1","list":["a","b"],"run":600,"text":"600"}"#
        );
    }

    #[test]
    fn an_object_is_not_an_answer() {
        let error = answers(r#"{"size":{}}"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            "/size: expected an answer: true, false, a number, a text or a list of texts, found an object"
        );
    }
}
