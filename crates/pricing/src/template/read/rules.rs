//! Named values, rules and lines: checked in the order of what they need, and put together.

use std::cell::{Cell, RefCell};

use super::parameters::AskDraft;
use super::plan::{self, Plan};
use super::reader::Reader;
use super::source::Source;
use super::{Read, Refusal, limits, lines};
use crate::engine::{Ask, Forbid, Program, Table};
use crate::expression::{Compiled, Flag, Scope, Symbol, Type};
use crate::names;
use crate::{LineInfo, Parameter, TableInfo, TemplateError, ValueInfo};

/// A named value as read.
pub(super) struct ValueDraft {
    pub(super) info: ValueInfo,
    pub(super) is: Source,
}

/// What is compiled together.
pub(super) struct Drafts<'t> {
    pub(super) parameters: &'t [Parameter],
    pub(super) asks: Vec<AskDraft>,
    pub(super) values: &'t [ValueDraft],
    pub(super) quantity: Option<usize>,
    pub(super) tables: (&'t [TableInfo], &'t [Table]),
}

pub(super) fn values(root: &Reader<'_>) -> Vec<ValueDraft> {
    let mut values = Vec::new();
    root.each("values", limits::VALUES, &mut |reader| {
        reader.only(&["key", "is", "name", "unit"]);
        values.push(ValueDraft {
            info: ValueInfo {
                key: reader.key("key"),
                name: reader.optional_texts("name"),
                unit: reader.optional_texts("unit"),
            },
            is: reader.source("is"),
        });
    });
    values
}

/// Checks every rule and puts the program together, all but the tables.
pub(super) fn compile(root: &Reader<'_>, drafts: Drafts<'_>) -> Read<(Program, Vec<LineInfo>)> {
    let Drafts {
        parameters,
        asks,
        values,
        quantity,
        tables: (infos, tables),
    } = drafts;
    let symbols = plan::symbols(root.mistakes, parameters, values);
    root.mistakes.check()?;
    let plan = Plan::new(&symbols, &asks, values, quantity)
        .map_err(|circle| cycle(&circle, parameters, values))?;
    let changes: Box<[bool]> = asks
        .iter()
        .enumerate()
        .map(|(index, ask)| plan.changes(&symbols, index, ask))
        .collect();
    let mut scope = Scope {
        parameters,
        symbols,
        table_names: names::sorted(infos.iter().map(|info| info.key.as_str())),
        tables,
        value_types: vec![Type::Number; values.len()],
        weight: Cell::new(0),
        earlier: RefCell::default(),
    };
    let compiled = compile_values(root, &mut scope, values, &plan);
    root.mistakes.check()?;
    let keys = names::sorted(parameters.iter().map(|parameter| parameter.key.as_str()));
    let (lines, rules) = lines::read(root, &scope, values);
    let weight = root.optional_source("weight");
    let program = Program {
        weight: weight.map(|weight| root.number(&weight, &scope)),
        production: lines::production(root, &scope),
        defaults: asks.iter().map(|ask| ask.default.clone()).collect(),
        required: required(root, &scope, &asks, quantity),
        asks: compile_asks(root, &scope, asks),
        by_key: names::owned(&keys),
        values: compiled,
        steps: plan.steps().collect(),
        per_run: plan.per_run(&changes).collect(),
        changes,
        forbids: forbids(root, &scope, &plan),
        rules,
        tables: Box::default(),
        quantity,
    };
    root.mistakes.check()?;
    Ok((program, lines))
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
        compiled[index] = value;
    }
    compiled
}

fn compile_asks(root: &Reader<'_>, scope: &Scope<'_>, drafts: Vec<AskDraft>) -> Box<[Ask]> {
    let mut asks = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut value_rules = Vec::with_capacity(draft.value_rules.len());
        for (index, rule, reason) in draft.value_rules {
            value_rules.push((index, root.flag(&rule, scope), reason));
        }
        asks.push(Ask {
            available: draft.available.map(|rule| root.flag(&rule, scope)),
            value_rules: value_rules.into(),
            reading: draft.reading,
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

fn forbids(root: &Reader<'_>, scope: &Scope<'_>, plan: &Plan) -> Box<[Forbid]> {
    let mut forbids = Vec::new();
    root.each("forbid", limits::FORBIDS, &mut |reader| {
        reader.only(&["when", "message", "parameters"]);
        let when = reader.source("when");
        forbids.push(Forbid {
            changes: plan.changes_rule(&scope.symbols, &when.expr),
            when: reader.flag(&when, scope),
            message: reader.texts("message"),
            parameters: parameters_of(&reader, scope),
        });
    });
    forbids.into()
}

fn parameters_of(reader: &Reader<'_>, scope: &Scope<'_>) -> Box<[usize]> {
    let mut parameters = Vec::new();
    if let Some(list) = reader.optional("parameters") {
        list.items(&mut |item| match scope.symbols.get(item.as_text()) {
            Some(Symbol::Parameter(index)) => parameters.push(index),
            _ => item.refuse("the key of a parameter"),
        });
    }
    parameters.into()
}
