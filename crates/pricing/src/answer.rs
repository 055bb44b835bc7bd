//! What a buyer answered, before any template has looked at it.

use crate::Decimal;
use crate::json::{FromJson, Json, JsonError, Node, ToJson};
use crate::names;
use crate::paths::Paths;

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
/// Sorted, so that a quote walks them in step with the template's own sorted keys; these are
/// mostly the same ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    paths: Paths,
    /// By the place of their paths.
    answers: Vec<Answer>,
}

impl Answers {
    /// No answers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a parameter, in place of an earlier answer.
    pub fn set(&mut self, path: &str, answer: Answer) {
        match self.paths.place(path) {
            Ok(at) => self.answers[at] = answer,
            Err(at) => {
                self.paths.insert(at, path);
                self.answers.insert(at, answer);
            }
        }
    }

    /// Takes an answer away.
    pub fn remove(&mut self, path: &str) -> Option<Answer> {
        let at = self.paths.place(path).ok()?;
        self.paths.remove(at);
        Some(self.answers.remove(at))
    }

    /// The answer to a parameter.
    #[must_use]
    pub fn answer(&self, path: &str) -> Option<&Answer> {
        self.answers.get(self.paths.place(path).ok()?)
    }

    /// Path and answer, ordered by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Answer)> {
        let answers = self.answers.iter().enumerate();
        answers.map(|(at, answer)| (self.paths.at(at).unwrap_or_default(), answer))
    }

    /// The answers in the order of their paths, and these.
    pub(crate) fn parts(&self) -> (&Paths, &[Answer]) {
        (&self.paths, &self.answers)
    }

    /// How many answers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// An answer behind those there are, with a path that is not before theirs; of two with the
    /// same path the later one counts.
    pub(crate) fn push(&mut self, path: &str, answer: Answer) {
        let last = self.answers.last_mut();
        match last.filter(|_| self.paths.at(self.paths.len() - 1) == Some(path)) {
            Some(earlier) => *earlier = answer,
            None => {
                self.paths.push(path);
                self.answers.push(answer);
            }
        }
    }

    fn of(mut list: Vec<(String, Answer)>) -> Self {
        let sorted = names::sorted(list.iter().map(|(path, _)| path.as_str()));
        let order: Vec<usize> = sorted.into_iter().map(|(_, at)| at).collect();
        let mut answers = Self::new();
        for at in order {
            let (path, answer) = &mut list[at];
            answers.push(path, std::mem::replace(answer, Answer::Flag(false)));
        }
        answers
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
