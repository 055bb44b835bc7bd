//! Names in order: found by binary search, and a name that stands twice is noticed.
//!
//! One sort serves the whole crate. It is a heap because each `slice::sort` of another type is
//! 4 kB of the browser's module, and nothing here sorts while pricing.

use std::collections::BinaryHeap;

/// Names with the index each had, ascending; equal names in the order they had.
pub(crate) type Sorted<'k> = Vec<(&'k str, usize)>;

/// Sorts names.
pub(crate) fn sorted<'k>(names: impl Iterator<Item = &'k str>) -> Sorted<'k> {
    heap_sort(names.zip(0..).collect())
}

fn heap_sort(names: Sorted<'_>) -> Sorted<'_> {
    BinaryHeap::from(names).into_sorted_vec()
}

/// The index that a name had.
#[cfg(feature = "compile")]
pub(crate) fn find(names: &[(&str, usize)], name: &str) -> Option<usize> {
    let at = names.binary_search_by(|(known, _)| (*known).cmp(name));
    at.ok().map(|at| names[at].1)
}

/// A name that stands twice, with the index of its second place.
pub(crate) fn doubled<'k>(names: &[(&'k str, usize)]) -> Option<(&'k str, usize)> {
    let pair = names.windows(2).find(|pair| pair[0].0 == pair[1].0)?;
    Some(pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_at_the_index_they_had() {
        let names = sorted(["run", "ink", "size"].into_iter());
        assert_eq!(names, [("ink", 1), ("run", 0), ("size", 2)]);
        assert_eq!(find(&names, "run"), Some(0));
        assert_eq!(find(&names, "paper"), None);
        assert_eq!(doubled(&names), None);
    }

    #[test]
    fn the_second_of_two_equal_names_is_told() {
        let names = sorted(["b", "a", "b", "a"].into_iter());
        assert_eq!(doubled(&names), Some(("a", 3)));
    }
}
