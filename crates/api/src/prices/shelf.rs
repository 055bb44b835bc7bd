//! What a source has told before: so many prices, the oldest go first.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tirage_connectors::prices::PriceAnswer;
use tirage_storage::Millis;

/// What a price is of: the template's revision and all answers, how many among them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key(Arc<str>);

impl Key {
    pub(super) fn new(revision: &str, answers: &str) -> Self {
        Self([revision, answers].concat().into())
    }
}

/// A source's word, and when it came.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) answer: Arc<PriceAnswer>,
    pub(super) at: Millis,
    turn: u64,
}

/// What a source has told before.
#[derive(Debug)]
pub(super) struct Shelf {
    most: usize,
    told: HashMap<Key, Told>,
    /// In the order they came; what was told again since is in it twice.
    order: VecDeque<(u64, Key)>,
    turn: u64,
}

impl Shelf {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            told: HashMap::new(),
            order: VecDeque::new(),
            turn: 0,
        }
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Told> {
        self.told.get(key)
    }

    pub(super) fn put(&mut self, key: Key, answer: Arc<PriceAnswer>, at: Millis) {
        self.turn += 1;
        let turn = self.turn;
        self.order.push_back((turn, key.clone()));
        self.told.insert(key, Told { answer, at, turn });
        // Words that were told again leave their earlier places behind.
        while self.told.len() > self.most || self.order.len() > 2 * self.most {
            let Some((turn, key)) = self.order.pop_front() else {
                return;
            };
            if self.told.get(&key).is_some_and(|told| told.turn == turn) {
                self.told.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tirage_pricing::Texts;

    #[test]
    fn the_oldest_words_go_first_and_the_shelf_stays_as_small_as_it_is() {
        let mut shelf = Shelf::new(2);
        let word = Arc::new(PriceAnswer::Refused(Texts::neutral("no")));
        let key = |name: &str| Key::new("r", name);
        let mut put = |name: &str| shelf.put(key(name), Arc::clone(&word), 0);
        put("a");
        put("b");
        put("a");
        put("c");
        assert!(shelf.get(&key("b")).is_none(), "told first of those there");
        assert!(shelf.get(&key("a")).is_some() && shelf.get(&key("c")).is_some());
        for _ in 0..100 {
            shelf.put(key("c"), Arc::clone(&word), 0);
        }
        assert!(shelf.get(&key("c")).is_some());
        assert!(shelf.order.len() <= 4 && shelf.told.len() <= 2);
    }
}
