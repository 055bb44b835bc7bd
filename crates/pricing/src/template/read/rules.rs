//! Named values, rules and lines: checked in the order of what they need, and put together.

use std::cell::{Cell, RefCell};

use super::parameters::AskDraft;
use super::plan::{self, Plan};
use super::reader::Reader;
use super::sections::{self, Drafts, Guard};
use super::source::Source;
use super::{Read, Refusal, calendar, limits, lines};
use crate::engine::{Ask, Draft, Fixed, Forbid};
use crate::expression::{
    Axis, Checker, Compiled, Flag, Number, Repeated, Scope, Surroundings, Symbol, Type,
};
use crate::names;
use crate::{Decimal, LineInfo, Parameter, TableInfo, TemplateError, ValueInfo};

/// A named value as read.
pub(super) struct ValueDraft {
    pub(super) info: ValueInfo,
    /// The place of its key.
    pub(super) pointer: String,
    pub(super) is: Source,
    /// What has to hold for the section it belongs to.
    pub(super) guard: Option<Guard>,
}

/// What is compiled together.
pub(super) struct Whole<'t> {
    pub(super) parameters: &'t [Parameter],
    pub(super) asks: Vec<AskDraft>,
    pub(super) values: &'t [ValueDraft],
    pub(super) sections: Sections<'t>,
    pub(super) quantity: Option<usize>,
    pub(super) tables: &'t [TableInfo],
}

/// The details and operations, as rules see them.
#[derive(Clone, Copy)]
pub(super) struct Sections<'t> {
    pub(super) guards: &'t [Option<Guard>],
    pub(super) surroundings: &'t [Surroundings],
    pub(super) repeated: &'t [Repeated],
}

/// Reads the named values of the order or of a section, whose path stands in front of their keys.
pub(super) fn values(
    root: &Reader<'_>,
    (prefix, guard): (&str, Option<Guard>),
    drafts: &mut Drafts,
) {
    root.each("values", limits::VALUES, &mut |reader| {
        reader.only(&["key", "is", "name", "unit"]);
        drafts.values.push(ValueDraft {
            info: ValueInfo {
                key: [prefix, &reader.key("key")].concat(),
                name: reader.optional_texts("name"),
                unit: reader.optional_texts("unit"),
                section: reader.section,
                date: false,
            },
            pointer: [&reader.node.pointer(), "/key"].concat(),
            is: reader.source("is"),
            guard,
        });
        reader.within(limits::VALUES, drafts.values.len());
    });
}

/// What was compiled together.
pub(super) struct CompiledWhole {
    pub(super) draft: Draft,
    pub(super) lines: Vec<LineInfo>,
    /// By line: where it stands.
    pub(super) places: Vec<String>,
    /// By named value: whether it is a day.
    pub(super) dates: Vec<bool>,
    /// What no answer changes.
    pub(super) fixed: Fixed,
}

/// Checks every rule and puts them together.
pub(super) fn compile(root: &Reader<'_>, whole: Whole<'_>) -> Read<CompiledWhole> {
    let Whole {
        parameters,
        asks,
        values,
        sections,
        quantity,
        tables,
    } = whole;
    let symbols = plan::symbols(parameters, values, sections);
    let plan = Plan::new(&symbols, &asks, values, quantity)
        .map_err(|circle| cycle(&circle, parameters, values))?;
    root.within(limits::UNROLLED, symbols.unrolled.get());
    root.mistakes.check()?;
    let changes: Box<[bool]> = asks
        .iter()
        .enumerate()
        .map(|(index, ask)| plan.changes(&symbols, index, ask))
        .collect();
    let mut scope = Scope {
        parameters,
        symbols,
        table_names: names::sorted(tables.iter().map(|table| table.key.as_str())),
        axes: tables
            .iter()
            .map(|table| table.axes.iter().map(Axis::new).collect())
            .collect(),
        value_types: vec![Type::Number; values.len()],
        value_dates: vec![false; values.len()],
        weight: Cell::new(0),
        earlier: RefCell::default(),
    };
    let compiled = compile_values(root, &mut scope, values, &plan);
    root.mistakes.check()?;
    let lines::Lines {
        infos: lines,
        rules,
        places,
        fixed,
    } = lines::read(root, &scope, values, sections, &plan);
    let weight = root.optional_source("weight");
    let draft = Draft {
        weight: weight.map(|weight| root.number(&weight, &scope)),
        production: lines::production(root, &scope),
        required: required(root, &scope, &asks, quantity),
        asks: compile_asks(root, &scope, asks),
        values: compiled,
        steps: plan.steps().collect(),
        per_run: plan.per_run(&changes).collect(),
        changes,
        forbids: forbids(root, &scope, &plan, sections),
        rules,
        quantity,
        calendar: calendar::read(root),
    };
    root.mistakes.check()?;
    Ok(CompiledWhole {
        draft,
        lines,
        places,
        dates: scope.value_dates,
        fixed: Fixed {
            values: plan.fixed_values(),
            lines: fixed,
        },
    })
}

fn cycle(circle: &[usize], parameters: &[Parameter], values: &[ValueDraft]) -> Refusal {
    let key = |node: &usize| match node.checked_sub(parameters.len()) {
        Some(value) => values[value].info.key.clone(),
        None => parameters[*node].key.clone(),
    };
    Box::new(TemplateError::Cycle {
        path: circle.iter().map(key).collect(),
    })
}

/// In the order of need, so that each type is known before it is used.
fn compile_values(
    root: &Reader<'_>,
    scope: &mut Scope<'_>,
    values: &[ValueDraft],
    plan: &Plan,
) -> Box<[Compiled]> {
    let nothing = |_| Compiled::Flag(Flag::Constant(false));
    let mut compiled: Box<[Compiled]> = (0..values.len()).map(nothing).collect();
    for index in plan.values() {
        let value = root.value(&values[index].is, scope);
        scope.value_types[index] = match value {
            Compiled::Number(_) => Type::Number,
            Compiled::Flag(_) => Type::Flag,
        };
        let section = values[index].is.section;
        scope.value_dates[index] = Checker::new(scope, section).is_date(&values[index].is.expr);
        compiled[index] = if_there(values[index].guard, value);
    }
    compiled
}

/// What stands in a section that is not there reads as nothing, and cannot fail.
fn if_there(guard: Option<Guard>, value: Compiled) -> Compiled {
    match (guard, value) {
        (None, value) => value,
        (Some(guard), Compiled::Number(number)) => Compiled::Number(Number::If(Box::new((
            guard.flag(),
            number,
            Number::Constant(Decimal::ZERO),
        )))),
        (Some(_), Compiled::Flag(flag)) => Compiled::Flag(both(guard, flag)),
    }
}

/// A section's condition, then another one.
pub(super) fn both(guard: Option<Guard>, flag: Flag) -> Flag {
    match (guard, flag) {
        (None, flag) => flag,
        (Some(guard), Flag::Constant(true)) => guard.flag(),
        (Some(guard), flag) => Flag::All(Box::new([guard.flag(), flag])),
    }
}

fn compile_asks(root: &Reader<'_>, scope: &Scope<'_>, drafts: Vec<AskDraft>) -> Box<[Ask]> {
    let mut asks = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut value_rules = Vec::with_capacity(draft.value_rules.len());
        for (index, rule, reason) in draft.value_rules {
            value_rules.push((index, root.flag(&rule, scope), reason));
        }
        let needs = draft.value_needs.iter();
        let fixed = draft.fixed.map(|(rule, fixed)| {
            let rule = rule.map_or(Flag::Constant(true), |rule| root.flag(&rule, scope));
            (rule, fixed)
        });
        let available = draft.available.map(|rule| root.flag(&rule, scope));
        asks.push(Ask {
            available: match (draft.guard, available) {
                (guard, Some(rule)) => Some(both(guard, rule)),
                (Some(guard), None) => Some(guard.flag()),
                (None, None) => None,
            },
            value_rules: value_rules.into(),
            value_needs: needs
                .map(|(index, rule)| (*index, root.flag(rule, scope)))
                .collect(),
            fixed,
            default: draft.default,
        });
    }
    asks.into()
}

/// The rules of requirement that can hold; what counts the pieces is always required.
fn required(
    root: &Reader<'_>,
    scope: &Scope<'_>,
    asks: &[AskDraft],
    quantity: Option<usize>,
) -> Box<[(usize, Flag)]> {
    let mut required = Vec::new();
    for (index, ask) in asks.iter().enumerate() {
        let rule = ask.required.as_ref().map(|rule| root.flag(rule, scope));
        match rule {
            _ if quantity == Some(index) => required.push((index, Flag::Constant(true))),
            None | Some(Flag::Constant(false)) => {}
            Some(rule) => required.push((index, rule)),
        }
    }
    required.into()
}

fn forbids(
    root: &Reader<'_>,
    scope: &Scope<'_>,
    plan: &Plan,
    sections: Sections<'_>,
) -> Box<[Forbid]> {
    let mut forbids = Vec::new();
    let mut read = |around: &Reader<'_>, guard: Option<Guard>| {
        around.each("forbid", limits::FORBIDS, &mut |reader| {
            reader.only(&["when", "message", "parameters"]);
            let when = reader.source("when");
            forbids.push(Forbid {
                changes: plan.changes_rule(&scope.symbols, &when) || plan.changes_guard(guard),
                when: both(guard, reader.flag(&when, scope)),
                message: reader.texts("message"),
                parameters: parameters_of(&reader, scope),
            });
            reader.within(limits::FORBIDS, forbids.len());
        });
    };
    read(root, None);
    sections::walk(root, &mut |section, met| {
        read(section, sections.guards[met.index]);
    });
    forbids.into()
}

fn parameters_of(reader: &Reader<'_>, scope: &Scope<'_>) -> Box<[usize]> {
    let mut parameters = Vec::new();
    if let Some(list) = reader.optional("parameters") {
        list.items(
            &mut |item| match scope.symbols.get(item.as_text(), item.section) {
                Some(Symbol::Parameter(index)) => parameters.push(index),
                _ => item.refuse("the key of a parameter"),
            },
        );
    }
    parameters.into()
}
