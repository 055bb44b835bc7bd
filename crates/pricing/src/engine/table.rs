//! Tables: dense cells behind axes of keys, exact numbers or ranges.

use std::sync::Arc;

use crate::decimal::at_most;
use crate::{Decimal, Rows};

/// A table as the engine reads it.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) axes: Box<[Axis]>,
    /// Row by row, the last axis fastest; none where nothing is offered.
    pub(crate) cells: Box<[Option<Decimal>]>,
}

/// The rows of an axis, ready to be searched.
#[derive(Debug, Clone)]
pub(crate) enum Axis {
    Keys(Keys),
    /// Ascending.
    Numbers(Box<[Decimal]>),
    /// Ascending and apart.
    Ranges(Box<[(Decimal, Option<Decimal>)]>),
}

/// Keys in their order in the table, and sorted for the search that only compiling needs.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    pub(crate) keys: Box<[Arc<str>]>,
    #[cfg(feature = "compile")]
    sorted: Box<[usize]>,
}

impl Keys {
    pub(crate) fn new(keys: Box<[Arc<str>]>) -> Self {
        Self {
            #[cfg(feature = "compile")]
            sorted: crate::names::sorted(keys.iter().map(|key| &**key))
                .iter()
                .map(|(_, row)| *row)
                .collect(),
            keys,
        }
    }

    /// Only while compiling: quotes know their rows beforehand.
    #[cfg(feature = "compile")]
    pub(crate) fn row(&self, key: &str) -> Option<usize> {
        let at = self
            .sorted
            .binary_search_by(|row| (*self.keys[*row]).cmp(key))
            .ok()?;
        Some(self.sorted[at])
    }

    /// A key that stands twice, by its second row.
    #[cfg(feature = "compile")]
    pub(crate) fn doubled(&self) -> Option<usize> {
        let pair = self
            .sorted
            .windows(2)
            .find(|pair| self.keys[pair[0]] == self.keys[pair[1]])?;
        Some(pair[1])
    }
}

impl Axis {
    /// The rows that a table says it has.
    pub(crate) fn of(rows: &Rows) -> Self {
        match rows {
            Rows::Keys(keys) => Self::Keys(Keys::new(keys.clone().into())),
            Rows::Numbers(numbers) => Self::Numbers(numbers.clone().into()),
            Rows::Ranges(ranges) => Self::Ranges(ranges.clone().into()),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Keys(keys) => keys.keys.len(),
            Self::Numbers(numbers) => numbers.len(),
            Self::Ranges(ranges) => ranges.len(),
        }
    }

    /// The row of a number; an axis of keys has none.
    pub(crate) fn row_at(&self, at: Decimal) -> Option<usize> {
        match self {
            Self::Keys(_) => None,
            Self::Numbers(numbers) => numbers.binary_search(&at).ok(),
            Self::Ranges(ranges) => {
                let row = ranges
                    .partition_point(|(from, _)| *from <= at)
                    .checked_sub(1)?;
                ranges[row]
                    .1
                    .is_none_or(|to| at_most(at, to))
                    .then_some(row)
            }
        }
    }
}
