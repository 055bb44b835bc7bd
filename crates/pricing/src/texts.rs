//! A text for people in one or more languages.

use std::sync::Arc;

use crate::json::{FromJson, Json, JsonError, Node, ToJson};

/// One text per language, in the order of the template.
///
/// Cloning shares the text: quotes carry reasons and messages on every keystroke.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(pub(crate) Arc<[(String, String)]>);

impl Texts {
    /// A text that is the same in every language, such as a paper's trade name.
    #[must_use]
    pub fn neutral(text: &str) -> Self {
        Self(Arc::from([(String::new(), text.to_owned())]))
    }

    /// A text in several languages, each with its tag; the first one stands in for others.
    #[must_use]
    pub fn of<const N: usize>(texts: [(&str, &str); N]) -> Self {
        Self(Arc::from(texts.map(|(language, text)| {
            (language.to_owned(), text.to_owned())
        })))
    }

    /// The text for a language tag: that language, else its base language (`pt` for `pt-BR`),
    /// else the first one the template has.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let base = language.split(['-', '_']).next().unwrap_or(language);
        let exact = |tag: &str| self.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag));
        exact(language)
            .or_else(|| exact(base))
            .or_else(|| self.iter().next())
            .map_or("", |(_, text)| text)
    }

    /// Language and text; the language of a neutral text is empty.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

impl ToJson for Texts {
    fn to_json(&self) -> Json {
        match &*self.0 {
            [(language, text)] if language.is_empty() => Json::text(text.as_str()),
            texts => Json::Object(
                texts
                    .iter()
                    .map(|(language, text)| (language.clone(), Json::text(text.as_str())))
                    .collect(),
            ),
        }
    }
}

impl FromJson for Texts {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        const EXPECTED: &str =
            "a text, or an object of texts by language such as {\"en\": \"Run\"}";
        match node.value() {
            Json::Text(text) => Ok(Self::neutral(text)),
            Json::Object(fields) if !fields.is_empty() => {
                let texts = node.fields()?.map(|(language, text)| {
                    if language.is_empty() {
                        return Err(node.error(EXPECTED));
                    }
                    Ok((language.to_owned(), text.text()?.to_owned()))
                });
                texts
                    .collect::<Result<Vec<_>, _>>()
                    .map(|texts| Self(texts.into()))
            }
            _ => Err(node.error(EXPECTED)),
        }
    }
}

/// Texts with a comma between them; one function for all kinds of lists.
pub(crate) fn listed<'t>(mut texts: impl Iterator<Item = &'t str>) -> String {
    list(&mut texts)
}

fn list(texts: &mut dyn Iterator<Item = &str>) -> String {
    let mut whole = String::new();
    for (place, text) in texts.enumerate() {
        if place > 0 {
            whole.push_str(", ");
        }
        whole.push_str(text);
    }
    whole
}

/// How many characters a text has. Counted by the bytes that begin one, which is a few
/// instructions; the library's way is a kilobyte.
pub(crate) fn length(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// Whether two texts are the same but for capitals, of the Latin and Cyrillic alphabets.
///
/// By hand, because the tables of all alphabets would weigh more than the rest of the engine's
/// texts together.
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    one.chars().map(capital).eq(other.chars().map(capital))
}

fn capital(letter: char) -> char {
    let below = match letter {
        'a'..='z' | 'а'..='я' => 0x20,
        'ѐ'..='џ' => 0x50,
        _ => 0,
    };
    char::from_u32(letter as u32 - below).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> Result<Texts, JsonError> {
        Texts::from_json(&Node::root(&Json::parse(json).unwrap()))
    }

    #[test]
    fn a_missing_language_falls_back_to_its_base_and_then_to_the_first() {
        let name = texts(r#"{"ru": "Тираж", "en": "Run"}"#).unwrap();
        for (language, text) in [
            ("en", "Run"),
            ("EN", "Run"),
            ("en-GB", "Run"),
            ("ru", "Тираж"),
            ("de", "Тираж"),
            ("", "Тираж"),
        ] {
            assert_eq!(name.get(language), text, "{language}");
        }
        assert_eq!(texts("\"A4\"").unwrap().get("ru"), "A4");
    }

    #[test]
    fn texts_are_written_as_they_were_read() {
        for json in [r#"{"ru":"Тираж","en":"Run"}"#, r#""A4""#] {
            assert_eq!(texts(json).unwrap().to_json().to_string(), json);
        }
    }

    #[test]
    fn capitals_make_no_other_text() {
        for (one, other, same) in [
            ("Spring10", "sPRING10", true),
            ("ЁЛКА-Я", "ёлка-я", true),
            ("A", "B", false),
            ("A", "AA", false),
            ("@", "`", false),
        ] {
            assert_eq!(same_letters(one, other), same, "{one} {other}");
        }
    }

    #[test]
    fn nothing_else_is_a_text() {
        for json in ["{}", "1", "null", r#"{"":"a"}"#, r#"{"ru":1}"#] {
            assert!(texts(json).is_err(), "{json}");
        }
    }
}
