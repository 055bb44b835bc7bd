//! The keys of listed values, packed for the search: pricing reads hundreds of them per quote, and
//! a heap allocation per key would cost more than the comparison.

use crate::Kind;

/// The keys of many lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    text: Vec<u8>,
    keys: Vec<Key>,
}

/// A key with the index it had. No list has as many values as its words have room for.
#[derive(Debug, Clone, Copy)]
struct Key {
    /// Its first bytes, mostly all of it: one comparison tells nearly all others apart.
    head: u64,
    start: u32,
    length: u16,
    index: u16,
}

/// Where a list is among the keys: its first one, and how many it has.
pub(crate) type Place = (u32, u32);

/// The keys of one list, in their order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed<'k> {
    text: &'k [u8],
    keys: &'k [Key],
}

/// The first eight bytes as a number; a short key ends with zeros.
fn head(key: &[u8]) -> u64 {
    match key.first_chunk() {
        Some(head) => u64::from_le_bytes(*head),
        None => key
            .iter()
            .rev()
            .fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

impl Keys {
    pub(crate) const EMPTY: Self = Self {
        text: Vec::new(),
        keys: Vec::new(),
    };

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

    /// The keys of the values that a parameter lists, behind those there are: these ones, which
    /// are in the order of their keys.
    pub(crate) fn add(&mut self, kind: &Kind, order: &[u32]) -> Place {
        let first = self.len();
        let values = kind.choice().map_or(&[][..], |choice| &choice.values);
        for index in order {
            let index = *index as usize;
            if let Some(value) = values.get(index) {
                self.push(&value.key, index);
            }
        }
        (first as u32, (self.len() - first) as u32)
    }

    /// A key behind those there are, and its index.
    fn push(&mut self, key: &str, index: usize) {
        self.keys.push(Key {
            head: head(key.as_bytes()),
            start: self.text.len() as u32,
            length: key.len() as u16,
            index: index as u16,
        });
        self.text.extend_from_slice(key.as_bytes());
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The list at a place.
    pub(crate) fn list(&self, (first, count): Place) -> Listed<'_> {
        let keys = self.keys.get(first as usize..).unwrap_or_default();
        let keys = keys.get(..count as usize).unwrap_or_default();
        let text = &self.text;
        Listed { text, keys }
    }

    /// All of them as one list.
    #[cfg(feature = "compile")]
    pub(crate) fn all(&self) -> Listed<'_> {
        self.list((0, self.len() as u32))
    }
}

impl<'k> Listed<'k> {
    /// Below this many keys looking at each beats halving.
    const FEW: usize = 8;

    /// The indices in the order of the keys.
    #[cfg(feature = "compile")]
    pub(crate) fn order(self) -> impl Iterator<Item = usize> {
        self.keys.iter().map(|key| usize::from(key.index))
    }

    /// How many keys there are.
    pub(crate) fn len(self) -> usize {
        self.keys.len()
    }

    fn text(self, key: Key) -> &'k [u8] {
        let text = self.text.get(key.start as usize..).unwrap_or_default();
        text.get(..key.length.into()).unwrap_or_default()
    }

    /// The index of this key.
    #[inline(always)]
    pub(crate) fn index(self, key: &str) -> Option<usize> {
        let index = search(self.text, self.keys, key.as_bytes());
        (index != NONE).then_some(index)
    }
}

/// No key has it.
const NONE: usize = usize::MAX;

/// The index of a key. What may be none, and a list as one argument, would go by way of memory.
#[inline(never)]
fn search(text: &[u8], mut keys: &[Key], wanted: &[u8]) -> usize {
    let text = |key: &Key| Listed { text, keys: &[] }.text(*key);
    while keys.len() > Listed::FEW {
        let (low, high) = keys.split_at(keys.len() / 2);
        let is_above = high.first().is_some_and(|key| text(key) > wanted);
        keys = if is_above { low } else { high };
    }
    let head = head(wanted);
    let is_same = |known: &&Key| {
        known.head == head
            && usize::from(known.length) == wanted.len()
            && (wanted.len() <= 8 || text(known) == wanted)
    };
    let found = keys.iter().find(is_same);
    found.map_or(NONE, |found| found.index.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_nothing_else() {
        for count in [0, 1, 3, 8, 9, 100] {
            for begins in ["k", "a-long-key-"] {
                let texts = (0..count).map(|n| format!("{begins}{}", n * 7 % 101));
                let texts: Vec<String> = texts.collect();
                let keys = Keys::new(&mut texts.iter().map(String::as_str));
                for (index, text) in texts.iter().enumerate() {
                    assert_eq!(keys.all().index(text), Some(index), "{text} of {count}");
                }
                for other in ["", "k", "k101", "kk", "K0", "k0\0", "a-long-key-x", "ключ"] {
                    assert_eq!(keys.all().index(other), None, "{other} of {count}");
                }
            }
        }
    }
}
