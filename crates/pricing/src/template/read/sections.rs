//! Details and operations: everything in them becomes parameters, values and rules with paths.
//!
//! A detail that repeats is read once for each time it may be there, so that pricing knows
//! nothing of details: it sees one flat list, in which what is not there is unavailable.

use super::groups;
use super::limits;
use super::parameters::{self, AskDraft, Asked};
use super::reader::Reader;
use super::rules::{self, ValueDraft};
use super::source::Source;
use crate::expression::{Comparison, Flag, Number, Repeated, Surroundings};
use crate::{
    Answer, Decimal, Effective, Group, Kind, Numeric, Parameter, Section, SectionKind, ValueInfo,
};

const FIELDS: [&str; 13] = [
    "key",
    "name",
    "hint",
    "help",
    "group",
    "available",
    "optional",
    "default",
    "required",
    "parameters",
    "values",
    "lines",
    "forbid",
];

/// Everything that is asked and computed, in one list each.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) asked: Vec<Asked>,
    pub(super) values: Vec<ValueDraft>,
    pub(super) sections: Vec<Section>,
    pub(super) guards: Vec<Option<Guard>>,
    pub(super) surroundings: Vec<Surroundings>,
    pub(super) repeated: Vec<Repeated>,
    /// How many values choices have so far.
    pub(super) choice_values: usize,
    /// The path of each section with the place of its key.
    pub(super) pointers: Vec<String>,
}

/// What has to hold for a section to be there.
#[derive(Debug, Clone, Copy)]
pub(super) enum Guard {
    /// It was taken.
    Taken(usize),
    /// There are more of it than so many.
    MoreThan(usize, usize),
    /// Its rule holds.
    Holds(usize),
}

impl Guard {
    pub(super) fn flag(self) -> Flag {
        match self {
            Self::Taken(switch) => Flag::Parameter(switch),
            Self::MoreThan(count, before) => {
                let sides = (
                    Number::Parameter(count),
                    Number::Constant(Decimal::from(before)),
                );
                Flag::Compare(Comparison::Greater, Box::new(sides))
            }
            Self::Holds(value) => Flag::Value(value),
        }
    }

    /// The node it needs, when values are counted on after the parameters.
    pub(super) fn node(self, parameters: usize) -> usize {
        match self {
            Self::Taken(parameter) | Self::MoreThan(parameter, _) => parameter,
            Self::Holds(value) => parameters + value,
        }
    }
}

/// Where a section was met.
#[derive(Clone, Copy)]
pub(super) struct Met {
    pub(super) index: usize,
    parent: Option<usize>,
    kind: SectionKind,
    /// Its number, of the number of times it may be there.
    times: Option<(usize, usize)>,
}

/// Meets every section, details before the order's own operations, and each detail before its
/// operations: always in the same order, so that an index means the same each time.
pub(super) fn walk(root: &Reader<'_>, meet: &mut dyn FnMut(&Reader<'_>, Met)) {
    let mut index = 0;
    let mut meet_next = |reader: &Reader<'_>, parent, kind, times| {
        let met = Met {
            index,
            parent,
            kind,
            times,
        };
        index += 1;
        let inside = Reader {
            node: reader.node,
            mistakes: reader.mistakes,
            section: Some(met.index),
        };
        meet(&inside, met);
        met.index
    };
    root.each("details", limits::SECTIONS, &mut |detail| {
        let most = times(&detail);
        for number in 1..=most.unwrap_or(1) {
            let times = most.map(|most| (number, most));
            let parent = meet_next(&detail, None, SectionKind::Detail, times);
            detail.each("operations", limits::SECTIONS, &mut |operation| {
                meet_next(&operation, Some(parent), SectionKind::Operation, None);
            });
        }
    });
    root.each("operations", limits::SECTIONS, &mut |operation| {
        meet_next(&operation, None, SectionKind::Operation, None);
    });
}

/// How often a detail may be there, when it repeats.
fn times(detail: &Reader<'_>) -> Option<usize> {
    let repeat = detail.optional("repeat")?;
    let most = repeat.field("max")?;
    let most = most.noted(most.node.integer::<usize>()).unwrap_or(1);
    repeat.within(limits::REPEATS, most);
    Some(most.clamp(1, limits::REPEATS.most))
}

/// Reads what the order and its sections ask and compute.
pub(super) fn read(root: &Reader<'_>, groups: &[Group]) -> Drafts {
    let mut drafts = Drafts::default();
    parameters::read(root, ("", None), groups, &mut drafts);
    rules::values(root, ("", None), &mut drafts);
    walk(root, &mut |reader, met| {
        section(reader, met, groups, &mut drafts);
    });
    drafts
}

fn section(reader: &Reader<'_>, met: Met, groups: &[Group], drafts: &mut Drafts) {
    reader.within(limits::SECTIONS, met.index + 1);
    let own: &[&str] = match met.kind {
        SectionKind::Detail => &["operations", "repeat"],
        SectionKind::Operation => &[],
    };
    reader.only(&[&FIELDS, own].concat());
    let around = met
        .parent
        .map_or("", |parent| &drafts.surroundings[parent].prefix);
    let plain = [around, &reader.key("key")].concat();
    let path = match met.times {
        Some((number, _)) => [&plain, ".", &number.to_string()].concat(),
        None => plain.clone(),
    };
    drafts.surroundings.push(Surroundings {
        prefix: [&path, "."].concat(),
        parent: met.parent,
    });
    drafts
        .pointers
        .push([&reader.node.pointer(), "/key"].concat());
    drafts.sections.push(Section {
        key: path.clone(),
        kind: met.kind,
        name: reader.texts("name"),
        hint: reader.optional_texts("hint"),
        help: reader.optional_texts("help"),
        parent: met.parent,
        switch: None,
        repeated: None,
        group: groups::of(reader, groups),
    });
    let guard = guard(reader, met, &plain, drafts);
    drafts.guards.push(guard);
    let inside = [&path, "."].concat();
    parameters::read(reader, (&inside, guard), groups, drafts);
    rules::values(reader, (&inside, guard), drafts);
}

/// What has to hold for the section to be there: asks for it where a buyer decides.
fn guard(reader: &Reader<'_>, met: Met, path: &str, drafts: &mut Drafts) -> Option<Guard> {
    let around = met.parent.and_then(|parent| drafts.guards[parent]);
    let optional = reader.optional_flag("optional").unwrap_or(false);
    if !optional {
        for field in ["default", "required"] {
            if let Some(field) = reader.optional(field) {
                field.refuse("no such field without `\"optional\": true`");
            }
        }
    }
    match met.times {
        Some(_) if optional => {
            reader.missing(
                "either `optional` or `repeat`; with a `min` of 0 a detail may be left out",
            );
            None
        }
        Some((number, most)) => {
            let count = match number {
                1 => count(reader, (path, around), (met, most), drafts),
                _ => drafts.repeated.last().map_or(0, |repeated| repeated.count),
            };
            if let Some(repeated) = drafts.repeated.last_mut() {
                repeated.sections.push(met.index);
            }
            drafts.sections[met.index].repeated = Some(crate::Repeated { count, number });
            Some(Guard::MoreThan(count, number - 1))
        }
        None if optional => {
            let switch = drafts.asked.len();
            drafts.sections[met.index].switch = Some(switch);
            let asked = switch_of(reader, (path, around), met);
            drafts.asked.push(asked);
            Some(Guard::Taken(switch))
        }
        None => match reader.optional_source("available") {
            Some(available) => {
                let value = drafts.values.len();
                drafts.values.push(ValueDraft {
                    info: ValueInfo {
                        key: path.to_owned(),
                        name: None,
                        unit: None,
                        section: Some(met.index),
                        date: false,
                    },
                    pointer: [&reader.node.pointer(), "/key"].concat(),
                    guard: around,
                    is: outside(available, met.parent),
                });
                Some(Guard::Holds(value))
            }
            None => around,
        },
    }
}

/// A section's own rules see the names around it.
fn outside(mut source: Source, parent: Option<usize>) -> Source {
    source.section = parent;
    source
}

fn switch_of(reader: &Reader<'_>, (path, guard): (&str, Option<Guard>), met: Met) -> Asked {
    let default = reader.optional_flag("default").unwrap_or(false);
    let rule = |name: &str| {
        let source = reader.optional_source(name)?;
        Some(outside(source, met.parent))
    };
    let mut parameter = asked_for(reader, path, Kind::YesNo, Answer::Flag(default), met.index);
    parameter.fixed = Some(Answer::Flag(true)).filter(|_| reader.optional("required").is_some());
    Asked {
        pointer: [&reader.node.pointer(), "/key"].concat(),
        parameter,
        ask: AskDraft {
            guard,
            default: Some(Effective::Flag(default)),
            available: rule("available"),
            fixed: rule("required").map(|rule| (Some(rule), Effective::Flag(true))),
            ..AskDraft::new()
        },
    }
}

fn count(
    reader: &Reader<'_>,
    (path, guard): (&str, Option<Guard>),
    (met, most): (Met, usize),
    drafts: &mut Drafts,
) -> usize {
    let repeat = reader.optional("repeat");
    let number = |name: &str| {
        let field = repeat.as_ref()?.optional(name)?;
        field.noted(field.node.integer::<usize>())
    };
    if let Some(repeat) = &repeat {
        repeat.only(&["min", "max", "default", "name"]);
    }
    let least = number("min").unwrap_or(1);
    let default = number("default").unwrap_or(least);
    if let Some(repeat) = &repeat
        && !(least <= default && default <= most)
    {
        repeat.refuse("a minimum of at most the default, and that of at most the maximum");
    }
    let numeric = Numeric {
        min: Decimal::from(least),
        max: Decimal::from(most),
        multiple: None,
        whole: true,
        unit: None,
        suggest: Vec::new(),
        only: Vec::new(),
        view: crate::NumberView::Stepper,
    };
    let default = Decimal::from(default);
    let available = reader.optional_source("available");
    let mut parameter = asked_for(
        reader,
        path,
        Kind::Number(numeric),
        Answer::Number(default),
        met.index,
    );
    // It is asked where the detail stands.
    parameter.group = drafts.sections[met.index].group;
    if let Some(name) = repeat.and_then(|repeat| repeat.optional_texts("name")) {
        parameter.name = name;
    }
    let count = drafts.asked.len();
    drafts.asked.push(Asked {
        pointer: [&reader.node.pointer(), "/key"].concat(),
        parameter,
        ask: AskDraft {
            guard,
            default: Some(Effective::Number(default)),
            available: available.map(|source| outside(source, met.parent)),
            ..AskDraft::new()
        },
    });
    drafts.repeated.push(Repeated {
        count,
        sections: Vec::new(),
    });
    count
}

/// The parameter that a section itself is asked for with.
fn asked_for(
    reader: &Reader<'_>,
    path: &str,
    kind: Kind,
    default: Answer,
    section: usize,
) -> Parameter {
    Parameter {
        key: path.to_owned(),
        name: reader.texts("name"),
        hint: reader.optional_texts("hint"),
        help: reader.optional_texts("help"),
        kind,
        default: Some(default),
        fixed: None,
        required: false,
        hidden: false,
        section: Some(section),
        group: None,
    }
}
