//! Answers as a page tells them: bytes in the form of a compiled template's, but for numbers, which
//! come by their digits. They never go by way of a float.

use super::Pack as _;
use super::unpacker::Unpacker;
use crate::decimal::parse;
use crate::{Answer, Answers, Decimal};

impl Answers {
    /// Reads the runs that are asked for, and the answers, ordered by the bytes of their paths: of
    /// each the path, what sort it is, and itself. What is no answer counts as none.
    #[must_use]
    pub fn told(bytes: &[u8]) -> (Self, Vec<Decimal>) {
        const TEXT: u8 = 0;
        const NUMBER: u8 = 1;
        const FLAG: u8 = 2;

        let mut from = Unpacker::new(bytes);
        let (mut answers, mut runs) = (Self::new(), Vec::new());
        for _ in 0..from.count() {
            if let Some(run) = parse(&from.text()) {
                runs.push(run);
            }
        }
        while !from.is_at_end() {
            let path = from.text();
            let answer = match from.byte() {
                TEXT => Answer::Text(from.text()),
                NUMBER => match parse(&from.text()) {
                    Some(number) => Answer::Number(number),
                    None => continue,
                },
                FLAG => Answer::Flag(from.flag()),
                _ => {
                    let mut items = Vec::new();
                    items.fill(&mut from);
                    Answer::List(items)
                }
            };
            answers.push(&path, answer);
        }
        (answers, runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::ToJson as _;

    #[test]
    fn answers_are_what_a_page_told() {
        let runs = b"\x02\x03100\x03abc";
        let others = b"\x01f\x02\x01\x01l\x03\x02\x01a\x00\x01n\x01\x031e9";
        let numbers = b"\x03run\x01\x0510.50\x01t\x00\x03\x07\xd1\x8f";
        let told = [&runs[..], others, numbers].concat();
        let (answers, runs) = Answers::told(&told);
        assert_eq!(runs, [Decimal::from(100)]);
        let expected = r#"{"f":true,"l":["a",""],"run":"10.5","t":"\u0007я"}"#;
        assert_eq!(answers.to_json().to_string(), expected);
    }

    #[test]
    fn whatever_is_told_comes_to_an_end() {
        for told in [
            &b""[..],
            b"\xff",
            b"\x05",
            b"\x00\x01a\x03\x7f",
            b"\x00\x01a\x00\x02\xc2\xc2",
        ] {
            let (_, runs) = Answers::told(told);
            assert!(runs.is_empty());
        }
    }
}
