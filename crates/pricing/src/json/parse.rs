//! Text to [`Json`], by RFC 8259, in one pass and with bounded depth.

use super::{Json, shorten};
use crate::names;

/// How deep arrays and objects may nest.
pub const MAX_DEPTH: usize = 64;

/// Where a text stops being JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: expected {expected}, found {found}")]
#[non_exhaustive]
pub struct ParseError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What the grammar allows at this place.
    pub expected: &'static str,
    /// What stands there instead.
    pub found: String,
}

impl Json {
    /// Reads one JSON value; a byte-order mark before it is passed over.
    ///
    /// # Errors
    /// When the text is not one JSON value, nests deeper than [`MAX_DEPTH`] or names a key twice.
    pub fn parse(text: &str) -> Result<Json, ParseError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0)?;
        parser.skip_space();
        if parser.at < text.len() {
            return Err(parser.error("the end of the text"));
        }
        Ok(value)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.at += 1;
        }
        there
    }

    fn value(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.skip_space();
        if depth > MAX_DEPTH {
            return Err(self.error("at most 64 levels of nesting"));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(self.error("a JSON value")),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, ParseError> {
        if self.rest().starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.error("a JSON value"))
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, ParseError> {
        let open = self.at;
        self.at += 1;
        let mut fields: Vec<(String, Json)> = Vec::new();
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Json::Object(fields));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.error("a key in quotes"));
            }
            fields.push(self.field(depth)?);
            self.skip_space();
            if self.eat(b'}') {
                return self.unique(fields, (open, depth));
            }
            if !self.eat(b',') {
                return Err(self.error("`,` or `}`"));
            }
        }
    }

    fn field(&mut self, depth: usize) -> Result<(String, Json), ParseError> {
        let key = self.string()?;
        self.skip_space();
        if !self.eat(b':') {
            return Err(self.error("`:`"));
        }
        Ok((key, self.value(depth + 1)?))
    }

    /// Sorting finds a doubled key in a large object without comparing all pairs.
    fn unique(
        &mut self,
        fields: Vec<(String, Json)>,
        object: (usize, usize),
    ) -> Result<Json, ParseError> {
        let keys = names::sorted(fields.iter().map(|(key, _)| key.as_str()));
        let Some((key, field)) = names::doubled(&keys) else {
            return Ok(Json::Object(fields));
        };
        let at = self.start_of(field, object)?;
        Err(self.error_at(at, "each key once", format!("`{}` again", shorten(key))))
    }

    /// Where a field of an object stands, whose place and depth are known: by reading it once more,
    /// which is done once at most.
    fn start_of(&mut self, field: usize, object: (usize, usize)) -> Result<usize, ParseError> {
        let (open, depth) = object;
        self.at = open + 1;
        for _ in 0..field {
            self.skip_space();
            self.field(depth)?;
            self.skip_space();
            self.at += 1;
        }
        self.skip_space();
        Ok(self.at)
    }

    fn list(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if self.eat(b']') {
                return Ok(Json::List(items));
            }
            if !self.eat(b',') {
                return Err(self.error("`,` or `]`"));
            }
        }
    }

    fn number(&mut self) -> Result<Json, ParseError> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _signed = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(Json::Number(
            self.text.get(start..self.at).unwrap_or_default().to_owned(),
        ))
    }

    fn digits(&mut self) -> Result<(), ParseError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            Err(self.error("a digit"))
        } else {
            Ok(())
        }
    }

    fn string(&mut self) -> Result<String, ParseError> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let plain = rest
                .bytes()
                .position(|byte| byte == b'"' || byte == b'\\' || byte < 0x20)
                .unwrap_or(rest.len());
            out.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.error("a closing quote")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        self.at += 1;
        let plain = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.error("an escape such as `\\n` or `\\u00e9`")),
        };
        self.at += 1;
        Ok(plain)
    }

    fn unicode(&mut self) -> Result<char, ParseError> {
        const EXPECTED: &str = "four hexadecimal digits of a valid character";
        let start = self.at;
        let high = self.hex()?;
        let code = if (0xd800..0xdc00).contains(&high) && self.rest().starts_with("\\u") {
            self.at += 1;
            let low = self.hex()?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(self.error_at(start, EXPECTED, "half a character".to_owned()));
            }
            0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)
        } else {
            high
        };
        char::from_u32(code)
            .ok_or_else(|| self.error_at(start, EXPECTED, "half a character".to_owned()))
    }

    /// Reads `uXXXX` at the current place.
    fn hex(&mut self) -> Result<u32, ParseError> {
        let digits = self.text.get(self.at + 1..self.at + 5).unwrap_or_default();
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.error("four hexadecimal digits of a valid character"));
        }
        self.at += 5;
        u32::from_str_radix(digits, 16).map_err(|_| self.error("four hexadecimal digits"))
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn error(&self, expected: &'static str) -> ParseError {
        let found = match self.rest().chars().next() {
            Some(char) if char.is_control() => format!("the character U+{:04X}", u32::from(char)),
            Some(char) => format!("`{char}`"),
            None => "the end of the text".to_owned(),
        };
        self.error_at(self.at, expected, found)
    }

    fn error_at(&self, at: usize, expected: &'static str, found: String) -> ParseError {
        let before = self.text.get(..at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        ParseError {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            expected,
            found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_source_text() {
        let parsed = Json::parse("[0.10, -7, 1e3, 123456789012345678901234567890]");
        let numbers = ["0.10", "-7", "1e3", "123456789012345678901234567890"];
        let expected = Json::List(
            numbers
                .iter()
                .map(|n| Json::Number((*n).to_owned()))
                .collect(),
        );
        assert_eq!(parsed, Ok(expected));
    }

    #[test]
    fn a_mistake_is_reported_with_line_and_column() {
        let error = Json::parse("{\n  \"цена\": 1,\n  \"a\" 2\n}").unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 3, column 7: expected `:`, found `2`"
        );
    }

    #[test]
    fn a_key_may_stand_once() {
        let error = Json::parse(r#"{"a":1,"b":2,"a":3}"#).unwrap_err();
        assert_eq!(error.expected, "each key once");
        assert_eq!(error.found, "`a` again");
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(
            Json::parse(&deep).unwrap_err().expected,
            "at most 64 levels of nesting"
        );
    }

    #[test]
    fn escapes_are_read_and_half_characters_refused() {
        let parsed = Json::parse(r#""\u00e9\ud83d\ude00\n\/""#);
        assert_eq!(parsed, Ok(Json::text("é😀\n/")));
        assert!(Json::parse(r#""\ud83d""#).is_err());
        assert!(Json::parse(r#""\ud83d\u0041""#).is_err());
        assert!(Json::parse(r#""\u00g0""#).is_err());
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "", "01", "1.", "-", "tru", "[1,]", "{,}", "\"a", "\"\t\"", "1 2", "NaN", "'a'",
        ] {
            assert!(Json::parse(text).is_err(), "{text} was accepted");
        }
    }
}
