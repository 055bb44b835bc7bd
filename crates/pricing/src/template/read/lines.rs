//! The `lines` of a template.

use super::limits;
use super::reader::Reader;
use super::rules::ValueDraft;
use crate::decimal::Direction;
use crate::engine::{Charge, Rule};
use crate::expression::{Expr, Scope, Symbol};
use crate::names;
use crate::{Decimal, LineInfo, Rounding};

/// How many named values behind a price are looked through for the tables they read.
const MOST_BEHIND: usize = 64;

pub(super) fn read(
    root: &Reader<'_>,
    scope: &Scope<'_>,
    values: &[ValueDraft],
) -> (Vec<LineInfo>, Box<[Rule]>) {
    let mut infos: Vec<LineInfo> = Vec::new();
    let mut rules = Vec::new();
    root.each("lines", limits::LINES, &mut |reader| {
        let info = info(&reader);
        let when = reader.optional_source("when");
        rules.push(Rule {
            when: when.map(|when| reader.flag(&when, scope)),
            charge: charge(&reader, scope, values, &infos),
            round: info.round,
        });
        infos.push(info);
    });
    let keys = names::sorted(infos.iter().map(|info| info.key.as_str()));
    root.mistakes
        .unique(&keys, &|index| format!("/lines/{index}/key"));
    (infos, rules.into())
}

fn info(reader: &Reader<'_>) -> LineInfo {
    let own: &[&str] = match (reader.optional("price"), reader.optional("percent")) {
        (Some(_), None) => &["price", "times", "round", "unit"],
        (None, Some(_)) => &["percent", "of", "round"],
        (None, None) => &["round"],
        (Some(_), Some(percent)) => {
            percent.refuse("either `price` or `percent` in one line");
            &[]
        }
    };
    reader.only(&[&["key", "name", "when"], own].concat());
    let rounds_only = own.len() == 1;
    LineInfo {
        round: reader
            .optional("round")
            .filter(|_| !rounds_only)
            .map(|round| rounding(&round)),
        key: reader.key("key"),
        name: reader.texts("name"),
        unit: reader.optional_texts("unit"),
    }
}

fn charge(
    reader: &Reader<'_>,
    scope: &Scope<'_>,
    values: &[ValueDraft],
    before: &[LineInfo],
) -> Charge {
    if let Some(price) = reader.optional_source("price") {
        let times = reader.optional_source("times");
        let read_by = std::iter::once(&price).chain(&times);
        return Charge::Price {
            behind: behind(scope, values, &mut read_by.map(|source| &source.expr)),
            price: reader.number(&price, scope),
            times: times.map(|times| reader.number(&times, scope)),
        };
    }
    if let Some(percent) = reader.optional_source("percent") {
        let of = reader.optional("of").map(|of| earlier(&of, before));
        return Charge::Percent {
            percent: reader.number(&percent, scope),
            of,
        };
    }
    let round = reader.optional("round");
    if round.is_none() {
        reader.missing("one of the fields price, percent and round");
    }
    let Rounding { step, direction } = round.map_or(NO_ROUNDING, |round| rounding(&round));
    Charge::Rounding { step, direction }
}

/// Stands where there was a mistake.
const NO_ROUNDING: Rounding = Rounding {
    step: Decimal::ONE,
    direction: Direction::Up,
};

fn rounding(reader: &Reader<'_>) -> Rounding {
    reader.only(&["step", "direction"]);
    let step = reader.decimal("step");
    if step <= Decimal::ZERO
        && let Some(field) = reader.field("step")
    {
        field.refuse("a number above 0");
    }
    let words = Direction::ALL.map(Direction::as_str);
    let place = reader
        .field("direction")
        .and_then(|field| field.as_word(&words));
    Rounding {
        step,
        direction: place.map_or(NO_ROUNDING.direction, |place| Direction::ALL[place]),
    }
}

/// The indices of earlier lines, ascending.
fn earlier(reader: &Reader<'_>, before: &[LineInfo]) -> Box<[usize]> {
    let mut chosen = vec![false; before.len()];
    reader.items(&mut |item| {
        let key = item.as_text();
        match before.iter().position(|info| info.key == key) {
            Some(index) => chosen[index] = true,
            None => item.refuse("the key of an earlier line"),
        }
    });
    (0..before.len()).filter(|index| chosen[*index]).collect()
}

/// The named values with look-ups that expressions rest on, nearest first.
fn behind(
    scope: &Scope<'_>,
    values: &[ValueDraft],
    exprs: &mut dyn Iterator<Item = &Expr>,
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
