//! Reading the compiled form: total, in linear time and memory, whatever the bytes are.

/// What is left to read.
pub(super) struct Unpacker<'b> {
    bytes: &'b [u8],
    refused: bool,
}

impl<'b> Unpacker<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            refused: false,
        }
    }

    /// Whether everything was read and nothing refused.
    pub(super) fn is_done(&self) -> bool {
        !self.refused && self.bytes.is_empty()
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
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
            number |= u64::from(byte & 0x3f) << shift;
            if byte < 0x40 {
                return number;
            }
            shift += 6;
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

    /// A text, put together by its characters: what the library has for bytes that may be no text
    /// is as much code as all that reads here.
    #[inline(never)]
    pub(super) fn text(&mut self) -> String {
        let length = self.count();
        let left = self.bytes.len().saturating_sub(length);
        let mut text = String::with_capacity(length);
        while self.bytes.len() > left {
            text.push(self.char());
        }
        text
    }

    /// The ones that the first byte begins with say how many bytes there are.
    fn char(&mut self) -> char {
        let first = self.byte();
        let count = first.leading_ones();
        let mut code = u32::from(first) & (0x7f >> count);
        for _ in 1..count {
            code = code << 6 | u32::from(self.byte() & 0x3f);
        }
        char::from_u32(code).unwrap_or_else(|| {
            self.refuse();
            '\0'
        })
    }

    pub(super) fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    /// One of several, by its number.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Whether nothing was refused so far.
    pub(super) fn goes_on(&self) -> bool {
        !self.refused
    }
}
