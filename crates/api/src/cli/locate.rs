//! Where in a JSON text a value stands: JSON pointer to bytes, bytes to line and column.
//!
//! The text is known to be JSON already, so this only skips over it; nothing is converted, which
//! is why an edit of a located value leaves every other byte alone.

use std::fmt;
use std::ops::Range;

use tirage_pricing::json::Json;

/// A line and a column in characters, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The places of all values of a JSON text.
#[derive(Debug)]
pub(crate) struct Map<'t> {
    text: &'t str,
    root: Spot,
}

/// The place of one value.
#[derive(Debug)]
pub(crate) struct Spot {
    /// Its bytes.
    pub(crate) bytes: Range<usize>,
    pub(crate) inside: Inside,
}

/// What a value consists of.
#[derive(Debug)]
pub(crate) enum Inside {
    Leaf,
    Items(Vec<Spot>),
    Fields(Vec<Member>),
}

/// A field of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) key: String,
    /// The bytes of the key, quotes included.
    pub(crate) key_bytes: Range<usize>,
    pub(crate) value: Spot,
}

impl<'t> Map<'t> {
    /// Locates all values; none when the text is not JSON.
    pub(crate) fn new(text: &'t str) -> Option<Self> {
        Json::parse(text).ok()?;
        let mut scanner = Scanner { text, at: 0 };
        let root = scanner.value()?;
        Some(Self { text, root })
    }

    /// The value at a JSON pointer.
    pub(crate) fn find(&self, pointer: &str) -> Option<&Spot> {
        let mut spot = &self.root;
        for step in steps(pointer) {
            spot = spot.child(&step)?;
        }
        Some(spot)
    }

    /// The value at a JSON pointer, else the innermost one around it.
    pub(crate) fn nearest(&self, pointer: &str) -> &Spot {
        let mut spot = &self.root;
        for step in steps(pointer) {
            match spot.child(&step) {
                Some(child) => spot = child,
                None => break,
            }
        }
        spot
    }

    /// The text of a value as it is written.
    pub(crate) fn written(&self, spot: &Spot) -> &'t str {
        self.text.get(spot.bytes.clone()).unwrap_or_default()
    }

    /// Line and column of a byte.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: 1 + before.bytes().filter(|byte| *byte == b'\n').count(),
            column: 1 + before.get(line_start..).unwrap_or_default().chars().count(),
        }
    }

    /// The byte at which a character of a value stands, counted from 1: inside a string that is
    /// the character after all escapes are read, outside the one that is written.
    pub(crate) fn character(&self, spot: &Spot, column: usize) -> usize {
        let written = self.written(spot);
        let Some(inside) = written.strip_prefix('"') else {
            let offset = written.char_indices().nth(column.saturating_sub(1));
            return spot.bytes.start + offset.map_or(written.len(), |(at, _)| at);
        };
        let mut at = 0;
        for _ in 1..column {
            let rest = inside.get(at..).unwrap_or_default();
            if rest.starts_with('"') {
                break;
            }
            at += character_length(rest);
        }
        spot.bytes.start + 1 + at
    }
}

impl Spot {
    fn child(&self, step: &str) -> Option<&Self> {
        match &self.inside {
            Inside::Leaf => None,
            Inside::Items(items) => items.get(step.parse::<usize>().ok()?),
            Inside::Fields(fields) => fields
                .iter()
                .find(|field| field.key == step)
                .map(|field| &field.value),
        }
    }
}

fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// A step of a JSON pointer for a key.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// How many bytes of a string's inside stand for its first character.
fn character_length(inside: &str) -> usize {
    let escape = |text: &str| match text.as_bytes() {
        [b'\\', b'u', ..] => 6,
        [b'\\', ..] => 2,
        _ => 0,
    };
    let first = escape(inside);
    if first == 0 {
        return inside.chars().next().map_or(1, char::len_utf8);
    }
    let is_high = inside
        .get(2..6)
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .is_some_and(|code| (0xd800..0xdc00).contains(&code));
    let rest = inside.get(first..).unwrap_or_default();
    // Two escapes make one character outside the basic plane.
    if first == 6 && is_high {
        first + escape(rest)
    } else {
        first
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is neither space nor one of `,` and `:`.
    fn next(&mut self) -> Option<u8> {
        while matches!(
            self.peek(),
            Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b':')
        ) {
            self.at += 1;
        }
        self.peek()
    }

    fn value(&mut self) -> Option<Spot> {
        let first = self.next()?;
        let start = self.at;
        let inside = match first {
            b'{' => self.fields()?,
            b'[' => self.items()?,
            b'"' => {
                self.string();
                Inside::Leaf
            }
            _ => {
                let rest = self.text.get(start..)?;
                self.at += rest
                    .find([',', ']', '}', ' ', '\n', '\r', '\t'])
                    .unwrap_or(rest.len());
                Inside::Leaf
            }
        };
        Some(Spot {
            bytes: start..self.at,
            inside,
        })
    }

    fn items(&mut self) -> Option<Inside> {
        self.at += 1;
        let mut items = Vec::new();
        while self.next()? != b']' {
            items.push(self.value()?);
        }
        self.at += 1;
        Some(Inside::Items(items))
    }

    fn fields(&mut self) -> Option<Inside> {
        self.at += 1;
        let mut fields = Vec::new();
        while self.next()? != b'}' {
            let start = self.at;
            self.string();
            let key_bytes = start..self.at;
            let Ok(Json::Text(key)) = Json::parse(self.text.get(key_bytes.clone())?) else {
                return None;
            };
            fields.push(Member {
                key,
                key_bytes,
                value: self.value()?,
            });
        }
        self.at += 1;
        Some(Inside::Fields(fields))
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += match byte {
                b'\\' => 2,
                _ => 1,
            };
            if byte == b'"' {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("(.{0,6})|([~/\"\\\\]{1,3})", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// Every value of a document with its pointer.
    fn pointers(value: &Json, pointer: &str, out: &mut Vec<(String, Json)>) {
        out.push((pointer.to_owned(), value.clone()));
        match value {
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointers(item, &format!("{pointer}/{index}"), out);
                }
            }
            Json::Object(fields) => {
                for (key, item) in fields {
                    pointers(item, &format!("{pointer}/{}", escaped(key)), out);
                }
            }
            _ => {}
        }
    }

    /// The byte of a line and column, counted the slow way.
    fn byte_of(text: &str, position: Position) -> usize {
        let (mut line, mut column) = (1, 1);
        for (at, char) in text.char_indices() {
            if (Position { line, column }) == position {
                return at;
            }
            (line, column) = if char == '\n' {
                (line + 1, 1)
            } else {
                (line, column + 1)
            };
        }
        text.len()
    }

    proptest! {
        #[test]
        fn at_the_position_of_a_pointer_stands_its_value(value in json()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                let map = Map::new(&text).unwrap();
                let mut all = Vec::new();
                pointers(&Json::parse(&text).unwrap(), "", &mut all);
                for (pointer, expected) in all {
                    let spot = map.find(&pointer).unwrap();
                    let start = byte_of(&text, map.position(spot.bytes.start));
                    prop_assert_eq!(start, spot.bytes.start);
                    let found = Json::parse(&text[start..spot.bytes.end]).unwrap();
                    prop_assert_eq!(found, expected, "at {}", pointer);
                }
            }
        }

        #[test]
        fn a_character_of_a_string_is_found_behind_its_escapes(value in ".{0,12}", escape in any::<bool>()) {
            let written = if escape {
                let units = value.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
                format!("\"{}\"", units.collect::<String>())
            } else {
                Value::from(value.as_str()).to_string()
            };
            let map = Map::new(&written).unwrap();
            let spot = map.find("").unwrap();
            for column in 1..=value.chars().count() + 1 {
                let byte = map.character(spot, column);
                let rest: String = value.chars().skip(column - 1).collect();
                let tail = format!("\"{}", &written[byte..]);
                prop_assert_eq!(Json::parse(&tail).unwrap(), Json::Text(rest));
            }
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_answered_with_what_is_around_it() {
        let text = "{\n  \"a\": [1, {\"b\": 2}]\n}";
        let map = Map::new(text).unwrap();
        assert!(map.find("/a/1/c").is_none());
        let around = map.nearest("/a/1/c");
        assert_eq!(map.written(around), "{\"b\": 2}");
        assert_eq!(map.position(around.bytes.start).to_string(), "2:12");
    }

    #[test]
    fn a_number_counts_as_written() {
        let map = Map::new("[12.5]").unwrap();
        let spot = map.find("/0").unwrap();
        assert_eq!(map.character(spot, 3), 3);
        assert_eq!(map.character(spot, 9), 5);
    }
}
