//! The parts of a repeating detail: which there are, moving one, taking one out.

use tirage_pricing::{Answer, Answers, Decimal, Effective};

use super::calculator::Calculator;

/// What is done to a part of a repeating detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rearrange {
    /// Changes places with the one before.
    Up,
    /// Changes places with the one behind.
    Down,
    /// Is taken out; those behind close up.
    Remove,
}

impl Calculator {
    /// Number of a part and of all parts there are, and how few there may be; none for a section
    /// that does not repeat.
    #[must_use]
    pub fn part(&self, section: usize) -> Option<(usize, usize, usize)> {
        let repeated = self.template().sections().get(section)?.repeated?;
        let count = self.template().parameters().get(repeated.count)?;
        let least = whole(count.kind.numeric()?.min)?;
        match self.quote().fields.get(repeated.count)?.answer.as_ref()? {
            Effective::Number(now) => Some((repeated.number, whole(*now)?, least)),
            _ => None,
        }
    }

    /// Rearranges the parts of a repeating detail with everything that was answered about them.
    pub fn rearrange(&mut self, section: usize, how: Rearrange) {
        let Some((number, now, least)) = self.part(section) else {
            return;
        };
        let mut answers = self.answers().clone();
        let last = match how {
            Rearrange::Up if number > 1 => self.swap(&mut answers, section, number - 1),
            Rearrange::Down if number < now => self.swap(&mut answers, section, number + 1),
            Rearrange::Remove if now > least => {
                for next in number + 1..=now {
                    let before = self.sibling(section, next - 1);
                    before.and_then(|before| self.swap(&mut answers, before, next));
                }
                self.forget(&mut answers, section, now)
            }
            _ => None,
        };
        if last.is_some() {
            self.answer_all(answers);
        }
    }

    /// The part of this number of the same detail.
    fn sibling(&self, section: usize, number: usize) -> Option<usize> {
        let sections = self.template().sections();
        let count = sections.get(section)?.repeated?.count;
        sections.iter().position(|other| {
            let repeated = other.repeated;
            repeated.is_some_and(|own| own.count == count && own.number == number)
        })
    }

    fn swap(&self, answers: &mut Answers, section: usize, number: usize) -> Option<()> {
        let sections = self.template().sections();
        let other = &sections.get(self.sibling(section, number)?)?.key;
        let one = &sections.get(section)?.key;
        let mut moved = Answers::new();
        for (key, answer) in answers.iter() {
            let place = inside(key, one).map(|rest| [other, rest].concat());
            let place = place.or_else(|| inside(key, other).map(|rest| [one, rest].concat()));
            moved.set(&place.unwrap_or_else(|| key.to_owned()), answer.clone());
        }
        *answers = moved;
        Some(())
    }

    /// Takes the last part away.
    fn forget(&self, answers: &mut Answers, section: usize, now: usize) -> Option<()> {
        let sections = self.template().sections();
        let last = &sections.get(self.sibling(section, now)?)?.key;
        let count = sections.get(section)?.repeated?.count;
        let count = &self.template().parameters().get(count)?.key;
        let mut left = Answers::new();
        for (key, answer) in answers.iter() {
            if inside(key, last).is_none() {
                left.set(key, answer.clone());
            }
        }
        left.set(count, Answer::Number(Decimal::from(now - 1)));
        *answers = left;
        Some(())
    }
}

/// The rest of a key behind a section's: of `block.2.paper` in `block.2` it is `.paper`.
fn inside<'k>(key: &'k str, section: &str) -> Option<&'k str> {
    key.strip_prefix(section)
        .filter(|rest| rest.starts_with('.'))
}

fn whole(number: Decimal) -> Option<usize> {
    tirage_pricing::decimal::canonical(number).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tirage_pricing::Template;

    const BOOK: &str = r#"{"format":1,"key":"book","name":"B","currency":"RUB",
      "parameters":[{"key":"run","kind":"run","name":"R","max":1000,"default":10}],
      "details":[{"key":"block","name":"Block","repeat":{"min":1,"max":3,"name":"How many"},
        "parameters":[{"key":"pages","kind":"number","name":"P","min":1,"max":900,"default":4}],
        "lines":[{"key":"print","name":"P","price":"pages"}]}]}"#;

    fn book(pages: &[i64]) -> Calculator {
        let mut answers = Answers::new();
        answers.set("block", Answer::Number(pages.len().into()));
        for (at, pages) in pages.iter().enumerate() {
            let key = format!("block.{}.pages", at + 1);
            answers.set(&key, Answer::Number((*pages).into()));
        }
        Calculator::new(Template::parse(BOOK).unwrap().for_good(), answers)
    }

    fn pages(calculator: &Calculator) -> Vec<String> {
        let answers = calculator.effective_answers();
        let of = |number: usize| answers.answer(&format!("block.{number}.pages")).cloned();
        (1..=3)
            .filter_map(of)
            .map(|answer| match answer {
                Answer::Number(number) => number.to_string(),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_part_moves_with_all_its_answers() {
        let mut book = book(&[16, 32, 48]);
        book.rearrange(0, Rearrange::Down);
        assert_eq!(pages(&book), ["32", "16", "48"]);
        book.rearrange(2, Rearrange::Up);
        assert_eq!(pages(&book), ["32", "48", "16"]);
        book.rearrange(0, Rearrange::Up);
        assert_eq!(
            pages(&book),
            ["32", "48", "16"],
            "the first stays the first"
        );
    }

    #[test]
    fn those_behind_a_removed_part_close_up() {
        let mut book = book(&[16, 32, 48]);
        book.rearrange(0, Rearrange::Remove);
        assert_eq!(pages(&book), ["32", "48"]);
        book.rearrange(1, Rearrange::Remove);
        assert_eq!(pages(&book), ["32"]);
        book.rearrange(0, Rearrange::Remove);
        assert_eq!(pages(&book), ["32"], "one has to stay");
        assert_eq!(book.part(0), Some((1, 1, 1)));
    }
}
