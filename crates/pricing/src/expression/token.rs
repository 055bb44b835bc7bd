//! Text to tokens with columns, counted in characters from 1.

use super::Mistake;
use crate::Decimal;
use crate::json::{quoted, shorten};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Lexeme<'a> {
    Number(Decimal),
    Text(&'a str),
    Word(&'a str),
    Sign(&'static str),
    End,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    pub(crate) lexeme: Lexeme<'a>,
    pub(crate) column: usize,
}

/// Longer signs first, so that `<=` is not read as `<`.
const SIGNS: [&str; 17] = [
    "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "[", "]", ",",
];

impl Lexeme<'_> {
    /// What stands there, in words for an error message.
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Number(number) => format!("the number {}", crate::decimal::canonical(number)),
            Self::Text(text) => format!("the text {}", quoted(text)),
            Self::Word(word) => format!("`{}`", shorten(word)),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => "the end of the expression".to_owned(),
        }
    }
}

/// Splits a text into tokens; the last one is [`Lexeme::End`].
pub(crate) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Mistake> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut column = 1;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        column += rest.len() - trimmed.len();
        let (lexeme, length) = next(trimmed, column)?;
        tokens.push(Token { lexeme, column });
        if lexeme == Lexeme::End {
            return Ok(tokens);
        }
        let (token, after) = trimmed.split_at_checked(length).unwrap_or((trimmed, ""));
        column += token.chars().count();
        rest = after;
    }
}

/// The first token of a text and its length in bytes.
fn next(text: &str, column: usize) -> Result<(Lexeme<'_>, usize), Mistake> {
    let Some(first) = text.chars().next() else {
        return Ok((Lexeme::End, 0));
    };
    if first.is_ascii_digit() {
        return number(text, column);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        return word(text, column);
    }
    if first == '"' || first == '\'' {
        let inside = text.get(1..).unwrap_or_default();
        return match inside.split_once(first) {
            Some((content, _)) => Ok((Lexeme::Text(content), content.len() + 2)),
            None => Err(Mistake::new(
                column,
                &format!("a closing `{first}`"),
                "none",
            )),
        };
    }
    match SIGNS.iter().find(|sign| text.starts_with(**sign)) {
        Some(sign) => Ok((Lexeme::Sign(sign), sign.len())),
        None => Err(Mistake::new(
            column,
            "a name, a number, a text in quotes or a sign",
            &format!("`{first}`"),
        )),
    }
}

/// A name; dots lead into details, operations and attached numbers, as in `cover.size.width_mm`.
fn word(text: &str, column: usize) -> Result<(Lexeme<'_>, usize), Mistake> {
    let word = run_of(text, |char| {
        char.is_ascii_alphanumeric() || char == '_' || char == '.'
    });
    if word.ends_with('.') || word.contains("..") {
        let found = format!("`{}`", shorten(word));
        return Err(Mistake::new(column, "a name after each `.`", &found));
    }
    Ok((Lexeme::Word(word), word.len()))
}

fn number(text: &str, column: usize) -> Result<(Lexeme<'_>, usize), Mistake> {
    let digits = run_of(text, |char| {
        char.is_ascii_alphanumeric() || char == '.' || char == '_'
    });
    let bytes = digits.as_bytes();
    if bytes.first() == Some(&b'0') && bytes.get(1).is_some_and(u8::is_ascii_digit) {
        return Err(Mistake::new(
            column,
            "a number without a zero before it, or a day as date('2027-03-01')",
            &format!("`{}`", shorten(digits)),
        ));
    }
    match crate::decimal::parse(digits) {
        Some(number) => Ok((Lexeme::Number(number), digits.len())),
        None => Err(Mistake::new(
            column,
            "a number such as 12 or 0.5",
            &format!("`{}`", shorten(digits)),
        )),
    }
}

fn run_of(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    text.split(|char| !belongs(char)).next().unwrap_or_default()
}
