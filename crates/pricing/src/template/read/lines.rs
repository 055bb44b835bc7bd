//! The `lines` of a template.

use super::rules::ValueDraft;
use super::source;
use super::{Read, at_most, key, limits, texts, unique};
use crate::decimal::Direction;
use crate::engine::{Charge, Rule};
use crate::expression::{Expr, Scope, Symbol};
use crate::json::{FromJson, JsonError, Node};
use crate::names;
use crate::{Decimal, LineInfo, Rounding, Texts};

/// How many named values behind a price are looked through for the tables they read.
const MOST_BEHIND: usize = 64;

pub(super) fn read(
    root: &Node<'_, '_>,
    scope: &Scope<'_>,
    values: &[ValueDraft],
) -> Read<Vec<(LineInfo, Rule)>> {
    let list = root.optional("lines")?;
    let nodes = at_most(&list, "lines", limits::LINES)?;
    let mut lines: Vec<(LineInfo, Rule)> = Vec::with_capacity(nodes.len());
    for node in &nodes {
        let info = info(node)?;
        let rule = Rule {
            when: match source::optional(node, "when")? {
                Some(when) => Some(when.flag(scope)?),
                None => None,
            },
            charge: charge(node, scope, values, &lines)?,
            round: info.round,
        };
        lines.push((info, rule));
    }
    let keys = names::sorted(lines.iter().map(|(info, _)| info.key.as_str()));
    unique(&keys, |index| format!("/lines/{index}/key"))?;
    Ok(lines)
}

fn info(node: &Node<'_, '_>) -> Read<LineInfo> {
    let own: &[&str] = match (node.optional("price")?, node.optional("percent")?) {
        (Some(_), None) => &["price", "times", "round", "unit"],
        (None, Some(_)) => &["percent", "of", "round"],
        (None, None) => &["round"],
        (Some(_), Some(percent)) => {
            return Err(percent
                .error("either `price` or `percent` in one line")
                .into());
        }
    };
    node.only(&[&["key", "name", "when"], own].concat())?;
    let rounds_only = own.len() == 1;
    let round = match node.optional("round")? {
        Some(node) if !rounds_only => Some(rounding(&node)?),
        _ => None,
    };
    Ok(LineInfo {
        key: key(&node.field("key")?)?,
        name: Texts::from_json(&node.field("name")?)?,
        unit: texts(node, "unit")?,
        round,
    })
}

fn charge(
    node: &Node<'_, '_>,
    scope: &Scope<'_>,
    values: &[ValueDraft],
    before: &[(LineInfo, Rule)],
) -> Read<Charge> {
    if let Some(price) = source::optional(node, "price")? {
        let times = source::optional(node, "times")?;
        let read_by = std::iter::once(&price)
            .chain(&times)
            .map(|source| &source.expr);
        return Ok(Charge::Price {
            behind: behind(scope, values, read_by),
            price: price.number(scope)?,
            times: times.map(|times| times.number(scope)).transpose()?,
        });
    }
    if let Some(percent) = source::optional(node, "percent")? {
        let of = node
            .optional("of")?
            .map(|of| earlier(&of, before))
            .transpose()?;
        return Ok(Charge::Percent {
            percent: percent.number(scope)?,
            of,
        });
    }
    let Some(node) = node.optional("round")? else {
        let expected = "one of the fields price, percent and round".to_owned();
        let found = "none".to_owned();
        return Err(JsonError {
            pointer: node.pointer(),
            expected,
            found,
        }
        .into());
    };
    let Rounding { step, direction } = rounding(&node)?;
    Ok(Charge::Rounding { step, direction })
}

fn rounding(node: &Node<'_, '_>) -> Read<Rounding> {
    node.only(&["step", "direction"])?;
    let step_node = node.field("step")?;
    let step = step_node.decimal()?;
    if step <= Decimal::ZERO {
        return Err(step_node.error("a number above 0").into());
    }
    let direction = node.field("direction")?;
    let Some(direction) = Direction::from_name(direction.text()?) else {
        return Err(direction
            .error("one of up, down, half-up, half-even")
            .into());
    };
    Ok(Rounding { step, direction })
}

/// The indices of earlier lines, ascending.
fn earlier(node: &Node<'_, '_>, before: &[(LineInfo, Rule)]) -> Read<Box<[usize]>> {
    let mut chosen = vec![false; before.len()];
    for item in node.items()? {
        let key = item.text()?;
        let Some(index) = before.iter().position(|(info, _)| info.key == key) else {
            return Err(item.error("the key of an earlier line").into());
        };
        chosen[index] = true;
    }
    Ok((0..before.len()).filter(|index| chosen[*index]).collect())
}

/// The named values with look-ups that expressions rest on, nearest first.
fn behind<'e>(
    scope: &Scope<'_>,
    values: &[ValueDraft],
    exprs: impl Iterator<Item = &'e Expr>,
) -> Box<[usize]> {
    let mut found: Vec<usize> = Vec::new();
    let note = |expr: &Expr, found: &mut Vec<usize>| {
        expr.names(&mut |name| {
            if let Some(Symbol::Value(index)) = scope.symbols.get(name)
                && !found.contains(&index)
                && found.len() < MOST_BEHIND
            {
                found.push(index);
            }
        });
    };
    exprs.for_each(|expr| note(expr, &mut found));
    let mut at = 0;
    while let Some(index) = found.get(at).copied() {
        note(&values[index].is.expr, &mut found);
        at += 1;
    }
    found.retain(|index| values[*index].is.expr.looks_up());
    found.into()
}
