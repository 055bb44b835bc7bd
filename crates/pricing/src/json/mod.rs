//! JSON as this project needs it: exact numbers, places in errors, bounded depth.
//!
//! One small reader serves templates, answers and every wire type, natively and in the browser.
//! Numbers keep their source text, so no decimal ever passes through a float, and a mistake is
//! reported with the place, the value found and what was expected.
//! It is not a general serialisation framework: types map themselves by hand, because derived
//! code is what makes browser modules heavy.

mod node;
mod parse;
mod write;

pub use node::{JsonError, Node};
pub use parse::{MAX_DEPTH, ParseError};
pub use write::write_text;

use crate::Decimal;

/// A JSON value. Objects keep the order of their keys; a key appears once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was written, never converted to a float.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

/// A type that writes itself as JSON.
pub trait ToJson {
    /// The JSON form of this value.
    fn to_json(&self) -> Json;
}

/// A type that reads itself from JSON.
pub trait FromJson: Sized {
    /// Reads the value at `node`, or says what is wrong with it and where.
    ///
    /// # Errors
    /// When the value has another shape than the type needs.
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError>;
}

impl Json {
    /// A string value.
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    /// A whole number.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Self::Number(value.to_string())
    }

    /// A decimal, written as a string in its canonical form.
    #[must_use]
    pub fn decimal(value: Decimal) -> Self {
        Self::Text(crate::decimal::canonical(value))
    }

    /// An object of the given fields, in their order.
    pub fn object<const N: usize>(fields: [(&str, Json); N]) -> Self {
        Self::Object(
            fields
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }

    /// An array of values that write themselves.
    pub fn list<'a, T: ToJson + 'a>(items: impl IntoIterator<Item = &'a T>) -> Self {
        Self::List(items.into_iter().map(ToJson::to_json).collect())
    }

    /// The value, or `null` for none.
    pub fn optional<T: ToJson>(value: Option<&T>) -> Self {
        value.map_or(Self::Null, ToJson::to_json)
    }

    /// Adds a field to an object; does nothing to another kind of value.
    #[must_use]
    pub fn with(mut self, key: &str, value: Json) -> Self {
        if let Self::Object(fields) = &mut self {
            fields.push((key.to_owned(), value));
        }
        self
    }

    /// The value of a key, when this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Object(fields) => fields
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// What kind of value this is, in words for an error message.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => format!("the number {}", shorten(number)),
            Self::Text(text) => format!("the text {}", quoted(text)),
            Self::List(items) => format!("a list of {}", items.len()),
            Self::Object(_) => "an object".to_owned(),
        }
    }
}

impl ToJson for Json {
    fn to_json(&self) -> Json {
        self.clone()
    }
}

impl ToJson for String {
    fn to_json(&self) -> Json {
        Json::Text(self.clone())
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Json {
        Json::Bool(*self)
    }
}

impl ToJson for u32 {
    fn to_json(&self) -> Json {
        Json::integer(i64::from(*self))
    }
}

impl ToJson for Decimal {
    fn to_json(&self) -> Json {
        Json::decimal(*self)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Json {
        Json::list(self)
    }
}

/// Keeps a hostile value from flooding an error message.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short = String::new();
    for (place, char) in text.chars().enumerate() {
        if place == LONGEST {
            short.push('…');
            break;
        }
        short.push(char);
    }
    short
}

/// A text as an error message shows it: shortened, in quotes, on one line.
///
/// By hand, because `{:?}` brings the tables of printable characters with it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for char in shorten(text).chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\0' => quoted.push_str("\\0"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            char if char.is_control() => quoted.extend(char.escape_unicode()),
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_stays_on_one_line() {
        for text in [
            "Визитка",
            "a \"b\" \\ c",
            "\r\n\t\0\u{1}\u{7f}\u{85}",
            "it's",
        ] {
            assert_eq!(quoted(text), format!("{text:?}"));
        }
    }
}
