//! The paths of answers or parameters in their order, packed into one text, so that two lists of
//! hundreds are seen to be the same at once.

use std::cmp::Ordering;

/// Paths, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Paths {
    text: String,
    /// Where each path ends.
    ends: Vec<u32>,
}

impl Paths {
    pub(crate) const EMPTY: Self = Self {
        text: String::new(),
        ends: Vec::new(),
    };

    /// A path behind those there are.
    pub(crate) fn push(&mut self, path: &str) {
        self.text.push_str(path);
        self.ends.push(self.text.len() as u32);
    }

    /// A path before the one at a place.
    pub(crate) fn insert(&mut self, at: usize, path: &str) {
        let start = self.start(at);
        self.text.insert_str(start, path);
        self.ends.insert(at, start as u32);
        for end in &mut self.ends[at..] {
            *end += path.len() as u32;
        }
    }

    pub(crate) fn remove(&mut self, at: usize) {
        let start = self.start(at);
        let end = self.ends.remove(at);
        self.text.drain(start..end as usize);
        for later in &mut self.ends[at..] {
            *later -= end - start as u32;
        }
    }

    /// How many paths there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize)
    }

    /// The path at a place.
    pub(crate) fn at(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        self.text.get(self.start(at)..end)
    }

    /// Where a path is, or where it would be.
    pub(crate) fn place(&self, path: &str) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.at(middle).cmp(&Some(path)) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Ok(middle),
                Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    /// Whether these are the same paths. To the end, and by eight bytes at a time: that asks no
    /// question in between, and what compares memory in a browser's module goes byte by byte.
    pub(crate) fn are(&self, other: &Self) -> bool {
        let (one, one_rest) = self.text.as_bytes().as_chunks();
        let (two, two_rest) = other.text.as_bytes().as_chunks();
        let word = |bytes: &[u8; 8]| u64::from_ne_bytes(*bytes);
        let texts = one.iter().zip(two);
        let texts = texts.fold(0, |apart, (one, two)| apart | word(one) ^ word(two));
        let ends = self.ends.iter().zip(&other.ends);
        let ends = ends.fold(0, |apart, (one, two)| apart | one ^ two);
        texts == 0
            && ends == 0
            && one_rest == two_rest
            && one.len() == two.len()
            && self.len() == other.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(paths: &[&str]) -> Paths {
        let mut packed = Paths::default();
        paths.iter().for_each(|path| packed.push(path));
        packed
    }

    #[test]
    fn a_path_is_put_in_and_taken_out_at_its_place() {
        let mut paths = of(&["ink", "run"]);
        assert_eq!(paths.place("paper"), Err(1));
        paths.insert(1, "paper");
        assert_eq!(paths, of(&["ink", "paper", "run"]));
        assert_eq!(paths.place("run"), Ok(2));
        assert_eq!(paths.at(3), None);
        paths.remove(0);
        assert_eq!(paths, of(&["paper", "run"]));
    }

    #[test]
    fn paths_are_the_same_when_each_of_them_is() {
        let paths = of(&["cover.paper", "run"]);
        assert!(paths.are(&paths.clone()));
        for others in [
            &["cover.paper"][..],
            &["cover.paper", "ruN"],
            &["cOver.paper", "run"],
            &["cover.pape", "rrun"],
            &["cover.paper", "run", ""],
            &["cover.paper", "run", "size"],
        ] {
            assert!(!paths.are(&of(others)), "{others:?}");
            assert!(!of(others).are(&paths), "{others:?}");
        }
    }
}
