//! A text for people in one or more languages.

use crate::json::{FromJson, Json, JsonError, Node, ToJson};

/// One text per language, in the order of the template.
///
/// All of it is one text: what is loaded with a template is then copied once, and read where it
/// stands. Each piece, a language or what is said in it, has its length before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(pub(crate) String);

/// A digit of a length, which is a character of one byte; others follow one that is not less.
const DIGIT: usize = 64;

impl Texts {
    pub(crate) const EMPTY: Self = Self(String::new());

    /// A text that is the same in every language, such as a paper's trade name.
    #[must_use]
    pub fn neutral(text: &str) -> Self {
        Self::of([("", text)])
    }

    /// A text in several languages, each with its tag; the first one stands in for others.
    #[must_use]
    pub fn of<const N: usize>(texts: [(&str, &str); N]) -> Self {
        texts.into_iter().collect()
    }

    /// A text behind those there are.
    pub(crate) fn push(&mut self, language: &str, text: &str) {
        self.push_piece(language);
        self.push_piece(text);
    }

    fn push_piece(&mut self, piece: &str) {
        let mut length = piece.len();
        while length >= DIGIT {
            self.0.push(char::from((DIGIT + length % DIGIT) as u8));
            length /= DIGIT;
        }
        self.0.push(char::from(length as u8));
        self.0.push_str(piece);
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

    /// The text, if it is the same in every language.
    #[must_use]
    pub fn neutral_text(&self) -> Option<&str> {
        let mut texts = self.iter();
        match (texts.next(), texts.next()) {
            (Some(("", text)), None) => Some(text),
            _ => None,
        }
    }

    /// Language and text; the language of a neutral text is empty.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || Some((piece(&mut rest)?, piece(&mut rest)?)))
    }
}

/// The piece that comes next; none at the end, nor in what is damaged.
#[inline(never)]
fn piece<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let (mut length, mut shift) = (0, 0);
    for (at, byte) in rest.bytes().enumerate() {
        let digit = usize::from(byte);
        length |= (digit % DIGIT).wrapping_shl(shift);
        shift += 6;
        if digit < DIGIT {
            let (piece, after) = rest.get(at + 1..)?.split_at_checked(length)?;
            *rest = after;
            return Some(piece);
        }
    }
    None
}

impl<'t> FromIterator<(&'t str, &'t str)> for Texts {
    fn from_iter<I: IntoIterator<Item = (&'t str, &'t str)>>(texts: I) -> Self {
        let mut whole = Self::EMPTY;
        for (language, text) in texts {
            whole.push(language, text);
        }
        whole
    }
}

impl ToJson for Texts {
    fn to_json(&self) -> Json {
        match self.neutral_text() {
            Some(text) => Json::text(text),
            None => Json::Object(
                self.iter()
                    .map(|(language, text)| (language.to_owned(), Json::text(text)))
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
                let mut texts = Self::EMPTY;
                for (language, text) in node.fields()? {
                    if language.is_empty() {
                        return Err(node.error(EXPECTED));
                    }
                    texts.push(language, text.text()?);
                }
                Ok(texts)
            }
            _ => Err(node.error(EXPECTED)),
        }
    }
}

/// Puts a text behind those of a list, with a comma between them.
#[inline(never)]
pub(crate) fn enlist(list: &mut String, place: usize, text: &str) {
    if place > 0 {
        list.push_str(", ");
    }
    list.push_str(text);
}

/// How many characters a text has. Counted by the bytes that begin one, which is a few
/// instructions; the library's way is a kilobyte.
pub(crate) fn length(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// Whether a character is white space; the library's way has a table.
pub(crate) fn is_space(char: char) -> bool {
    matches!(
        char,
        '\t'..='\r'
            | ' '
            | '\u{85}'
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}'
    )
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
    fn white_space_is_what_the_library_takes_for_it() {
        for char in '\0'..=char::MAX {
            assert_eq!(is_space(char), char.is_whitespace(), "{char:?}");
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
