//! Licence expressions, as far as packages write them: names, `AND`, `OR`, `WITH`, brackets, and
//! the old `/`, which means `OR`.

use std::iter::Peekable;
use std::vec::IntoIter;

/// Whether the licence can be kept with only the `allowed` ones; `None` if it cannot be read.
pub(crate) fn is_allowed(expression: &str, allowed: &[&str]) -> Option<bool> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
    let mut reader = Reader {
        words: words.into_iter().peekable(),
        allowed,
    };
    let answer = reader.any()?;
    reader.words.next().is_none().then_some(answer)
}

struct Reader<'a> {
    words: Peekable<IntoIter<String>>,
    allowed: &'a [&'a str],
}

impl Reader<'_> {
    fn any(&mut self) -> Option<bool> {
        let mut answer = self.all()?;
        while self.words.next_if(|word| word == "OR").is_some() {
            answer |= self.all()?;
        }
        Some(answer)
    }

    fn all(&mut self) -> Option<bool> {
        let mut answer = self.one()?;
        while self.words.next_if(|word| word == "AND").is_some() {
            answer &= self.one()?;
        }
        Some(answer)
    }

    fn one(&mut self) -> Option<bool> {
        let mut name = self.words.next()?;
        if name == "(" {
            let answer = self.any()?;
            return (self.words.next()? == ")").then_some(answer);
        }
        if matches!(name.as_str(), ")" | "AND" | "OR" | "WITH") {
            return None;
        }
        if self.words.next_if(|word| word == "WITH").is_some() {
            name = format!("{name} WITH {}", self.words.next()?);
        }
        Some(self.allowed.contains(&name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_allowed_if_one_way_of_reading_it_is() {
        let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"];
        for (expression, expected) in [
            ("MIT", Some(true)),
            ("GPL-3.0", Some(false)),
            ("MIT OR GPL-3.0", Some(true)),
            ("GPL-3.0/MIT", Some(true)),
            ("MIT AND GPL-3.0", Some(false)),
            ("GPL-3.0 OR MIT AND ISC", Some(true)),
            ("(GPL-3.0 OR MIT) AND ISC", Some(true)),
            ("(GPL-3.0 AND MIT) OR AGPL-3.0", Some(false)),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", Some(true)),
            ("Apache-2.0", Some(false)),
            ("", None),
            ("(MIT", None),
            ("MIT ISC", None),
            ("MIT OR", None),
        ] {
            assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
        }
    }
}
