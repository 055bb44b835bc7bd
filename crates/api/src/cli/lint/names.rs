//! Named values, tables, numbers and constants that nothing reads.

use std::collections::BTreeSet;

use tirage_pricing::Kind;
use tirage_pricing::json::Json;

use super::super::locate::escaped;
use super::super::source::Loaded;
use super::{Lint, Remark};

/// The fields that hold expressions, each with where it may stand.
const EXPRESSIONS: [(&str, &[&str]); 5] = [
    ("parameters", &["available", "required"]),
    ("forbid", &["when"]),
    ("values", &["is"]),
    (
        "lines",
        &[
            "when", "price", "times", "percent", "minimum", "maximum", "vat",
        ],
    ),
    ("", &["weight"]),
];

/// What expressions name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Parameters and named values.
    pub(crate) read: BTreeSet<String>,
    pub(crate) tables: BTreeSet<String>,
    /// A parameter and an attached number.
    pub(crate) attached: BTreeSet<(String, String)>,
}

impl Names {
    /// Adds what an expression names; texts in quotes name nothing.
    pub(crate) fn add(&mut self, expression: &str) {
        let mut rest = expression;
        while let Some(first) = rest.chars().next() {
            if first == '"' || first == '\'' {
                let inside = rest.get(1..).unwrap_or_default();
                rest = inside.split_once(first).map_or("", |(_, after)| after);
            } else if first.is_ascii_alphanumeric() || first == '_' {
                let (word, after) = word(rest);
                rest = after;
                match after.trim_start().as_bytes().first() {
                    Some(b'[') => {
                        self.tables.insert(word.to_owned());
                    }
                    Some(b'.') if !first.is_ascii_digit() => {
                        let number = after.trim_start().get(1..).unwrap_or_default();
                        let (number, after) = self::word(number.trim_start());
                        rest = after;
                        self.read.insert(word.to_owned());
                        self.attached.insert((word.to_owned(), number.to_owned()));
                    }
                    _ => {
                        self.read.insert(word.to_owned());
                    }
                }
            } else {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
}

fn word(text: &str) -> (&str, &str) {
    let end = text.find(|char: char| !char.is_ascii_alphanumeric() && char != '_');
    text.split_at(end.unwrap_or(text.len()))
}

fn all(json: &Json) -> Names {
    let mut names = Names::default();
    let mut add = |object: &Json, fields: &[&str]| {
        for field in fields {
            if let Some(Json::Text(expression)) = object.get(field) {
                names.add(expression);
            }
        }
    };
    for (list, fields) in EXPRESSIONS {
        let items = match json.get(list) {
            Some(Json::List(items)) => items.as_slice(),
            _ if list.is_empty() => std::slice::from_ref(json),
            _ => &[],
        };
        for item in items {
            add(item, fields);
            if let ("parameters", Some(Json::List(values))) = (list, item.get("values")) {
                for value in values {
                    add(value, &["available"]);
                }
            }
        }
    }
    if let Some(production) = json.get("production") {
        add(production, &["days", "hours"]);
    }
    names
}

pub(super) fn unused(loaded: &Loaded<'_>) -> Vec<Remark> {
    let template = &loaded.template;
    let names = all(&loaded.json);
    let mut remarks = Vec::new();
    for (index, value) in template.values().iter().enumerate() {
        // A value with a name is shown to buyers, which is a use.
        if value.name.is_none() && !names.read.contains(&value.key) {
            let message = format!(
                "the named value `{}` is never read and never shown",
                value.key
            );
            remarks.push(Remark::new(
                Lint::UnusedValue,
                template.places().values[index].clone(),
                message,
            ));
        }
    }
    for (index, table) in template.tables().iter().enumerate() {
        if !names.tables.contains(&table.key) {
            let message = format!("the table `{}` is never read", table.key);
            remarks.push(Remark::new(
                Lint::UnusedTable,
                format!("/tables/{index}"),
                message,
            ));
        }
    }
    for (index, parameter) in template.parameters().iter().enumerate() {
        let pointer = template.places().parameters[index].clone();
        let read = names.read.contains(&parameter.key) || template.quantity() == Some(index);
        let key = &parameter.key;
        match &parameter.kind {
            Kind::Text(_) | Kind::File(_) | Kind::PassThrough => {}
            Kind::Constant(_) if !read => {
                let message = format!("the constant `{key}` is never read");
                remarks.push(Remark::new(Lint::UnusedConstant, pointer.clone(), message));
            }
            _ if !read => {
                let message = format!("no rule and no price reads the parameter `{key}`");
                remarks.push(Remark::new(
                    Lint::PricelessParameter,
                    pointer.clone(),
                    message,
                ));
            }
            _ => {}
        }
        remarks.extend(unread_numbers(parameter, &pointer, &names));
    }
    remarks
}

/// Each attached number once, at the first value that has it.
fn unread_numbers(
    parameter: &tirage_pricing::Parameter,
    pointer: &str,
    names: &Names,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut told = BTreeSet::new();
    let choice = parameter.kind.choice();
    for (at, value) in choice
        .iter()
        .flat_map(|choice| choice.values.iter().enumerate())
    {
        for (number, _) in &value.numbers {
            let read = names
                .attached
                .contains(&(parameter.key.clone(), number.clone()));
            if !read && told.insert(number) {
                let message = format!("the number `{}.{number}` is never read", parameter.key);
                let pointer = format!("{pointer}/values/{at}/numbers/{}", escaped(number));
                remarks.push(Remark::new(Lint::UnusedNumber, pointer, message));
            }
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_names_what_it_reads_and_texts_name_nothing() {
        let mut names = Names::default();
        names.add("if size = 'a4 run' then price [size, run] * size . per_sheet else 1.5");
        let read: Vec<&str> = names.read.iter().map(String::as_str).collect();
        assert!(read.contains(&"size") && read.contains(&"run"));
        assert!(!read.contains(&"a4") && !read.contains(&"price"));
        assert!(names.tables.contains("price"));
        assert!(
            names
                .attached
                .contains(&("size".to_owned(), "per_sheet".to_owned()))
        );
    }
}
