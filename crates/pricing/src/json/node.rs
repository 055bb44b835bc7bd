//! A cursor over [`Json`] that knows its place, so that every mistake can name it.

use crate::Decimal;
use std::str::FromStr;

use super::{FromJson, Json};

/// A value that is not what was expected, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: expected {expected}, found {found}", if pointer.is_empty() { "the document" } else { pointer })]
#[non_exhaustive]
pub struct JsonError {
    /// JSON pointer (RFC 6901) of the value; empty for the whole document.
    pub pointer: String,
    /// What was expected there.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// One value of a document together with its place in it.
#[derive(Debug, Clone, Copy)]
pub struct Node<'v, 'p> {
    value: &'v Json,
    step: Step<'v, 'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'v, 'p> {
    Root,
    Key(&'p Node<'v, 'p>, &'v str),
    Index(&'p Node<'v, 'p>, usize),
}

impl<'v> Node<'v, 'v> {
    /// The whole document.
    #[must_use]
    pub fn root(value: &'v Json) -> Self {
        Node {
            value,
            step: Step::Root,
        }
    }
}

impl<'v, 'p> Node<'v, 'p> {
    /// The value itself.
    #[must_use]
    pub fn value(&self) -> &'v Json {
        self.value
    }

    /// The JSON pointer of this value.
    #[must_use]
    pub fn pointer(&self) -> String {
        match self.step {
            Step::Root => String::new(),
            Step::Key(parent, key) => {
                format!(
                    "{}/{}",
                    parent.pointer(),
                    key.replace('~', "~0").replace('/', "~1")
                )
            }
            Step::Index(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }

    /// An error about this value.
    #[cold]
    #[inline(never)]
    pub fn error(&self, expected: impl Into<String>) -> JsonError {
        JsonError {
            pointer: self.pointer(),
            expected: expected.into(),
            found: self.value.describe(),
        }
    }

    /// The fields of an object.
    ///
    /// # Errors
    /// When this is not an object.
    pub fn fields<'s>(
        &'s self,
    ) -> Result<impl Iterator<Item = (&'v str, Node<'v, 's>)> + use<'v, 's, 'p>, JsonError> {
        match self.value {
            Json::Object(fields) => Ok(fields.iter().map(move |(key, value)| {
                (
                    key.as_str(),
                    Node {
                        value,
                        step: Step::Key(self, key),
                    },
                )
            })),
            _ => Err(self.error("an object")),
        }
    }

    /// The items of a list.
    ///
    /// # Errors
    /// When this is not a list.
    pub fn items<'s>(
        &'s self,
    ) -> Result<impl ExactSizeIterator<Item = Node<'v, 's>> + use<'v, 's, 'p>, JsonError> {
        match self.value {
            Json::List(items) => Ok(items.iter().enumerate().map(move |(index, value)| Node {
                value,
                step: Step::Index(self, index),
            })),
            _ => Err(self.error("a list")),
        }
    }

    /// A field that may be missing; `null` counts as missing.
    ///
    /// # Errors
    /// When this is not an object.
    pub fn optional<'s>(&'s self, key: &str) -> Result<Option<Node<'v, 's>>, JsonError> {
        let mut fields = self.fields()?;
        Ok(fields
            .find(|(name, node)| *name == key && !matches!(node.value, Json::Null))
            .map(|(_, node)| node))
    }

    /// A field that must be there.
    ///
    /// # Errors
    /// When this is not an object or has no such field.
    pub fn field<'s>(&'s self, key: &str) -> Result<Node<'v, 's>, JsonError> {
        self.optional(key)?.ok_or_else(|| JsonError {
            pointer: self.pointer(),
            expected: format!("a field `{key}`"),
            found: "none".to_owned(),
        })
    }

    /// Refuses fields that are not in `known`, so that a misspelt one is not silently ignored.
    ///
    /// # Errors
    /// When this is not an object or has another field.
    pub fn only(&self, known: &[&str]) -> Result<(), JsonError> {
        match self.fields()?.find(|(key, _)| !known.contains(key)) {
            Some((key, node)) => Err(JsonError {
                pointer: node.pointer(),
                expected: format!("one of the fields {}", known.join(", ")),
                found: format!("the unknown field `{}`", super::shorten(key)),
            }),
            None => Ok(()),
        }
    }

    /// The text of a string.
    ///
    /// # Errors
    /// When this is not a string.
    pub fn text(&self) -> Result<&'v str, JsonError> {
        match self.value {
            Json::Text(text) => Ok(text),
            _ => Err(self.error("a text")),
        }
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// When this is neither.
    pub fn flag(&self) -> Result<bool, JsonError> {
        match self.value {
            Json::Bool(value) => Ok(*value),
            _ => Err(self.error("true or false")),
        }
    }

    /// A decimal, written as a number or, exactly, as a string; no exponents.
    ///
    /// # Errors
    /// When this is not a decimal of at most 28 digits.
    pub fn decimal(&self) -> Result<Decimal, JsonError> {
        let (Json::Number(text) | Json::Text(text)) = self.value else {
            return Err(self.error("a decimal number"));
        };
        crate::decimal::parse(text).ok_or_else(|| self.error("a decimal number such as \"12.50\""))
    }

    /// A whole number that fits its type.
    ///
    /// # Errors
    /// When this is not a whole number or too large.
    pub fn integer<T: FromStr>(&self) -> Result<T, JsonError> {
        match self.value {
            Json::Number(text) => text.parse().map_err(|_| self.error("a whole number")),
            _ => Err(self.error("a whole number")),
        }
    }

    /// Reads a list of values that read themselves.
    ///
    /// # Errors
    /// When this is not a list or one of its items does not fit.
    pub fn list<T: FromJson>(&self) -> Result<Vec<T>, JsonError> {
        self.items()?.map(|item| T::from_json(&item)).collect()
    }
}

impl FromJson for Json {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        Ok(node.value().clone())
    }
}

impl FromJson for String {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.text().map(str::to_owned)
    }
}

impl FromJson for bool {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.flag()
    }
}

impl FromJson for u32 {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.integer()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.list()
    }
}

impl FromJson for Decimal {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.decimal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_place_the_value_and_what_was_expected() {
        let json = Json::parse(r#"{"lines":[{"a/b":"x"},{"a/b":7}]}"#).unwrap();
        let root = Node::root(&json);
        let lines = root.field("lines").unwrap();
        let second = lines.items().unwrap().nth(1).unwrap();
        let error = second.field("a/b").unwrap().text().unwrap_err();
        assert_eq!(
            error.to_string(),
            "/lines/1/a~1b: expected a text, found the number 7"
        );
    }

    #[test]
    fn a_missing_and_an_unknown_field_are_named() {
        let json = Json::parse(r#"{"totl":1}"#).unwrap();
        let root = Node::root(&json);
        let missing = root.field("total").unwrap_err();
        assert_eq!(
            missing.to_string(),
            "the document: expected a field `total`, found none"
        );
        let unknown = root.only(&["total"]).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "/totl: expected one of the fields total, found the unknown field `totl`"
        );
    }

    #[test]
    fn decimals_are_exact_and_never_in_exponents() {
        for (text, expected) in [
            ("\"2.10\"", Some("2.1")),
            ("0.1", Some("0.1")),
            ("1e3", None),
            ("\"1,5\"", None),
        ] {
            let json = Json::parse(text).unwrap();
            let read = Node::root(&json)
                .decimal()
                .ok()
                .map(crate::decimal::canonical);
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
