//! How much of each a template may have; what it costs to load and price follows from these.

use super::Refusal;
use crate::TemplateError;
use crate::engine::MOST_AXES;
use crate::expression::MOST_UNROLLED;

/// The most there may be of something.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    pub(super) what: &'static str,
    pub(super) most: usize,
}

const fn limit(most: usize, what: &'static str) -> Limit {
    Limit { what, most }
}

pub(super) const PARAMETERS: Limit = limit(5_000, "parameters");
pub(super) const SECTIONS: Limit = limit(2_000, "details and operations");
pub(super) const REPEATS: Limit = limit(50, "parts of a repeating detail");
pub(super) const GROUPS: Limit = limit(200, "groups");
pub(super) const CHOICE_VALUES: Limit = limit(50_000, "values of choices");
pub(super) const VALUES: Limit = limit(5_000, "values");
pub(super) const TABLES: Limit = limit(1_000, "tables");
pub(super) const AXES: Limit = limit(MOST_AXES, "axes");
pub(super) const CELLS: Limit = limit(1_000_000, "cells");
pub(super) const LINES: Limit = limit(2_000, "lines");
pub(super) const FORBIDS: Limit = limit(2_000, "forbidden combinations");
pub(super) const PROMISES: Limit = limit(100, "promises");
pub(super) const CALENDAR: Limit = limit(5_000, "days of a calendar");
pub(super) const EXAMPLES: Limit = limit(1_000, "examples");
/// Of any text, an expression or not, and of the name of a field.
pub(super) const TEXT: Limit = limit(20_000, "bytes of a text");
pub(super) const EXPRESSION_LENGTH: Limit = limit(4_000, "characters of an expression");
/// What all expressions together are matched with.
pub(super) const MATCHED_VALUES: Limit =
    limit(2_000_000, "values of choices matched by expressions");
/// What sums over details are unrolled into.
pub(super) const UNROLLED: Limit = limit(MOST_UNROLLED, "terms of sums over details");
pub(super) const KEY_LENGTH: usize = 64;

impl Limit {
    #[cold]
    #[inline(never)]
    pub(super) fn exceeded(self, pointer: String, found: usize) -> Refusal {
        Box::new(TemplateError::Limit {
            pointer,
            what: self.what,
            limit: self.most,
            found,
        })
    }
}
