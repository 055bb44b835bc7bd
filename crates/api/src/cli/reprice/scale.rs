//! Whether the money of every line really grew by the factor.
//!
//! A price that multiplies two tables would grow twice, one with a number inside its expression
//! not enough, and one that reads numbers nobody named not at all. So the template is priced once
//! more with unrounded new prices. A maximum shows in no price; one that is computed is named.

use std::collections::BTreeMap;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Answers, Basis, Decimal, Line, Price, Template};

use super::super::lint::single_answers;
use super::super::money::{self, Change};
use super::super::source::Loaded;
use super::reread;

/// What is to say of lines whose money did not grow by the factor.
#[derive(Debug, Default)]
pub(super) struct Unscaled {
    /// By line: it grew, but by something else.
    pub(super) wrong: Vec<String>,
    /// By line: it did not grow at all.
    pub(super) untouched: Vec<String>,
}

pub(super) fn unscaled(
    loaded: &Loaded<'_>,
    changes: &[Change],
    by: Decimal,
) -> anyhow::Result<Unscaled> {
    let mut exact = Vec::new();
    for change in changes {
        if let Some(new) = change.price.old.checked_mul(by) {
            exact.push(change.price.becomes(new));
        }
    }
    let old = &loaded.template;
    let new = reread(&loaded.source.text, &exact)?;
    let mut wrong: BTreeMap<usize, String> = BTreeMap::new();
    let mut moves: BTreeMap<usize, bool> = BTreeMap::new();
    let examples = old.examples().iter().map(|example| example.answers.clone());
    let tried = single_answers(old).into_iter().chain(examples);
    // The answered run, and the smallest one, which a minimum is made for.
    let runs = [Vec::new(), smallest(old).into_iter().collect()];
    for (answers, runs) in
        tried.flat_map(|answers| runs.each_ref().map(|runs| (answers.clone(), runs)))
    {
        let (before, after) = (price(old, &answers, runs), price(&new, &answers, runs));
        let Some((before, after)) = before.zip(after) else {
            continue;
        };
        for line in &before.lines {
            let same = after.lines.iter().find(|after| after.line == line.line);
            let Some(((what, was), (_, is))) = money(line).zip(same.and_then(money)) else {
                continue;
            };
            *moves.entry(line.line).or_default() |= is != was || was.is_zero();
            if is != was && Some(is) != was.checked_mul(by) {
                wrong.entry(line.line).or_insert_with(|| {
                    format!(
                        "the {what} of the line `{}` goes from {} to {}, which is not {} times as \
                         much: its expression has numbers that are not repriced, or several that are",
                        old.lines()[line.line].key,
                        canonical(was),
                        canonical(is),
                        canonical(by),
                    )
                });
            }
        }
    }
    let key = |line: usize| &old.lines()[line].key;
    let still = moves.into_iter().filter(|(_, moves)| !moves);
    let computed = money::computed_maximums(loaded).into_iter().map(|key| {
        format!("the maximum of the line `{key}` is computed: look whether it is what it should be")
    });
    Ok(Unscaled {
        wrong: wrong.into_values().chain(computed).collect(),
        untouched: still.map(|(line, _)| key(line).clone()).collect(),
    })
}

/// The money that a line charges or holds a sum to.
fn money(line: &Line) -> Option<(&'static str, Decimal)> {
    match line.basis {
        Basis::Charge { price, .. } => Some(("price", price)),
        Basis::Minimum { minimum, .. } => Some(("minimum", minimum)),
        Basis::Percent { .. } | Basis::Rounding { .. } | Basis::Vat { .. } => None,
    }
}

fn smallest(template: &Template) -> Option<Decimal> {
    let quantity = template.counting()?;
    let numeric = quantity.kind.numeric()?;
    Some(numeric.only.first().copied().unwrap_or(numeric.min))
}

fn price(template: &Template, answers: &Answers, runs: &[Decimal]) -> Option<Price> {
    template.quote(answers, runs).runs.into_iter().next()?.price
}
