//! Writing the compiled form.

/// The bytes so far.
#[derive(Default)]
pub(super) struct Packer {
    pub(super) bytes: Vec<u8>,
}

impl Packer {
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Six bits a byte, the lowest first; the next bit says that there are more. The highest one is
    /// never set, so that such a number may stand in a text.
    pub(super) fn whole(&mut self, mut number: u64) {
        while number > 0x3f {
            self.byte((number & 0x3f) as u8 | 0x40);
            number >>= 6;
        }
        self.byte(number as u8);
    }

    pub(super) fn count(&mut self, count: usize) {
        self.whole(count as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend(text.as_bytes());
    }
}
