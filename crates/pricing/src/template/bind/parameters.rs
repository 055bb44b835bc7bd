//! Parameters, details and operations by their paths: names, pins, presets, and what is hidden.

use super::edit;
use super::{BindingError, Written};
use crate::json::{Json, JsonError, Node};

const TEXTS: [&str; 3] = ["name", "hint", "help"];
/// What bounds a number; whoever gives one of them gives all.
const BOUNDS: [&str; 5] = ["min", "max", "multiple", "only", "suggest"];
/// How many paths or keys an error names.
const NAMED: usize = 20;

/// What a path leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Parameter,
    /// A detail or an operation.
    Section,
}

/// Changes everything that the binding names.
pub(super) fn fit(
    json: &mut Json,
    root: &Node<'_, '_>,
    written: &mut Written,
) -> Result<(), BindingError> {
    let Some(parameters) = root.optional("parameters")? else {
        return Ok(());
    };
    for (path, node) in parameters.fields()? {
        let mut pointer = String::new();
        let segments: Vec<&str> = path.split('.').collect();
        let Some((target, item)) = find(json, &segments, &mut pointer) else {
            let mut paths = Vec::new();
            collect(json, "", &mut paths);
            return Err(JsonError {
                pointer: node.pointer(),
                expected: format!(
                    "the path of a parameter, a detail or an operation: one of {}",
                    some_of(&paths)
                ),
                found: format!("`{}`", crate::json::shorten(path)),
            }
            .into());
        };
        let place = Place {
            pointer,
            node,
            written,
        };
        match target {
            Target::Parameter => place.parameter(item)?,
            Target::Section => place.section(item)?,
        }
    }
    Ok(())
}

/// Where a path leads, and its pointer.
fn find<'j>(
    scope: &'j mut Json,
    path: &[&str],
    pointer: &mut String,
) -> Option<(Target, &'j mut Json)> {
    let (key, rest) = path.split_first()?;
    let lists = [
        ("parameters", Target::Parameter),
        ("details", Target::Section),
        ("operations", Target::Section),
    ];
    let place = lists.into_iter().find_map(|(list, target)| {
        let Some(Json::List(items)) = scope.get(list) else {
            return None;
        };
        let index = items.iter().position(|item| edit::has_key(item, key))?;
        Some((list, target, index))
    });
    let (list, target, index) = place?;
    *pointer += &format!("/{list}/{index}");
    let item = edit::items(scope, list).get_mut(index)?;
    match (rest.is_empty(), target) {
        (true, _) => Some((target, item)),
        (false, Target::Section) => find(item, rest, pointer),
        (false, Target::Parameter) => None,
    }
}

/// All paths, as far as an error needs them.
fn collect(scope: &Json, prefix: &str, paths: &mut Vec<String>) {
    for list in ["parameters", "details", "operations"] {
        let Some(Json::List(items)) = scope.get(list) else {
            continue;
        };
        for item in items {
            if let Some(Json::Text(key)) = item.get("key")
                && paths.len() <= NAMED
            {
                paths.push([prefix, key].concat());
                collect(item, &[prefix, key, "."].concat(), paths);
            }
        }
    }
}

fn some_of(names: &[String]) -> String {
    let some = names.iter().take(NAMED).map(String::as_str);
    let some: Vec<&str> = some.collect();
    let more = if names.len() > NAMED { ", …" } else { "" };
    some.join(", ") + more
}

/// One entry of the binding, and where what it changes stands in the template.
struct Place<'a, 'v, 'p> {
    pointer: String,
    node: Node<'v, 'p>,
    written: &'a mut Written,
}

impl Place<'_, '_, '_> {
    /// Takes a field over as it is, under a name it may not have in the binding.
    fn set(&mut self, item: &mut Json, field: &str, from: &Node<'_, '_>) {
        let fitted = [&self.pointer, "/", field].concat();
        self.written.note(fitted, from);
        edit::set(item, field, from.value().clone());
    }

    /// Takes over those of the fields that the binding has.
    fn take(&mut self, item: &mut Json, fields: &[&str]) -> Result<(), JsonError> {
        let node = self.node;
        for field in fields {
            if let Some(from) = node.optional(field)? {
                self.set(item, field, &from);
            }
        }
        Ok(())
    }

    fn parameter(mut self, item: &mut Json) -> Result<(), BindingError> {
        let node = self.node;
        let kind = match item.get("kind") {
            Some(Json::Text(kind)) => kind.clone(),
            _ => String::new(),
        };
        let own: &[&str] = match kind.as_str() {
            "choice" | "size" | "inks" => &["hidden", "default", "fixed", "values"],
            "number" | "run" | "pages" => &[
                "hidden", "default", "fixed", "min", "max", "multiple", "only", "suggest",
            ],
            "constant" | "pass-through" => &["hidden"],
            _ => &["hidden", "default", "fixed"],
        };
        node.only(&[&TEXTS, own].concat())?;
        self.take(item, &TEXTS)?;
        if let Some(hidden) = node.optional("hidden")? {
            hidden.flag()?;
        }
        self.take(item, &["hidden"])?;
        self.bounds(item)?;
        self.values(item)?;
        for field in ["default", "fixed"] {
            if let Some(from) = node.optional(field)? {
                if kind == "choice" {
                    offered(item, &from)?;
                }
                self.set(item, field, &from);
            }
        }
        self.still_answered(item)?;
        Ok(())
    }

    /// The bounds of the binding in place of all of the template's.
    fn bounds(&mut self, item: &mut Json) -> Result<(), JsonError> {
        let node = self.node;
        let mut given = false;
        for field in BOUNDS {
            given |= node.optional(field)?.is_some();
        }
        if given {
            for field in BOUNDS {
                edit::remove(item, field);
            }
            self.take(item, &BOUNDS)?;
        }
        Ok(())
    }

    fn values(&mut self, item: &mut Json) -> Result<(), JsonError> {
        let node = self.node;
        let Some(values) = node.optional("values")? else {
            return Ok(());
        };
        for (key, change) in values.fields()? {
            let list = edit::items(item, "values");
            let Some(index) = list.iter().position(|value| edit::has_key(value, key)) else {
                return Err(JsonError {
                    pointer: change.pointer(),
                    expected: format!("the key of a value: one of {}", some_of(&keys(list))),
                    found: format!("`{}`", crate::json::shorten(key)),
                });
            };
            change.only(&["label", "hint", "help", "hidden"])?;
            if let Some(hidden) = change.optional("hidden")? {
                hidden.flag()?;
            }
            let mut place = Place {
                pointer: format!("{}/values/{index}", self.pointer),
                node: change,
                written: &mut *self.written,
            };
            place.take(&mut list[index], &["label", "hint", "help", "hidden"])?;
        }
        Ok(())
    }

    /// What is hidden must not leave a question without an answer.
    fn still_answered(&self, item: &Json) -> Result<(), JsonError> {
        let has = |field: &str| !matches!(item.get(field), None | Some(Json::Null));
        let error = |expected: &str, found: String| JsonError {
            pointer: self.node.pointer(),
            expected: expected.to_owned(),
            found,
        };
        if is_hidden(item) && has("required") && !has("default") && !has("fixed") {
            let expected = "a `default` or `fixed` for what is required and hidden";
            return Err(error(expected, "neither".to_owned()));
        }
        let Some(Json::List(values)) = item.get("values") else {
            return Ok(());
        };
        if values.iter().all(is_hidden) && !has("free") {
            return Err(error("a value that is not hidden", "none".to_owned()));
        }
        let counts = ["fixed", "default"].into_iter().find(|field| has(field));
        if let Some(field) = counts
            && let Some(Json::Text(key)) = item.get(field)
            && values
                .iter()
                .any(|value| edit::has_key(value, key) && is_hidden(value))
        {
            let expected = format!("a `{field}` that is not hidden");
            return Err(error(&expected, format!("`{}`", crate::json::shorten(key))));
        }
        Ok(())
    }

    fn section(mut self, item: &mut Json) -> Result<(), BindingError> {
        let node = self.node;
        let repeats = item.get("repeat").is_some();
        let optional = item.get("optional") == Some(&Json::Bool(true));
        let own: &[&str] = if repeats || optional {
            &["default", "fixed"]
        } else {
            &[]
        };
        node.only(&[&TEXTS, own].concat())?;
        self.take(item, &TEXTS)?;
        for field in ["default", "fixed"] {
            let Some(from) = node.optional(field)? else {
                continue;
            };
            match (repeats, field) {
                (true, field) => self.times(item, field, &from)?,
                (false, "default") => {
                    from.flag()?;
                    self.set(item, "default", &from);
                }
                (false, _) => {
                    // Taken whatever is answered, or never there to be taken.
                    let rule = if from.flag()? {
                        "required"
                    } else {
                        "available"
                    };
                    self.set(item, rule, &from);
                }
            }
        }
        Ok(())
    }

    /// How often a repeating detail is there.
    fn times(
        &mut self,
        item: &mut Json,
        field: &str,
        from: &Node<'_, '_>,
    ) -> Result<(), JsonError> {
        let number: u32 = from.integer()?;
        let Some(repeat) = edit::field(item, "repeat") else {
            return Ok(());
        };
        let bound = |name: &str| match repeat.get(name) {
            Some(Json::Number(text)) => text.parse().ok(),
            _ => None,
        };
        let [least, most] = [bound("min").unwrap_or(1_u32), bound("max").unwrap_or(1)];
        if number < least || number > most {
            return Err(from.error(format!("a whole number from {least} to {most}")));
        }
        let fields: &[&str] = match field {
            "fixed" => &["min", "max", "default"],
            _ => &["default"],
        };
        for name in fields {
            edit::set(repeat, name, from.value().clone());
        }
        self.written.note([&self.pointer, "/repeat"].concat(), from);
        Ok(())
    }
}

fn keys(values: &[Json]) -> Vec<String> {
    let keys = values.iter().filter_map(|value| match value.get("key") {
        Some(Json::Text(key)) => Some(key.clone()),
        _ => None,
    });
    keys.collect()
}

fn is_hidden(json: &Json) -> bool {
    json.get("hidden") == Some(&Json::Bool(true))
}

/// Whether an answer to a choice names values that it has; a list of them for several.
fn offered(item: &Json, answer: &Node<'_, '_>) -> Result<(), JsonError> {
    let Some(Json::List(values)) = item.get("values") else {
        return Ok(());
    };
    let known = |node: &Node<'_, '_>| match node.value() {
        Json::Text(key) if !values.iter().any(|value| edit::has_key(value, key)) => {
            let expected = format!("the key of a value: one of {}", some_of(&keys(values)));
            Err(node.error(expected))
        }
        _ => Ok(()),
    };
    match answer.value() {
        Json::List(_) => answer.items()?.try_for_each(|item| known(&item)),
        _ => known(answer),
    }
}
