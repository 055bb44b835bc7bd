//! The `lines` of a template.

use super::limits;
use super::plan::Plan;
use super::reader::Reader;
use super::rules::{Sections, ValueDraft, both};
use super::sections;
use super::source::Source;
use crate::decimal::Direction;
use crate::engine::{Charge, Rule};
use crate::expression::{EARLIER_LINE, Number, Scope};
use crate::names;
use crate::{Decimal, LineInfo, Per, Rounding, TimeUnit};

/// How many named values behind a price are looked through for the tables they read.
const MOST_BEHIND: usize = 64;

pub(super) fn read(
    root: &Reader<'_>,
    scope: &Scope<'_>,
    values: &[ValueDraft],
    sections: Sections<'_>,
    plan: &Plan,
) -> Lines {
    let mut infos: Vec<LineInfo> = Vec::new();
    let (mut rules, mut fixed) = (Vec::new(), Vec::new());
    scope.earlier.replace(Some(Vec::new()));
    let mut places: Vec<String> = Vec::new();
    let mut read = |around: &Reader<'_>, section: Option<usize>| {
        let path = section.map_or("", |section| &sections.surroundings[section].prefix);
        let guard = section.and_then(|section| sections.guards[section]);
        around.each("lines", limits::LINES, &mut |reader| {
            let mut info = info(&reader);
            info.key.insert_str(0, path);
            let when = reader.optional_source("when");
            let when = when.map(|when| reader.flag(&when, scope));
            let (charge, sources) = charge(&reader, scope, &infos);
            let is_fixed = |source: &Source| plan.is_fixed(&scope.symbols, source);
            if sources.iter().all(is_fixed) {
                fixed.push(infos.len());
            }
            rules.push(Rule {
                behind: behind(scope, values, &sources),
                when: match (guard, when) {
                    (guard, Some(when)) => Some(both(guard, when)),
                    (Some(guard), None) => Some(guard.flag()),
                    (None, None) => None,
                },
                charge,
                round: info.round,
                discount: info.discount,
            });
            if let Some(earlier) = &mut *scope.earlier.borrow_mut() {
                earlier.push(info.key.clone());
            }
            places.push(reader.node.pointer());
            infos.push(info);
            reader.within(limits::LINES, infos.len());
        });
    };
    // Details and operations come first, so that what the order adds, such as a percentage for
    // urgency, is taken of them too.
    sections::walk(root, &mut |section, met| read(section, Some(met.index)));
    read(root, None);
    scope.earlier.replace(None);
    let keys = names::sorted(infos.iter().map(|info| info.key.as_str()));
    root.mistakes
        .unique(&keys, &|index| [&places[index], "/key"].concat());
    Lines {
        infos,
        rules: rules.into(),
        places,
        fixed,
    }
}

/// The lines of a template, those of its details and operations first.
pub(super) struct Lines {
    pub(super) infos: Vec<LineInfo>,
    pub(super) rules: Box<[Rule]>,
    /// Where each stands.
    pub(super) places: Vec<String>,
    /// Those that charge the same whatever is answered.
    pub(super) fixed: Vec<usize>,
}

/// The fields of `production`, of which it has one.
const TIMES: [&str; 2] = ["days", "hours"];

/// What production takes; see [`time_unit`].
pub(super) fn production(root: &Reader<'_>, scope: &Scope<'_>) -> Option<Number> {
    let production = root.optional("production")?;
    let field = match time_unit(root)? {
        TimeUnit::Days => TIMES[0],
        TimeUnit::Hours => TIMES[1],
    };
    let source = production.source(field);
    Some(production.number(&source, scope))
}

/// What production time is counted in.
pub(super) fn time_unit(root: &Reader<'_>) -> Option<TimeUnit> {
    let production = root.optional("production")?;
    production.only(&TIMES);
    match TIMES.map(|time| production.optional(time).is_some()) {
        [true, false] => Some(TimeUnit::Days),
        [false, true] => Some(TimeUnit::Hours),
        _ => {
            production.refuse("one of the fields days and hours");
            None
        }
    }
}

/// The fields that say what a line does, each with all fields that go with it. A line has one of
/// them, or a `round` alone.
const DEEDS: [(&str, &[&str]); 5] = [
    (
        "price",
        &["price", "times", "round", "unit", "per", "discount"],
    ),
    ("percent", &["percent", "of", "round", "discount"]),
    ("minimum", &["minimum"]),
    ("maximum", &["maximum"]),
    ("vat", &["vat", "of", "included", "round"]),
];

fn info(reader: &Reader<'_>) -> LineInfo {
    let mut own: Option<&[&str]> = None;
    for (deed, fields) in DEEDS {
        let Some(field) = reader.optional(deed) else {
            continue;
        };
        if let Some([before, ..]) = own {
            field.refuse(&format!("either `{before}` or `{deed}` in one line"));
        }
        own = own.or(Some(fields));
    }
    let common = ["key", "name", "when"].as_slice();
    reader.only(&[common, own.unwrap_or(&["round"])].concat());
    let words = Per::ALL.map(Per::as_str);
    let per = reader.optional("per");
    LineInfo {
        round: reader
            .optional("round")
            .filter(|_| own.is_some())
            .map(|round| rounding(&round)),
        key: reader.key("key"),
        name: reader.texts("name"),
        unit: reader.optional_texts("unit"),
        per: per
            .and_then(|field| field.as_word(&words))
            .map(|place| Per::ALL[place]),
        discount: reader.optional_flag("discount").unwrap_or_default(),
        section: reader.section,
    }
}

/// What a line charges, and the expressions of it.
fn charge(reader: &Reader<'_>, scope: &Scope<'_>, before: &[LineInfo]) -> (Charge, Vec<Source>) {
    let of = || reader.optional("of").map(|of| earlier(&of, scope, before));
    let source = |name| reader.optional_source(name);
    let number = |source: &Source| reader.number(source, scope);
    if let Some(price) = source("price") {
        let times = source("times");
        let charge = Charge::Price {
            price: number(&price),
            times: times.as_ref().map(number),
        };
        return (charge, std::iter::once(price).chain(times).collect());
    }
    if let Some(source) = source("percent") {
        let (percent, of) = (number(&source), of());
        return (Charge::Percent { percent, of }, vec![source]);
    }
    if let Some(source) = source("minimum") {
        return (Charge::Minimum(number(&source)), vec![source]);
    }
    if let Some(source) = source("maximum") {
        return (Charge::Maximum(number(&source)), vec![source]);
    }
    if let Some(source) = source("vat") {
        let included = reader.optional_flag("included").unwrap_or_default();
        let (rate, of) = (number(&source), of());
        return (Charge::Vat { rate, of, included }, vec![source]);
    }
    let round = reader.optional("round");
    if round.is_none() {
        reader.missing("one of the fields price, percent, minimum, maximum, vat and round");
    }
    let Rounding { step, direction } = round.map_or(NO_ROUNDING, |round| rounding(&round));
    (Charge::Rounding { step, direction }, Vec::new())
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
fn earlier(reader: &Reader<'_>, scope: &Scope<'_>, before: &[LineInfo]) -> Box<[usize]> {
    let mut chosen = vec![false; before.len()];
    reader.items(&mut |item| {
        let keys = before.iter().map(|info| info.key.as_str());
        let key = item.as_text();
        if !scope
            .symbols
            .choose_lines(&keys, key, item.section, &mut chosen)
        {
            item.refuse(EARLIER_LINE);
        }
    });
    (0..before.len()).filter(|index| chosen[*index]).collect()
}

/// The named values with look-ups that expressions rest on, nearest first.
fn behind(scope: &Scope<'_>, values: &[ValueDraft], sources: &[Source]) -> Box<[usize]> {
    let mut found: Vec<usize> = Vec::new();
    let note = |source: &Source, found: &mut Vec<usize>| {
        scope
            .symbols
            .needs(&source.expr, source.section, &mut |node| {
                if let Some(index) = node.checked_sub(scope.parameters.len())
                    && !found.contains(&index)
                    && found.len() < MOST_BEHIND
                {
                    found.push(index);
                }
            });
    };
    for source in sources {
        note(source, &mut found);
    }
    let mut at = 0;
    while let Some(index) = found.get(at).copied() {
        note(&values[index].is, &mut found);
        at += 1;
    }
    found.retain(|index| values[*index].is.expr.looks_up());
    found.into()
}
