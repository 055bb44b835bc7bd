//! The keys of a choice, packed for the search: pricing reads hundreds of them per quote, and a
//! heap allocation per key would cost more than the comparison.

use crate::{Choice, names};

/// Keys with the index of their value.
#[derive(Debug, Clone)]
pub(crate) struct ChoiceKeys {
    /// All keys one after another, in order.
    text: Box<str>,
    /// Where each key ends, and the index of its value.
    ends: Box<[(usize, usize)]>,
}

impl ChoiceKeys {
    /// Below this many keys looking at each beats halving.
    const FEW: usize = 8;

    /// The keys of a choice's values.
    pub(crate) fn of(choice: &Choice) -> Self {
        Self::new(choice.values.iter().map(|value| value.key.as_str()))
    }

    fn new<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for (key, value) in names::sorted(keys) {
            text.push_str(key);
            ends.push((text.len(), value));
        }
        Self {
            text: text.into(),
            ends: ends.into(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The index of the value with this key.
    pub(crate) fn index(&self, key: &str) -> Option<usize> {
        if self.ends.len() > Self::FEW {
            return self.halve(key);
        }
        let mut start = 0;
        for (end, value) in &self.ends {
            if end - start == key.len() && &self.text.as_bytes()[start..*end] == key.as_bytes() {
                return Some(*value);
            }
            start = *end;
        }
        None
    }

    fn halve(&self, key: &str) -> Option<usize> {
        let known = |at: usize| {
            let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0);
            &self.text.as_bytes()[start..self.ends[at].0]
        };
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if known(middle) < key.as_bytes() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.ends.len() && known(low) == key.as_bytes()).then(|| self.ends[low].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_nothing_else() {
        for count in [0, 1, 3, 8, 9, 100] {
            let texts: Vec<String> = (0..count).map(|n| format!("k{}", n * 7 % 101)).collect();
            let keys = ChoiceKeys::new(texts.iter().map(String::as_str));
            for (index, text) in texts.iter().enumerate() {
                assert_eq!(keys.index(text), Some(index), "{text} of {count}");
            }
            for other in ["", "k", "k101", "kk", "K0", "ключ"] {
                assert_eq!(keys.index(other), None, "{other} of {count}");
            }
        }
    }
}
