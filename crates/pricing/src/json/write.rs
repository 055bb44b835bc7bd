//! [`Json`] to text: compact, and the same bytes for the same value.

use std::fmt;

use super::Json;

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl Json {
    /// Appends the value's text.
    pub fn write(&self, into: &mut String) {
        let mut between = "";
        match self {
            Self::Null => into.push_str("null"),
            Self::Bool(true) => into.push_str("true"),
            Self::Bool(false) => into.push_str("false"),
            Self::Number(number) => into.push_str(number),
            Self::Text(text) => write_text(text, into),
            Self::List(items) => {
                into.push('[');
                for item in items {
                    into.push_str(between);
                    item.write(into);
                    between = ",";
                }
                into.push(']');
            }
            Self::Object(fields) => {
                into.push('{');
                for (key, value) in fields {
                    into.push_str(between);
                    write_text(key, into);
                    into.push(':');
                    value.write(into);
                    between = ",";
                }
                into.push('}');
            }
        }
    }
}

/// Appends a text in quotes, as JSON has it.
pub fn write_text(text: &str, into: &mut String) {
    const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";
    into.push('"');
    for char in text.chars() {
        let escape = match char {
            '"' | '\\' => char,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\0'..' ' => {
                let code = char as usize;
                into.push_str("\\u00");
                into.push(char::from(HEXADECIMAL[code >> 4]));
                into.push(char::from(HEXADECIMAL[code & 15]));
                continue;
            }
            _ => {
                into.push(char);
                continue;
            }
        };
        into.push('\\');
        into.push(escape);
    }
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let value = Json::object([
            ("имя \"a\"\\", Json::text("строка\n\u{1}\u{7f}")),
            (
                "list",
                Json::List(vec![Json::Null, Json::Bool(true), Json::integer(-5)]),
            ),
        ]);
        assert_eq!(Json::parse(&value.to_string()), Ok(value));
    }
}
