//! An object read field by field: the first mistake is kept, and reading goes on without it.
//!
//! A template has dozens of fields, and testing each for a mistake before the next one is read
//! made up half of this reader in the browser's module. A field that cannot be read is empty
//! instead, until [`Mistakes::check`] refuses the template. That has to come before anything
//! relies on what was read, such as an index.

use std::cell::Cell;

use super::limits::{self, Limit};
use super::{Read, Refusal};
use crate::json::{FromJson, Json, JsonError, Node};
use crate::names;
use crate::{Decimal, TemplateError, Texts};

/// The first mistake of a template.
#[derive(Default)]
pub(super) struct Mistakes(Cell<Option<Refusal>>);

impl Mistakes {
    #[cold]
    #[inline(never)]
    pub(super) fn note(&self, mistake: Refusal) {
        self.0.set(Some(self.0.take().unwrap_or(mistake)));
    }

    /// Refuses the template when there was a mistake.
    pub(super) fn check(&self) -> Read<()> {
        self.0.take().map_or(Ok(()), Err)
    }

    /// Refuses the second of two equal keys.
    pub(super) fn unique(&self, keys: &[(&str, usize)], place: &dyn Fn(usize) -> String) {
        if let Some((key, at)) = names::doubled(keys) {
            let found = format!("`{key}` again");
            self.note(shape(place(at), "each key once", found));
        }
    }

    fn any(&self) -> bool {
        let first = self.0.take();
        let any = first.is_some();
        self.0.set(first);
        any
    }
}

/// A value with its place, to be read without stopping at mistakes.
pub(super) struct Reader<'a> {
    pub(super) node: Node<'a, 'a>,
    pub(super) mistakes: &'a Mistakes,
    /// The section it stands in, whose names its expressions see first.
    pub(super) section: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn root(json: &'a Json, mistakes: &'a Mistakes) -> Self {
        Self {
            node: Node::root(json),
            mistakes,
            section: None,
        }
    }

    /// What was read, unless it is a mistake.
    pub(super) fn noted<T>(&self, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.mistakes.note(error.into())).ok()
    }

    /// Notes a mistake of this value.
    #[cold]
    #[inline(never)]
    pub(super) fn refuse(&self, expected: &str) {
        self.mistakes.note(self.node.error(expected).into());
    }

    /// Notes that something is missing in this object.
    #[cold]
    #[inline(never)]
    pub(super) fn missing(&self, expected: &str) {
        self.mistakes
            .note(shape(self.node.pointer(), expected, "none".to_owned()));
    }

    /// Refuses fields that are not in `known`.
    pub(super) fn only(&self, known: &[&str]) {
        self.noted(self.node.only(known));
    }

    /// A field that must be there.
    pub(super) fn field(&self, name: &str) -> Option<Reader<'_>> {
        let node = self.noted(self.node.field(name))?;
        Some(self.at(node))
    }

    /// A field that may be missing.
    pub(super) fn optional(&self, name: &str) -> Option<Reader<'_>> {
        let node = self.noted(self.node.optional(name))??;
        Some(self.at(node))
    }

    fn at<'s>(&'s self, node: Node<'s, 's>) -> Reader<'s> {
        Reader {
            node,
            mistakes: self.mistakes,
            section: self.section,
        }
    }

    /// Reads the items of this list, up to the first mistake, and returns how many there are.
    pub(super) fn items(&self, read: &mut dyn FnMut(Reader<'_>)) -> usize {
        let Some(items) = self.noted(self.node.items()) else {
            return 0;
        };
        let count = items.len();
        for item in items {
            if self.mistakes.any() {
                break;
            }
            read(self.at(item));
        }
        count
    }

    /// Reads the items of a list that may be missing and has at most so many.
    pub(super) fn each(&self, name: &str, limit: Limit, read: &mut dyn FnMut(Reader<'_>)) {
        if let Some(list) = self.optional(name) {
            if let Json::List(items) = list.node.value() {
                list.within(limit, items.len());
            }
            list.items(read);
        }
    }

    /// Reads the fields of an object that may be missing.
    pub(super) fn pairs(&self, name: &str, read: &mut dyn FnMut(String, Reader<'_>)) {
        if let Some(object) = self.optional(name)
            && let Some(fields) = object.noted(object.node.fields())
        {
            for (key, node) in fields {
                read(key.to_owned(), object.at(node));
            }
        }
    }

    /// Notes when there is more of something than a template may have.
    pub(super) fn within(&self, limit: Limit, found: usize) {
        if found > limit.most {
            self.mistakes
                .note(limit.exceeded(self.node.pointer(), found));
        }
    }
}

/// Values; an empty one where there was a mistake.
impl Reader<'_> {
    pub(super) fn as_text(&self) -> &str {
        self.noted(self.node.text()).unwrap_or_default()
    }

    pub(super) fn as_decimal(&self) -> Decimal {
        self.noted(self.node.decimal()).unwrap_or_default()
    }

    /// The place of this word in a list of words.
    pub(super) fn as_word(&self, words: &[&str]) -> Option<usize> {
        let text = self.as_text();
        let place = words.iter().position(|word| *word == text);
        if place.is_none() {
            self.refuse(&format!("one of {}", words.join(", ")));
        }
        place
    }
}

/// Fields of an object; empty where there was a mistake.
impl Reader<'_> {
    pub(super) fn string(&self, name: &str) -> String {
        self.field(name)
            .map(|field| field.as_text().to_owned())
            .unwrap_or_default()
    }

    pub(super) fn optional_string(&self, name: &str) -> Option<String> {
        self.optional(name).map(|field| field.as_text().to_owned())
    }

    /// A text of at most 64 bytes, of which `fits` holds.
    pub(super) fn checked_text(
        &self,
        name: &str,
        fits: fn(&[u8]) -> bool,
        expected: &str,
    ) -> String {
        let Some(field) = self.field(name) else {
            return String::new();
        };
        let text = field.as_text();
        if text.len() > limits::KEY_LENGTH || !fits(text.as_bytes()) {
            field.refuse(expected);
        }
        text.to_owned()
    }

    /// A key that expressions may name: `[a-z][a-z0-9_]*`.
    pub(super) fn key(&self, name: &str) -> String {
        let fits = |text: &[u8]| {
            let plain = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
            text.first().is_some_and(u8::is_ascii_lowercase) && text.iter().all(plain)
        };
        let expected = "a key: a small letter, then small letters, digits and _, at most 64";
        self.checked_text(name, fits, expected)
    }

    pub(super) fn texts(&self, name: &str) -> Texts {
        let texts = self.field(name).and_then(|field| field.as_texts());
        texts.unwrap_or_default()
    }

    pub(super) fn optional_texts(&self, name: &str) -> Option<Texts> {
        self.optional(name)?.as_texts()
    }

    /// Texts for people: of control characters only ends of lines and tabs mean anything there.
    fn as_texts(&self) -> Option<Texts> {
        let texts = self.noted(Texts::from_json(&self.node))?;
        let means_nothing = |char: char| char.is_control() && !matches!(char, '\n' | '\r' | '\t');
        if texts.iter().any(|(_, text)| text.contains(means_nothing)) {
            self.refuse("a text without control characters but ends of lines and tabs");
        }
        Some(texts)
    }

    pub(super) fn decimal(&self, name: &str) -> Decimal {
        self.field(name)
            .map(|field| field.as_decimal())
            .unwrap_or_default()
    }

    pub(super) fn optional_decimal(&self, name: &str) -> Option<Decimal> {
        self.optional(name).map(|field| field.as_decimal())
    }

    pub(super) fn optional_flag(&self, name: &str) -> Option<bool> {
        let field = self.optional(name)?;
        field.noted(field.node.flag())
    }
}

/// A mistake of a place in the document.
#[cold]
#[inline(never)]
pub(super) fn shape(pointer: String, expected: &str, found: String) -> Refusal {
    Box::new(TemplateError::Shape(JsonError {
        pointer,
        expected: expected.to_owned(),
        found,
    }))
}
