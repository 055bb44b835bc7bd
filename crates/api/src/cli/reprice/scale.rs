//! Whether the price of every line really grew by the factor.
//!
//! A price that multiplies two tables would grow twice, and one with a number inside its
//! expression not enough. So the template is priced once more with unrounded new prices.

use std::collections::BTreeMap;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Answers, Basis, Decimal, Price, Template};

use super::super::lint::single_answers;
use super::super::source::Loaded;
use super::{Change, reread};

/// What to say of the lines that did not grow by the factor, and were meant to grow.
pub(super) fn unscaled(
    loaded: &Loaded<'_>,
    changes: &[Change],
    by: Decimal,
) -> anyhow::Result<Vec<String>> {
    let mut exact = Vec::new();
    for change in changes {
        if let Some(new) = change.price.old.checked_mul(by) {
            exact.push(change.price.becomes(new));
        }
    }
    let old = &loaded.template;
    let new = reread(&loaded.source.text, &exact)?;
    let mut told: BTreeMap<usize, String> = BTreeMap::new();
    let examples = old.examples().iter().map(|example| example.answers.clone());
    for answers in single_answers(old).into_iter().chain(examples) {
        let (Some(before), Some(after)) = (price(old, &answers), price(&new, &answers)) else {
            continue;
        };
        for line in &before.lines {
            let same = after.lines.iter().find(|after| after.line == line.line);
            let (Basis::Charge { price: was, .. }, Some(Basis::Charge { price: is, .. })) =
                (&line.basis, same.map(|line| &line.basis))
            else {
                continue;
            };
            if is != was && Some(*is) != was.checked_mul(by) {
                told.entry(line.line).or_insert_with(|| {
                    format!(
                        "the price of the line `{}` goes from {} to {}, which is not {} times as \
                         much: its expression has numbers that are not repriced, or several that are",
                        old.lines()[line.line].key,
                        canonical(*was),
                        canonical(*is),
                        canonical(by),
                    )
                });
            }
        }
    }
    Ok(told.into_values().collect())
}

fn price(template: &Template, answers: &Answers) -> Option<Price> {
    template.quote(answers, &[]).runs.into_iter().next()?.price
}
