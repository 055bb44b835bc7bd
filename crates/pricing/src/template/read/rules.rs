//! Named values, rules and lines: checked in the order of what they need, and put together.

use std::cell::Cell;

use super::parameters::AskDraft;
use super::plan::{self, Plan};
use super::source::{self, Source};
use super::{Read, at_most, key, limits, lines, texts};
use crate::engine::{Ask, Forbid, Program, Table};
use crate::expression::{Checker, Compiled, Flag, Scope, Symbol, Type};
use crate::json::{FromJson, Node};
use crate::names;
use crate::{LineInfo, Parameter, TableInfo, TemplateError, Texts, ValueInfo};

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

pub(super) fn values(root: &Node<'_, '_>) -> Read<Vec<ValueDraft>> {
    let list = root.optional("values")?;
    let nodes = at_most(&list, "values", limits::VALUES)?;
    let mut values = Vec::with_capacity(nodes.len());
    for node in &nodes {
        node.only(&["key", "is", "name", "unit"])?;
        let info = ValueInfo {
            key: key(&node.field("key")?)?,
            name: texts(node, "name")?,
            unit: texts(node, "unit")?,
        };
        values.push(ValueDraft {
            info,
            is: source::source(&node.field("is")?)?,
        });
    }
    Ok(values)
}

/// Checks every rule and puts the program together, all but the tables.
pub(super) fn compile(root: &Node<'_, '_>, drafts: Drafts<'_>) -> Read<(Program, Vec<LineInfo>)> {
    let Drafts {
        parameters,
        asks,
        values,
        quantity,
        tables: (infos, tables),
    } = drafts;
    let symbols = plan::symbols(parameters, values)?;
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
    };
    let compiled = compile_values(&mut scope, values, &plan)?;
    let (line_infos, rules): (Vec<_>, Vec<_>) =
        lines::read(root, &scope, values)?.into_iter().unzip();
    let program = Program {
        defaults: asks.iter().map(|ask| ask.default.clone()).collect(),
        required: required(&scope, &asks, quantity)?,
        asks: asks
            .into_iter()
            .map(|ask| compile_ask(&scope, ask))
            .collect::<Read<_>>()?,
        by_key: names::owned(&names::sorted(
            parameters.iter().map(|parameter| parameter.key.as_str()),
        )),
        values: compiled,
        steps: plan.steps().collect(),
        per_run: plan.per_run(&changes).collect(),
        changes,
        forbids: forbids(root, &scope, &plan)?,
        rules: rules.into(),
        tables: Box::default(),
        quantity,
    };
    Ok((program, line_infos))
}

fn cycle(circle: &[usize], parameters: &[Parameter], values: &[ValueDraft]) -> TemplateError {
    let key = |node: &usize| match node.checked_sub(parameters.len()) {
        Some(value) => values[value].info.key.clone(),
        None => parameters[*node].key.clone(),
    };
    TemplateError::Cycle {
        path: circle.iter().map(key).collect(),
    }
}

/// In the order of need, so that each type is known before it is used.
fn compile_values(
    scope: &mut Scope<'_>,
    values: &[ValueDraft],
    plan: &Plan,
) -> Read<Box<[Compiled]>> {
    let mut compiled: Vec<Option<Compiled>> = vec![None; values.len()];
    for index in plan.values() {
        let value = values[index].is.checked(scope, Checker::value)?;
        scope.value_types[index] = match value {
            Compiled::Number(_) => Type::Number,
            Compiled::Flag(_) => Type::Flag,
        };
        compiled[index] = Some(value);
    }
    Ok(compiled.into_iter().flatten().collect())
}

fn compile_ask(scope: &Scope<'_>, draft: AskDraft) -> Read<Ask> {
    let value_rules = draft.value_rules.into_iter();
    let value_rules =
        value_rules.map(|(index, rule, reason)| Ok((index, rule.flag(scope)?, reason)));
    Ok(Ask {
        available: draft.available.map(|rule| rule.flag(scope)).transpose()?,
        value_rules: value_rules.collect::<Read<_>>()?,
        reading: draft.reading,
    })
}

/// The rules of requirement that can hold; what counts the pieces is always required.
fn required(
    scope: &Scope<'_>,
    asks: &[AskDraft],
    quantity: Option<usize>,
) -> Read<Box<[(usize, Flag)]>> {
    let mut required = Vec::new();
    for (index, ask) in asks.iter().enumerate() {
        let rule = ask
            .required
            .as_ref()
            .map(|rule| rule.flag(scope))
            .transpose()?;
        match rule {
            _ if quantity == Some(index) => required.push((index, Flag::Constant(true))),
            None | Some(Flag::Constant(false)) => {}
            Some(rule) => required.push((index, rule)),
        }
    }
    Ok(required.into())
}

fn forbids(root: &Node<'_, '_>, scope: &Scope<'_>, plan: &Plan) -> Read<Box<[Forbid]>> {
    let list = root.optional("forbid")?;
    let nodes = at_most(&list, "forbidden combinations", limits::FORBIDS)?;
    let forbid = |node: &Node<'_, '_>| {
        node.only(&["when", "message", "parameters"])?;
        let when = source::source(&node.field("when")?)?;
        Ok(Forbid {
            changes: plan.changes_rule(&scope.symbols, &when.expr),
            when: when.flag(scope)?,
            message: Texts::from_json(&node.field("message")?)?,
            parameters: parameters_of(node, scope)?,
        })
    };
    nodes.iter().map(forbid).collect()
}

fn parameters_of(node: &Node<'_, '_>, scope: &Scope<'_>) -> Read<Box<[usize]>> {
    let Some(list) = node.optional("parameters")? else {
        return Ok(Box::default());
    };
    let parameter = |node: Node<'_, '_>| match scope.symbols.get(node.text()?) {
        Some(Symbol::Parameter(index)) => Ok(index),
        _ => Err(node.error("the key of a parameter").into()),
    };
    list.items()?.map(parameter).collect()
}
