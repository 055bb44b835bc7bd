//! The prices of a file in a template that people have worked on.
//!
//! Only what the file says is edited: the rows of the table, the runs, values that are new or
//! gone. Names, hints, rules, further lines and everything else stay byte for byte. Columns and
//! values are recognised by their keys or by what buyers read, so both may have been renamed.

use std::collections::HashMap;

use anyhow::Context as _;
use tirage_connectors::poly1c::Import;
use tirage_pricing::json::Json;
use tirage_pricing::{ChoiceValue, Parameter, Texts};

use super::super::edit::Edit;
use super::super::locate::{Inside, Spot};
use super::super::source::Loaded;
use super::rows;

/// What the prices change, and what to say of it.
pub(super) struct Merged {
    pub(super) edits: Vec<Edit>,
    pub(super) report: String,
}

/// A column of the file and the parameter it is in the kept template.
pub(super) struct Column {
    /// The parameter's key.
    pub(super) key: String,
    /// By key in the file: the value's key in the template.
    pub(super) values: HashMap<String, String>,
    /// In the template's order, those the file has.
    pub(super) order: Vec<String>,
}

/// What the template made of the file says.
pub(super) struct Fresh {
    pub(super) json: Json,
}

impl Fresh {
    fn parameters(&self) -> &[Json] {
        list(self.json.get("parameters"))
    }
}

pub(super) fn list(json: Option<&Json>) -> &[Json] {
    match json {
        Some(Json::List(items)) => items,
        _ => &[],
    }
}

pub(super) fn text<'j>(json: &'j Json, field: &str) -> &'j str {
    match json.get(field) {
        Some(Json::Text(text)) => text,
        _ => "",
    }
}

/// The edits that put the file's prices into the template, or why they do not fit.
pub(super) fn merged(
    loaded: &Loaded<'_>,
    import: &Import,
) -> anyhow::Result<Result<Merged, Vec<String>>> {
    let json = Json::parse(&import.template).context("the template made of the file")?;
    let fresh = Fresh { json };
    let mut merge = Merge {
        loaded,
        edits: Vec::new(),
        report: String::new(),
        unfit: Vec::new(),
    };
    let mut columns = HashMap::new();
    for column in fresh.parameters() {
        let key = text(column, "key").to_owned();
        if let Some(found) = merge.column(column) {
            columns.insert(key, found);
        }
    }
    if merge.unfit.is_empty() {
        rows::replace(&mut merge, &fresh, &columns);
    }
    Ok(if merge.unfit.is_empty() {
        Ok(Merged {
            edits: merge.edits,
            report: merge.report,
        })
    } else {
        Err(merge.unfit)
    })
}

pub(super) struct Merge<'m> {
    pub(super) loaded: &'m Loaded<'m>,
    pub(super) edits: Vec<Edit>,
    pub(super) report: String,
    /// What of the file does not fit the template.
    pub(super) unfit: Vec<String>,
}

impl Merge<'_> {
    fn column(&mut self, column: &Json) -> Option<Column> {
        if text(column, "kind") == "run" {
            return self.run(column);
        }
        let (key, name) = (text(column, "key"), text(column, "name"));
        let template = &self.loaded.template;
        let is_it = |parameter: &&Parameter| {
            parameter.section.is_none() && (parameter.key == key || says(&parameter.name, name))
        };
        let mut found = template.parameters().iter().enumerate();
        let Some((index, parameter)) = found.find(|(_, parameter)| is_it(parameter)) else {
            self.unfit.push(format!(
                "expected a choice of the key `{key}` or the name `{name}` for the column `{name}`, found none"
            ));
            return None;
        };
        let Some(choice) = parameter.kind.choice() else {
            self.unfit.push(format!(
                "expected a choice for the column `{name}`, found `{}`, a {}",
                parameter.key,
                parameter.kind.as_str()
            ));
            return None;
        };
        Some(self.values(index, &choice.values, column))
    }

    /// The run: a fixed list of runs is the file's; bounds of any run stay.
    fn run(&mut self, column: &Json) -> Option<Column> {
        let Some(index) = self.loaded.template.quantity() else {
            self.unfit
                .push("expected a parameter of kind run, found none".to_owned());
            return None;
        };
        let place = &self.loaded.template.places().parameters[index];
        let offered = list(column.get("only"));
        let only = self.loaded.map.find(&format!("{place}/only"));
        if let Some(only) = only.filter(|_| !offered.is_empty()) {
            self.replace(only, items(offered));
            let default = self.loaded.map.find(&format!("{place}/default"));
            let stays = |spot: &Spot| {
                let written = Json::parse(self.loaded.map.written(spot));
                written.is_ok_and(|default| offered.contains(&default))
            };
            if let Some(default) = default.filter(|spot| !stays(spot)) {
                let first = column.get("default").map(ToString::to_string);
                self.replace(default, first.unwrap_or_default());
            }
        }
        Some(Column {
            key: self.loaded.template.parameters()[index].key.clone(),
            values: HashMap::new(),
            order: Vec::new(),
        })
    }

    /// Finds each value again, adds those that are new and hides those that are gone.
    fn values(&mut self, index: usize, known: &[ChoiceValue], column: &Json) -> Column {
        let parameter = &self.loaded.template.parameters()[index];
        let place = &self.loaded.template.places().parameters[index];
        let mut values = HashMap::new();
        let mut there = vec![false; known.len()];
        let mut new = Vec::new();
        for value in list(column.get("values")) {
            let (key, label) = (text(value, "key"), text(value, "label"));
            let is_it = |known: &ChoiceValue| known.key == key || says(&known.label, label);
            let kept = known.iter().position(|value| value.key == key);
            if let Some(kept) = kept.or_else(|| known.iter().position(is_it)) {
                there[kept] = true;
                values.insert(key.to_owned(), known[kept].key.clone());
            } else {
                values.insert(key.to_owned(), key.to_owned());
                new.push((key, Json::text(label)));
            }
        }
        let kept = known.iter().zip(&there).filter(|(_, there)| **there);
        let order = kept.map(|(value, _)| value.key.clone());
        let order = order.chain(new.iter().map(|(key, _)| (*key).to_owned()));
        let found = Column {
            key: parameter.key.clone(),
            order: order.collect(),
            values,
        };
        for (key, _) in &new {
            self.report += &format!("  `{}`: new `{key}`\n", found.key);
        }
        self.add(&format!("{place}/values"), &new);
        for (value, known) in known.iter().enumerate() {
            self.show(
                &found.key,
                (&format!("{place}/values/{value}"), known),
                there[value],
            );
        }
        let default = self.loaded.map.find(&format!("{place}/default"));
        let stays = |spot: &Spot| match Json::parse(self.loaded.map.written(spot)) {
            Ok(Json::Text(key)) => found.order.contains(&key),
            Ok(Json::List(_)) => true,
            _ => false,
        };
        if let Some(spot) = default.filter(|spot| !stays(spot)) {
            let first = found.values.get(text(column, "default"));
            let first = first.map_or(String::new(), |key| Json::text(key.as_str()).to_string());
            self.report += &format!("  `{}`: the default is {first} now\n", found.key);
            self.replace(spot, first);
        }
        found
    }

    /// Writes new values below the last one.
    fn add(&mut self, pointer: &str, new: &[(&str, Json)]) {
        let values = self
            .loaded
            .map
            .find(pointer)
            .map(|spot| (spot, &spot.inside));
        let Some((list, Inside::Items(items))) = values else {
            return;
        };
        let Some(last) = items.last().filter(|_| !new.is_empty()) else {
            return;
        };
        let indent = self.between(list.bytes.start + 1, items);
        let written = new.iter().map(|(key, label)| {
            format!(
                ",{indent}{{ \"key\": {}, \"label\": {label} }}",
                Json::text(*key)
            )
        });
        self.edits.push(Edit {
            bytes: last.bytes.end..last.bytes.end,
            text: written.collect(),
        });
    }

    /// Hides a value that the file has no longer, and shows one again that came back.
    fn show(&mut self, parameter: &str, (pointer, value): (&str, &ChoiceValue), there: bool) {
        let Some(spot) = self.loaded.map.find(pointer) else {
            return;
        };
        let Inside::Fields(fields) = &spot.inside else {
            return;
        };
        let hidden = fields.iter().find(|field| field.key == "hidden");
        let was_there = rows::names(self.loaded, parameter, &value.key);
        if !there && !value.hidden {
            self.report += &format!("  `{parameter}`: `{}` is gone, hidden now\n", value.key);
            match (hidden, fields.last()) {
                (Some(hidden), _) => self.replace(&hidden.value, "true".to_owned()),
                (None, Some(last)) => self.edits.push(Edit {
                    bytes: last.value.bytes.end..last.value.bytes.end,
                    text: ", \"hidden\": true".to_owned(),
                }),
                (None, None) => {}
            }
        }
        if let Some(hidden) = hidden.filter(|_| there && value.hidden && !was_there) {
            self.report += &format!("  `{parameter}`: `{}` is back, shown again\n", value.key);
            self.replace(&hidden.value, "false".to_owned());
        }
    }

    pub(super) fn replace(&mut self, spot: &Spot, text: String) {
        if self.loaded.map.written(spot) != text {
            self.edits.push(Edit {
                bytes: spot.bytes.clone(),
                text,
            });
        }
    }

    /// The space before the first item of a list.
    pub(super) fn between(&self, from: usize, items: &[Spot]) -> String {
        let first = items.first().map_or(from, |item| item.bytes.start);
        let space = self.loaded.source.text.get(from..first);
        match space.unwrap_or_default() {
            "" => " ".to_owned(),
            space => space.to_owned(),
        }
    }
}

/// A list on one line.
pub(super) fn items(items: &[Json]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    format!("[{}]", items.join(", "))
}

/// Whether a text reads like this in any of its languages; capitals do not matter.
fn says(texts: &Texts, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    texts.iter().any(|(_, text)| text.to_lowercase() == wanted)
}
