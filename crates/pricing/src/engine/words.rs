//! Reading a program's words.

use super::evaluate::State;
use crate::Decimal;
use crate::decimal::Direction;

impl<'t> State<'t> {
    /// Goes on reading at a place.
    pub(crate) fn go_to(&mut self, at: usize) -> &mut Self {
        self.at = at;
        self
    }

    pub(crate) fn word(&mut self) -> usize {
        let Some(word) = self.code.get(self.at) else {
            return 0;
        };
        self.at += 1;
        *word as usize
    }

    pub(crate) fn words(&mut self, count: usize) -> &'t [u32] {
        let from = self.at;
        self.skip(count);
        self.code.get(from..self.at).unwrap_or_default()
    }

    pub(crate) fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
    }

    /// A length, and where what is as long ends.
    pub(crate) fn end(&mut self) -> usize {
        let length = self.word();
        self.at.saturating_add(length).min(self.code.len())
    }

    /// How many of something follow, none of which is empty.
    pub(crate) fn count(&mut self) -> usize {
        let count = self.word();
        count.min(self.code.len().saturating_sub(self.at))
    }

    /// Lines, ascending; none for all before.
    pub(crate) fn lines(&mut self) -> Option<&'t [u32]> {
        let count = self.word().checked_sub(1)?;
        Some(self.words(count))
    }

    pub(crate) fn direction(&mut self) -> Direction {
        match self.word() {
            0 => Direction::Up,
            1 => Direction::Down,
            2 => Direction::HalfUp,
            _ => Direction::HalfEven,
        }
    }

    pub(crate) fn constant(&mut self) -> Decimal {
        let index = self.word();
        self.number_at(index)
    }

    pub(crate) fn number_at(&self, index: usize) -> Decimal {
        let number = self.program.numbers.get(index);
        number.copied().unwrap_or_default()
    }
}
