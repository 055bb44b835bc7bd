//! Reading the compiled form: total, in linear time and memory, whatever the bytes are.

use crate::AxisInfo;
use crate::template::Parts;

/// What is left to read, and what has been read that later indices are held to.
pub(super) struct Unpacker<'b> {
    bytes: &'b [u8],
    refused: bool,
    nesting: usize,
    pub(super) known: Known,
    /// How many values the choice has that is being read about.
    pub(super) of_choice: usize,
    /// How many rows the axis has that is being read about.
    pub(super) of_axis: usize,
}

/// What a template asks and has tables of, which its rules point to.
#[derive(Default)]
pub(super) struct Known {
    /// By parameter: how many values its choice has; 0 for other kinds.
    pub(super) choices: Vec<usize>,
    pub(super) values: usize,
    pub(super) lines: usize,
    /// By table: how many rows each axis has.
    pub(super) tables: Vec<Box<[usize]>>,
}

/// How deep expressions may nest: what the parser allows, with all that stands between two
/// parentheses.
const MAX_NESTING: usize = 1_024;

impl<'b> Unpacker<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            refused: false,
            nesting: 0,
            known: Known::default(),
            of_choice: 0,
            of_axis: 0,
        }
    }

    /// Whether everything was read and nothing refused.
    pub(super) fn is_done(&self) -> bool {
        !self.refused && self.bytes.is_empty()
    }

    /// Refuses the whole; from here on everything is zero.
    #[cold]
    #[inline(never)]
    pub(super) fn refuse(&mut self) {
        self.refused = true;
        self.bytes = &[];
    }

    #[inline(never)]
    pub(super) fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((byte, rest)) => {
                self.bytes = rest;
                *byte
            }
            None => {
                self.refuse();
                0
            }
        }
    }

    #[inline(never)]
    pub(super) fn whole(&mut self) -> u64 {
        let mut number = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
            shift += 7;
            if shift > 63 {
                self.refuse();
                return 0;
            }
        }
    }

    /// A whole number below `limit`.
    #[inline(never)]
    pub(super) fn below(&mut self, limit: usize) -> usize {
        match usize::try_from(self.whole()) {
            Ok(number) if number < limit => number,
            _ => {
                self.refuse();
                0
            }
        }
    }

    /// How many items follow: no more than there are bytes, because none is empty.
    pub(super) fn count(&mut self) -> usize {
        self.below(self.bytes.len())
    }

    pub(super) fn text(&mut self) -> &'b str {
        let length = self.count();
        let bytes = self.bytes;
        if let Some((text, rest)) = bytes.split_at_checked(length)
            && let Ok(text) = std::str::from_utf8(text)
        {
            self.bytes = rest;
            return text;
        }
        self.refuse();
        ""
    }

    /// Reads something that may contain its like.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            self.refuse();
        }
        let read = read(self);
        self.nesting -= 1;
        read
    }

    /// Reads items while nothing is refused, so that a mistake does not make many of them.
    pub(super) fn items<T>(
        &mut self,
        count: usize,
        mut item: impl FnMut(&mut Self) -> T,
    ) -> Vec<T> {
        let mut items = Vec::new();
        while items.len() < count && !self.refused {
            items.push(item(self));
        }
        items
    }
}

impl Known {
    pub(super) fn of(parts: &Parts) -> Self {
        let parameters = parts.parameters.iter();
        let choices = parameters.map(|parameter| {
            let choice = parameter.kind.choice();
            choice.map_or(0, |choice| choice.values.len())
        });
        let tables = parts.tables.iter();
        Self {
            choices: choices.collect(),
            values: parts.values.len(),
            lines: parts.lines.len(),
            tables: tables
                .map(|table| table.axes.iter().map(AxisInfo::len).collect())
                .collect(),
        }
    }
}
