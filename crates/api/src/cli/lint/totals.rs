//! Totals of nothing or less.

use tirage_pricing::decimal::canonical;

use super::probe::{Seen, Totals};
use super::{Lint, Remark};

pub(super) fn remarks(totals: &Totals) -> Vec<Remark> {
    let remark = |seen: &Seen, what: &str| {
        let (answers, total) = seen.first.as_ref()?;
        let more = match seen.count {
            1 => String::new(),
            count => format!(", and so for {} more of those tried", count - 1),
        };
        let message = format!(
            "expected a total above 0, found {}: {} for {answers}{more}",
            what,
            canonical(*total)
        );
        Some(Remark::new(Lint::TotalNotPositive, "/lines", message))
    };
    let zero = remark(&totals.zero, "nothing to pay");
    let negative = remark(&totals.negative, "a negative one");
    zero.into_iter().chain(negative).collect()
}
