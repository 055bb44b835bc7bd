//! JSON to a compiled template.
//!
//! First everything is read that stands for itself (parameters, tables, texts of expressions);
//! then the rules are ordered by what they need, and checked in that order, so that the type of
//! a named value is known where it is used.

mod examples;
mod lines;
mod parameters;
mod plan;
mod rules;
mod source;
mod tables;

use super::{Parts, Template, TemplateError};
use crate::expression::Flag;
use crate::json::{FromJson, Json, JsonError, Node};
use crate::names;
use crate::{Kind, Texts};
use parameters::Asked;

/// How much of each a template may have; what it costs to load and price follows from these.
pub(crate) mod limits {
    pub(crate) const PARAMETERS: usize = 5_000;
    pub(crate) const CHOICE_VALUES: usize = 50_000;
    pub(crate) const VALUES: usize = 5_000;
    pub(crate) const TABLES: usize = 1_000;
    pub(crate) const AXES: usize = 8;
    pub(crate) const CELLS: usize = 1_000_000;
    pub(crate) const LINES: usize = 2_000;
    pub(crate) const FORBIDS: usize = 2_000;
    pub(crate) const EXAMPLES: usize = 1_000;
    pub(crate) const EXPRESSION_LENGTH: usize = 4_000;
    /// Values of choices that all expressions together are matched with.
    pub(crate) const MATCHED_VALUES: usize = 2_000_000;
    pub(crate) const KEY_LENGTH: usize = 64;
}

const FIELDS: [&str; 11] = [
    "format",
    "key",
    "name",
    "currency",
    "quantity",
    "parameters",
    "forbid",
    "values",
    "tables",
    "lines",
    "examples",
];

type Read<T> = Result<T, TemplateError>;

/// Reads a whole template.
pub(crate) fn template(json: &Json) -> Read<Template> {
    let root = Node::root(json);
    root.only(&FIELDS)?;
    let format = root.field("format")?;
    if format.integer::<u32>().ok() != Some(1) {
        return Err(format.error("the format 1").into());
    }
    let asked = parameters::read(&root)?;
    let quantity = quantity(&root, &asked)?;
    let (mut parameters, asks): (Vec<_>, Vec<_>) = asked
        .into_iter()
        .map(|asked| (asked.parameter, asked.ask))
        .unzip();
    let (table_infos, tables): (Vec<_>, Vec<_>) = tables::read(&root)?.into_iter().unzip();
    let values = rules::values(&root)?;
    let drafts = rules::Drafts {
        parameters: &parameters,
        asks,
        values: &values,
        quantity,
        tables: (&table_infos, &tables),
    };
    let (mut program, lines) = rules::compile(&root, drafts)?;
    program.tables = tables.into();
    for (parameter, rule) in &program.required {
        parameters[*parameter].required = matches!(rule, Flag::Constant(true));
    }
    let parts = Parts {
        key: dashed_key(&root.field("key")?)?,
        name: Texts::from_json(&root.field("name")?)?,
        currency: currency(&root.field("currency")?)?,
        examples: examples::read(&root)?,
        values: values.into_iter().map(|draft| draft.info).collect(),
        tables: table_infos,
        parameters,
        lines,
    };
    Ok(Template::new(parts, program))
}

/// The parameter that counts pieces: the named one, else the only one of kind `run`.
fn quantity(root: &Node<'_, '_>, asked: &[Asked]) -> Read<Option<usize>> {
    let is_run = |asked: &Asked| matches!(asked.parameter.kind, Kind::Run(_));
    let runs = asked.iter().filter(|asked| is_run(asked)).count();
    let quantity = match root.optional("quantity")? {
        Some(node) => {
            let key = node.text()?;
            let counts = |asked: &Asked| {
                asked.parameter.key == key && asked.parameter.kind.numeric().is_some()
            };
            let expected = "the key of a parameter of kind run, pages or number";
            Some(
                asked
                    .iter()
                    .position(counts)
                    .ok_or_else(|| node.error(expected))?,
            )
        }
        None if runs > 1 => {
            let expected = "a field `quantity` that names one of the parameters of kind run";
            return Err(missing(root, expected).into());
        }
        None => asked.iter().position(is_run),
    };
    if let Some(rule) = quantity.and_then(|index| asked[index].ask.available.as_ref()) {
        let expected = "no rule, because this parameter counts the pieces".to_owned();
        let found = "a rule".to_owned();
        return Err(JsonError {
            pointer: rule.pointer.clone(),
            expected,
            found,
        }
        .into());
    }
    Ok(quantity)
}

fn missing(node: &Node<'_, '_>, expected: &str) -> JsonError {
    JsonError {
        pointer: node.pointer(),
        expected: expected.to_owned(),
        found: "none".to_owned(),
    }
}

/// The items of a list that may be missing, at most so many.
fn at_most<'v, 's>(
    node: &'s Option<Node<'v, 's>>,
    what: &'static str,
    limit: usize,
) -> Read<Vec<Node<'v, 's>>> {
    let Some(node) = node else {
        return Ok(Vec::new());
    };
    let items = node.items()?;
    within(node, what, limit, items.len())?;
    Ok(items.collect())
}

fn within(node: &Node<'_, '_>, what: &'static str, limit: usize, found: usize) -> Read<()> {
    if found > limit {
        return Err(TemplateError::Limit {
            pointer: node.pointer(),
            what,
            limit,
            found,
        });
    }
    Ok(())
}

/// A key that expressions may name: `[a-z][a-z0-9_]*`.
fn key(node: &Node<'_, '_>) -> Result<String, JsonError> {
    let text = node.text()?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let starts = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
    if starts && text.bytes().all(plain) && text.len() <= limits::KEY_LENGTH {
        Ok(text.to_owned())
    } else {
        Err(node.error("a key: a small letter, then small letters, digits and _, at most 64"))
    }
}

fn dashed_key(node: &Node<'_, '_>) -> Result<String, JsonError> {
    let text = node.text()?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !text.is_empty() && text.bytes().all(plain) && text.len() <= limits::KEY_LENGTH {
        Ok(text.to_owned())
    } else {
        Err(node.error("a key: small letters, digits and -, at most 64"))
    }
}

fn currency(node: &Node<'_, '_>) -> Result<String, JsonError> {
    let text = node.text()?;
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(text.to_owned())
    } else {
        Err(node.error("a currency code of three capital letters such as \"EUR\""))
    }
}

/// Refuses the second of two equal keys.
fn unique(keys: &[(&str, usize)], place: impl Fn(usize) -> String) -> Result<(), JsonError> {
    match names::doubled(keys) {
        None => Ok(()),
        Some((key, at)) => Err(JsonError {
            pointer: place(at),
            expected: "each key once".to_owned(),
            found: format!("`{key}` again"),
        }),
    }
}

fn texts(node: &Node<'_, '_>, field: &str) -> Result<Option<Texts>, JsonError> {
    node.optional(field)?
        .map(|node| Texts::from_json(&node))
        .transpose()
}

fn named<T: Copy>(
    node: &Node<'_, '_>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, JsonError> {
    let text = node.text()?;
    let found = all.iter().copied().find(|item| name(*item) == text);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|item| name(*item)).collect();
        node.error(format!("one of {}", names.join(", ")))
    })
}
