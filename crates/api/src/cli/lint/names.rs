//! Named values, tables, numbers and constants that nothing reads.

use std::collections::BTreeSet;

use tirage_pricing::json::Json;
use tirage_pricing::{INK_FIGURES, Kind, Parameter, SIZE_FIGURES, Section, Template};

use super::super::locate::escaped;
use super::super::source::Loaded;
use super::{Lint, Remark};

/// The fields of a list's items that hold expressions.
const EXPRESSIONS: [(&str, &[&str]); 4] = [
    ("parameters", &RULES),
    ("forbid", &["when"]),
    ("values", &["is"]),
    (
        "lines",
        &[
            "when", "price", "times", "percent", "minimum", "maximum", "vat",
        ],
    ),
];
/// The rules of parameters, of their values, and of details and operations.
const RULES: [&str; 2] = ["available", "required"];
/// The functions that may be asked about the parts of a detail.
const OVER_DETAILS: [&str; 3] = ["sum", "min", "max"];

/// What expressions may name.
///
/// A name is kept as each of the paths that it could stand for where it is written, without the
/// numbers of repeated parts; so nothing that is read is ever missing here.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Parameters, named values, details and operations.
    read: BTreeSet<String>,
    pub(crate) tables: BTreeSet<String>,
    /// A parameter and an attached number.
    attached: BTreeSet<(String, String)>,
}

impl Names {
    /// Adds what an expression names that stands in the section with this path, or in the order
    /// where the path is empty; texts in quotes name nothing.
    pub(crate) fn add(&mut self, expression: &str, section: &str) {
        let mut around = surroundings(section);
        let mut rest = expression;
        while let Some(first) = rest.chars().next() {
            if first == '"' || first == '\'' {
                let inside = rest.get(1..).unwrap_or_default();
                rest = inside.split_once(first).map_or("", |(_, after)| after);
            } else if first.is_ascii_digit() {
                rest = number(rest);
            } else if first.is_ascii_alphabetic() || first == '_' {
                let (path, after) = path(rest);
                rest = after.trim_start();
                if rest.starts_with('[') {
                    self.tables.insert(path);
                } else if let (true, Some(inside)) = (
                    OVER_DETAILS.contains(&path.as_str()),
                    rest.strip_prefix('('),
                ) {
                    // What follows may mean the names of the parts.
                    let (detail, _) = self::path(inside.trim_start());
                    around.extend(around.clone().iter().map(|outer| joined(outer, &detail)));
                } else {
                    self.insert(&path, &around);
                }
            } else {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }

    fn insert(&mut self, path: &str, around: &[String]) {
        for outer in around {
            let full = joined(outer, path);
            let ends = full.match_indices('.').map(|(at, _)| at);
            for end in ends.chain([full.len()]) {
                let (name, rest) = full.split_at(end);
                self.read.insert(name.to_owned());
                if let Some(number) = rest.strip_prefix('.') {
                    self.attached.insert((name.to_owned(), number.to_owned()));
                }
            }
        }
    }

    /// Whether something reads the parameter or named value with this key.
    pub(crate) fn reads(&self, key: &str) -> bool {
        self.read.contains(&unnumbered(key))
    }

    fn reads_number(&self, key: &str, number: &str) -> bool {
        self.attached
            .contains(&(unnumbered(key), number.to_owned()))
    }
}

/// The section with this path and those around it, the order last.
pub(super) fn surroundings(section: &str) -> Vec<String> {
    let mut around = vec![unnumbered(section)];
    while let Some(inner) = around.last().filter(|inner| !inner.is_empty()) {
        let outer = inner.rsplit_once('.').map_or("", |(outer, _)| outer);
        around.push(outer.to_owned());
    }
    around
}

pub(super) fn joined(outer: &str, inner: &str) -> String {
    match outer {
        "" => inner.to_owned(),
        outer => [outer, ".", inner].concat(),
    }
}

/// A path without the numbers of repeated parts.
pub(super) fn unnumbered(path: &str) -> String {
    let named = |step: &&str| !step.starts_with(|first: char| first.is_ascii_digit());
    path.split('.').filter(named).collect::<Vec<_>>().join(".")
}

/// The path of names at the start of a text, without the numbers of parts, and what follows it.
pub(super) fn path(text: &str) -> (String, &str) {
    let (first, mut after) = word(text);
    let mut path = first.to_owned();
    while let Some(rest) = after.trim_start().strip_prefix('.') {
        let (next, rest) = word(rest.trim_start());
        path = joined(&path, next);
        after = rest;
    }
    (unnumbered(&path), after)
}

fn word(text: &str) -> (&str, &str) {
    let end = text.find(|char: char| !char.is_ascii_alphanumeric() && char != '_');
    text.split_at(end.unwrap_or(text.len()))
}

fn number(text: &str) -> &str {
    text.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.')
}

/// An expression of a template.
#[derive(Debug)]
pub(super) struct Expression<'j> {
    pub(super) text: &'j str,
    pub(super) pointer: String,
    /// The path of the section it stands in; empty in the order.
    pub(super) section: String,
}

/// Visits every expression that is a text.
pub(super) fn each<'j>(json: &'j Json, visit: &mut dyn FnMut(Expression<'j>)) {
    each_of_section(json, "", "", visit);
    each_field(json, &["weight"], "", "", visit);
    if let Some(production) = json.get("production") {
        each_field(production, &["days", "hours"], "/production", "", visit);
    }
}

fn each_field<'j>(
    object: &'j Json,
    fields: &[&str],
    pointer: &str,
    section: &str,
    visit: &mut dyn FnMut(Expression<'j>),
) {
    for field in fields {
        if let Some(Json::Text(text)) = object.get(field) {
            visit(Expression {
                text,
                pointer: [pointer, "/", field].concat(),
                section: section.to_owned(),
            });
        }
    }
}

/// The items of a list with their places.
fn items<'j>(
    object: &'j Json,
    list: &str,
    pointer: &str,
) -> impl Iterator<Item = (String, &'j Json)> + use<'j> {
    let items = match object.get(list) {
        Some(Json::List(items)) => items.as_slice(),
        _ => &[],
    };
    let pointer = [pointer, "/", list, "/"].concat();
    let items = items.iter().enumerate();
    items.map(move |(index, item)| (format!("{pointer}{index}"), item))
}

/// Those of the order, of a detail or of an operation, with all that is in it.
fn each_of_section<'j>(
    section: &'j Json,
    path: &str,
    pointer: &str,
    visit: &mut dyn FnMut(Expression<'j>),
) {
    for (list, fields) in EXPRESSIONS {
        for (place, item) in items(section, list, pointer) {
            each_field(item, fields, &place, path, visit);
            if list == "parameters" {
                for (place, value) in items(item, "values", &place) {
                    each_field(value, &RULES, &place, path, visit);
                }
            }
        }
    }
    for list in ["details", "operations"] {
        for (place, inner) in items(section, list, pointer) {
            each_field(inner, &RULES, &place, path, visit);
            if let Some(Json::Text(key)) = inner.get("key") {
                each_of_section(inner, &joined(path, key), &place, visit);
            }
        }
    }
}

fn all(json: &Json) -> Names {
    let mut names = Names::default();
    each(json, &mut |expression| {
        names.add(expression.text, &expression.section);
    });
    names
}

pub(super) fn unused(loaded: &Loaded<'_>) -> Vec<Remark> {
    let template = &loaded.template;
    let names = all(&loaded.json);
    let mut remarks = unused_values(template, &names);
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
        let remark = |lint, message| Remark::new(lint, pointer.clone(), message);
        let key = &parameter.key;
        match &parameter.kind {
            Kind::Text(_) | Kind::File(_) | Kind::PassThrough => {}
            _ if names.reads(key) || decides(template, index) => {}
            // The print house's own rules read it.
            _ if template.is_priced_remotely() => {}
            Kind::Constant(_) => remarks.push(remark(
                Lint::UnusedConstant,
                format!("the constant `{key}` is never read"),
            )),
            _ => remarks.push(remark(
                Lint::PricelessParameter,
                format!("no rule and no price reads the parameter `{key}`"),
            )),
        }
        remarks.extend(unread_numbers(parameter, &pointer, &names));
    }
    once_a_place(remarks)
}

/// Whether a parameter counts the pieces, or says whether or how often a section is there.
fn decides(template: &Template, parameter: usize) -> bool {
    let of_section = |section: &Section| {
        section.switch == Some(parameter)
            || section
                .repeated
                .is_some_and(|repeated| repeated.count == parameter)
    };
    template.quantity() == Some(parameter) || template.sections().iter().any(of_section)
}

fn unused_values(template: &Template, names: &Names) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (index, value) in template.values().iter().enumerate() {
        let key = &value.key;
        let of_section = template
            .sections()
            .iter()
            .any(|section| section.key == *key);
        // A value with a name is shown to buyers, which is a use.
        if value.name.is_none() && !of_section && !names.reads(key) {
            let message = format!("the named value `{key}` is never read and never shown");
            let pointer = template.places().values[index].clone();
            remarks.push(Remark::new(Lint::UnusedValue, pointer, message));
        }
    }
    remarks
}

/// The parts of a repeating detail are written once, and so is what there is to say of them.
fn once_a_place(remarks: Vec<Remark>) -> Vec<Remark> {
    let mut told = BTreeSet::new();
    let new = |remark: &Remark| told.insert((remark.lint.as_str(), remark.pointer.clone()));
    remarks.into_iter().filter(new).collect()
}

/// Each attached number once, at the first value that has it.
fn unread_numbers(parameter: &Parameter, pointer: &str, names: &Names) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut told = BTreeSet::new();
    let choice = parameter.kind.choice();
    for (at, value) in choice
        .iter()
        .flat_map(|choice| choice.values.iter().enumerate())
    {
        for (number, _) in &value.numbers {
            let figure = [&SIZE_FIGURES[..], &INK_FIGURES[..]]
                .concat()
                .contains(&number.as_str());
            let read = figure || names.reads_number(&parameter.key, number);
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

    fn names(expression: &str, section: &str) -> Names {
        let mut names = Names::default();
        names.add(expression, section);
        names
    }

    #[test]
    fn an_expression_names_what_it_reads_and_texts_name_nothing() {
        let names = names(
            "if size = 'a4 run' then price [size, run] * size . per_sheet else 1.5",
            "",
        );
        assert!(names.reads("size") && names.reads("run"));
        assert!(!names.reads("a4") && !names.reads("price"));
        assert!(names.tables.contains("price"));
        assert!(names.reads_number("size", "per_sheet"));
    }

    #[test]
    fn a_name_in_a_section_may_stand_for_what_is_around_it() {
        let names = names("paper.sheet * run + block.2.pages", "cover.lamination");
        assert!(names.reads_number("cover.paper", "sheet"));
        assert!(names.reads("cover.lamination.paper") && names.reads("run"));
        assert!(names.reads("block.1.pages"));
        assert!(!names.reads("block.paper"));
    }

    #[test]
    fn a_sum_over_a_detail_reads_what_is_in_its_parts() {
        let names = names("2 + sum(block, sheets * paper.grams)", "");
        assert!(names.reads("block.3.sheets"));
        assert!(names.reads_number("block.1.paper", "grams"));
    }
}
