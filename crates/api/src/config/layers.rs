//! Merges the layers of settings into one table: defaults, file, environment.
//!
//! A variable names a path: `TIRAGE__SHOP__NAME` is `shop.name`. Inside a list of tables a step is
//! the entry's `id` or `key`, with dashes written as underscores. The text of a variable takes the
//! type that the layer below has at that place; a place that is new stays text.

use std::fs;

use toml::{Table, Value};

use super::{Problem, Sources};

const DEFAULTS: &str = include_str!("../../config.default.toml");
const PREFIX: &str = "TIRAGE__";
/// Sections that are lists of entries.
const LISTS: &[&str] = &["products", "categories", "connections"];

/// All layers in one table; what cannot be read is noted and passed over.
pub(super) fn merge(sources: &Sources, problems: &mut Vec<Problem>) -> Table {
    let mut table = parse(DEFAULTS, "the built-in defaults", problems);
    if let Some(path) = &sources.file {
        let name = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => overlay(&mut table, parse(&text, &name, problems)),
            Err(error) => problems.push(Problem::text(name, format!("cannot be read: {error}"))),
        }
    }
    for name in LISTS {
        table
            .entry(*name)
            .or_insert_with(|| Value::Array(Vec::new()));
    }
    let mut variables: Vec<(Vec<String>, &str, &str)> = sources
        .environment
        .iter()
        .filter_map(|(name, text)| {
            let path = name.strip_prefix(PREFIX)?.to_lowercase();
            let steps = path.split("__").map(str::to_owned).collect();
            Some((steps, name.as_str(), text.as_str()))
        })
        .collect();
    // A changed `kind` clears its section, so it has to come before the section's other fields.
    variables.sort_by_key(|(steps, ..)| {
        (
            steps.last().is_none_or(|step| step != "kind"),
            steps.clone(),
        )
    });
    for (steps, name, text) in variables {
        if let Err(expected) = set(&mut table, &steps, text) {
            problems.push(Problem::text(name, format!("expected {expected}")));
        }
    }
    table
}

/// Hides every secret that is set.
pub(super) fn redact(table: &mut Table) {
    if let Some(url) = table
        .get_mut("database")
        .and_then(|section| section.get_mut("url"))
    {
        *url = hidden();
    }
    let connections = table.get_mut("connections").and_then(Value::as_array_mut);
    for connection in connections.into_iter().flatten() {
        if let Some(key) = connection.get_mut("api_key") {
            *key = hidden();
        }
    }
}

fn hidden() -> Value {
    Value::String("(hidden)".to_owned())
}

fn parse(text: &str, name: &str, problems: &mut Vec<Problem>) -> Table {
    text.parse().unwrap_or_else(|error: toml::de::Error| {
        let line = error
            .span()
            .map_or(0, |span| text[..span.start].lines().count().max(1));
        let message = format!("line {line}: {}", error.message());
        problems.push(Problem::text(name, message));
        Table::new()
    })
}

fn overlay(base: &mut Table, over: Table) {
    clear_other_kind(base, over.get("kind"));
    for (name, value) in over {
        match (base.get_mut(&name), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (_, value) => {
                base.insert(name, value);
            }
        }
    }
}

/// Fields of another kind mean nothing to the new one.
fn clear_other_kind(base: &mut Table, kind: Option<&Value>) {
    if kind.is_some_and(|kind| base.get("kind").is_some_and(|below| below != kind)) {
        base.clear();
    }
}

fn set(table: &mut Table, steps: &[String], text: &str) -> Result<(), String> {
    match steps {
        [] => Err("a name after the prefix".to_owned()),
        [name] => {
            let value = typed(text, table.get(name))?;
            if name == "kind" {
                clear_other_kind(table, Some(&value));
            }
            table.insert(name.clone(), value);
            Ok(())
        }
        [name, rest @ ..] => {
            let below = table
                .entry(name)
                .or_insert_with(|| Value::Table(Table::new()));
            match below {
                Value::Table(below) => set(below, rest, text),
                Value::Array(entries) => set(entry(entries, rest)?, &rest[1..], text),
                _ => Err(format!("a section, `{name}` is a value")),
            }
        }
    }
}

fn entry<'a>(entries: &'a mut [Value], rest: &[String]) -> Result<&'a mut Table, String> {
    let wanted = rest.first().map(String::as_str).unwrap_or_default();
    entries
        .iter_mut()
        .filter_map(Value::as_table_mut)
        .find(|entry| {
            let id = entry.get("id").or_else(|| entry.get("key"));
            let id = id.and_then(Value::as_str).unwrap_or_default();
            id.to_lowercase().replace('-', "_") == wanted
        })
        .ok_or_else(|| format!("the id of an entry, there is no `{wanted}`"))
}

fn typed(text: &str, below: Option<&Value>) -> Result<Value, String> {
    match below {
        None | Some(Value::String(_)) => Ok(Value::String(text.to_owned())),
        Some(below) => format!("value = {text}")
            .parse::<Table>()
            .ok()
            .and_then(|mut table| table.remove("value"))
            .filter(|value| value.same_type(below))
            .ok_or_else(|| format!("a value of type {}", below.type_str())),
    }
}
