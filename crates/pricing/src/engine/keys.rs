//! Keys packed for the search: pricing reads hundreds of them per quote, and a heap allocation per
//! key would cost more than the comparison.

#[cfg(feature = "compile")]
use crate::Kind;

/// Keys with the index each had.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    /// All keys one after another, in order.
    text: Vec<u8>,
    /// Where each key ends, and its index.
    ends: Vec<(usize, usize)>,
}

impl Keys {
    /// Below this many keys looking at each beats halving.
    const FEW: usize = 8;

    /// The keys of the values that a parameter lists.
    #[cfg(feature = "compile")]
    pub(crate) fn of(kind: &Kind) -> Self {
        let values = kind.choice().map_or(&[][..], |choice| &choice.values);
        Self::new(&mut values.iter().map(|value| value.key.as_str()))
    }

    #[cfg(feature = "compile")]
    pub(crate) fn new(keys: &mut dyn Iterator<Item = &str>) -> Self {
        let mut packed = Self::default();
        for (key, index) in crate::names::sorted(keys) {
            packed.push(key, index);
        }
        packed
    }

    /// A key behind those there are, and its index.
    pub(crate) fn push(&mut self, key: &str, index: usize) {
        self.text.extend_from_slice(key.as_bytes());
        self.ends.push((self.text.len(), index));
    }

    /// The indices in the order of the keys.
    #[cfg(feature = "compile")]
    pub(crate) fn order(&self) -> impl Iterator<Item = usize> {
        self.ends.iter().map(|(_, index)| *index)
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where a key starts.
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.ends[before].0)
    }

    /// The key at a place in their order, and its index.
    pub(crate) fn at(&self, at: usize) -> Option<(&[u8], usize)> {
        let (end, index) = *self.ends.get(at)?;
        Some((&self.text[self.start(at)..end], index))
    }

    /// The index of this key.
    #[inline(never)]
    pub(crate) fn index(&self, key: &str) -> Option<usize> {
        let key = key.as_bytes();
        let (mut low, mut high) = (0, self.len());
        while high - low > Self::FEW {
            let middle = low.midpoint(high);
            let (known, _) = self.at(middle)?;
            if known <= key {
                low = middle;
            } else {
                high = middle;
            }
        }
        let mut start = self.start(low);
        for (end, index) in &self.ends[low..high] {
            if self.text[start..*end] == *key {
                return Some(*index);
            }
            start = *end;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_nothing_else() {
        for count in [0, 1, 3, 8, 9, 100] {
            let texts: Vec<String> = (0..count).map(|n| format!("k{}", n * 7 % 101)).collect();
            let keys = Keys::new(&mut texts.iter().map(String::as_str));
            for (index, text) in texts.iter().enumerate() {
                assert_eq!(keys.index(text), Some(index), "{text} of {count}");
            }
            for other in ["", "k", "k101", "kk", "K0", "ключ"] {
                assert_eq!(keys.index(other), None, "{other} of {count}");
            }
        }
    }
}
