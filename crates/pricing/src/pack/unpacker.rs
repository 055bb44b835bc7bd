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
