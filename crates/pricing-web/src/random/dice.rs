//! Choices that follow from a seed alone, the same on every machine.

/// `SplitMix64`: every seed is a good one.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from the first to the second, both included.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let choices = to.abs_diff(from).saturating_add(1);
        from.saturating_add_unsigned(self.next() % choices)
    }

    /// How many, from the first to the second.
    pub(super) fn count(&mut self, from: usize, to: usize) -> usize {
        let more = (to - from) as u64;
        from + usize::try_from(self.next() % (more + 1)).unwrap_or_default()
    }

    /// True so often in a hundred.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of several; there is at least one.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.count(0, of.len() - 1)]
    }

    /// One of several, if there are any.
    pub(super) fn pick_any<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        (!of.is_empty()).then(|| self.pick(of))
    }

    /// A plain number with at most so many decimals, as the format writes them.
    pub(super) fn figure(&mut self, to: i64, decimals: usize) -> String {
        let whole = self.between(0, to);
        match self.count(0, decimals) {
            0 => whole.to_string(),
            digits => {
                let fraction: String = (0..digits)
                    .map(|_| {
                        char::from(b'0' + u8::try_from(self.between(0, 9)).unwrap_or_default())
                    })
                    .collect();
                format!("{whole}.{fraction}")
            }
        }
    }
}
