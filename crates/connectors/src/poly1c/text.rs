//! Bytes to text: which encoding a file is in, and what a cell says.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::problem::Problem;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// With or without a byte-order mark.
    Utf8,
    /// Cyrillic in one byte, as old exports are.
    Windows1251,
}

impl Encoding {
    /// The encoding's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1251 => "Windows-1251",
        }
    }
}

/// What a first look at all bytes finds out.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) encoding: Encoding,
    /// How many bytes the mark at the beginning takes.
    pub(super) mark: u64,
}

/// A file that is no text, and the line that shows it.
pub(super) type NoText = (Option<u64>, Problem);

const MARK: &[u8] = "\u{feff}".as_bytes();

/// Looks at all bytes once: a file is UTF-8 when all of it is.
pub(super) fn look(file: &mut impl BufRead, most: u64) -> io::Result<Result<Looked, NoText>> {
    let mut line = 1;
    let mut size = 0;
    let mut carried = Vec::with_capacity(4);
    let mut utf8 = Ok(());
    let mut mark = 0;
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        if size == 0 {
            if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
                return Ok(Err((None, Problem::Utf16)));
            }
            mark = if bytes.starts_with(MARK) { 3 } else { 0 };
        }
        if let Some(zero) = bytes.iter().position(|byte| *byte == 0) {
            return Ok(Err((Some(line + ends(&bytes[..zero])), Problem::ZeroByte)));
        }
        if utf8.is_ok() {
            utf8 = continued(&mut carried, bytes).map_err(|at| line + ends(&bytes[..at]));
        }
        line += ends(bytes);
        size += bytes.len() as u64;
        let taken = bytes.len();
        file.consume(taken);
        if size > most {
            return Ok(Err((None, Problem::FileTooLarge { most })));
        }
    }
    if !carried.is_empty() {
        utf8 = utf8.and(Err(line));
    }
    Ok(match utf8 {
        Err(line) if mark > 0 => Err((Some(line), Problem::NotUtf8)),
        Err(_) => Ok(Looked {
            encoding: Encoding::Windows1251,
            mark,
        }),
        Ok(()) => Ok(Looked {
            encoding: Encoding::Utf8,
            mark,
        }),
    })
}

fn ends(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Whether the bytes go on as UTF-8 after what was `carried` over from before; else up to where.
fn continued(carried: &mut Vec<u8>, bytes: &[u8]) -> Result<(), usize> {
    let mut from = 0;
    while !carried.is_empty() && from < bytes.len() {
        carried.push(bytes[from]);
        from += 1;
        match std::str::from_utf8(carried) {
            Ok(_) => carried.clear(),
            Err(error) if error.error_len().is_some() => return Err(from),
            Err(_) => {}
        }
    }
    match std::str::from_utf8(&bytes[from..]) {
        Ok(_) => Ok(()),
        Err(error) => {
            let valid = from + error.valid_up_to();
            if error.error_len().is_some() {
                return Err(valid);
            }
            carried.extend_from_slice(&bytes[valid..]);
            Ok(())
        }
    }
}

/// The characters of the bytes 80 to BF; the byte 98 has none.
const UPPER_1251: &str =
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

/// Reads cells of one encoding.
#[derive(Debug)]
pub(super) struct Decoder {
    encoding: Encoding,
    upper: Vec<char>,
}

impl Decoder {
    pub(super) fn new(encoding: Encoding) -> Self {
        let letters = ('А'..='я').take(64);
        Self {
            encoding,
            upper: UPPER_1251.chars().chain(letters).collect(),
        }
    }

    /// A cell's text: without spaces around it, and one space wherever there are several.
    pub(super) fn cell<'b>(&self, bytes: &'b [u8]) -> Result<Cow<'b, str>, Problem> {
        let text = match self.encoding {
            Encoding::Utf8 => String::from_utf8_lossy(bytes),
            Encoding::Windows1251 => match std::str::from_utf8(bytes) {
                Ok(ascii) if bytes.is_ascii() => Cow::Borrowed(ascii),
                _ => Cow::Owned(bytes.iter().map(|byte| self.character(*byte)).collect()),
            },
        };
        if is_tidy(&text) {
            return Ok(text);
        }
        let mut tidy = String::with_capacity(text.len());
        for character in text.chars() {
            if character.is_whitespace() {
                if !tidy.is_empty() && !tidy.ends_with(' ') {
                    tidy.push(' ');
                }
            } else if character.is_control() {
                let code = u32::from(character);
                return Err(Problem::ControlCharacter { code });
            } else {
                tidy.push(character);
            }
        }
        let end = tidy.trim_end().len();
        tidy.truncate(end);
        Ok(Cow::Owned(tidy))
    }

    fn character(&self, byte: u8) -> char {
        let upper = byte.checked_sub(0x80).map(usize::from);
        upper.map_or(char::from(byte), |place| {
            self.upper.get(place).copied().unwrap_or('\u{fffd}')
        })
    }
}

/// Whether nothing has to be changed; says no to some texts that are tidy, too.
fn is_tidy(text: &str) -> bool {
    let mut before = ' ';
    for character in text.chars() {
        let space = character.is_whitespace();
        if (space && (character != ' ' || before == ' ')) || character.is_control() {
            return false;
        }
        before = character;
    }
    text.is_empty() || before != ' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_windows_1251_is_read() {
        let decoder = Decoder::new(Encoding::Windows1251);
        let bytes: Vec<u8> = (0xc0..=0xff).collect();
        let letters: String = ('А'..='я').collect();
        assert_eq!(decoder.cell(&bytes).unwrap(), letters);
        assert_eq!(
            decoder.cell(b"\xa8\xb8 \xb9 \x88 \x97").unwrap(),
            "Ёё № € —"
        );
        assert_eq!(decoder.upper.len(), 128);
    }

    #[test]
    fn spaces_of_every_kind_count_as_one() {
        let decoder = Decoder::new(Encoding::Utf8);
        for (cell, text) in [
            ("A4", "A4"),
            ("  A4\u{a0}\n(210) ", "A4 (210)"),
            ("a b", "a b"),
            ("\u{a0}", ""),
            (" ", ""),
        ] {
            assert_eq!(decoder.cell(cell.as_bytes()).unwrap(), text);
        }
        let problem = decoder.cell(b"a\x01").unwrap_err();
        assert_eq!(problem, Problem::ControlCharacter { code: 1 });
    }

    #[test]
    fn the_encoding_is_told_wherever_the_pieces_end() {
        let text = "Формат;Цена\r\n№ 1;2\r\n";
        for size in 1..40 {
            let mut utf8 = io::BufReader::with_capacity(size, text.as_bytes());
            let looked = look(&mut utf8, 1_000).unwrap().unwrap();
            assert_eq!(looked.encoding, Encoding::Utf8, "{size}");
            let mut bytes = io::BufReader::with_capacity(size, &b"\xd4\xee;\n1;2"[..]);
            let looked = look(&mut bytes, 1_000).unwrap().unwrap();
            assert_eq!(looked.encoding, Encoding::Windows1251, "{size}");
        }
    }
}
