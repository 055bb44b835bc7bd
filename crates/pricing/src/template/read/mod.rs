//! JSON to a compiled template.
//!
//! First everything is read that stands for itself (parameters, tables, texts of expressions);
//! then the rules are ordered by what they need, and checked in that order, so that the type of
//! a named value is known where it is used. After each of these, [`Mistakes::check`] refuses a
//! template with a mistake in it.

mod calendar;
mod examples;
mod figures;
mod groups;
mod limits;
mod lines;
mod parameters;
mod plan;
mod promises;
mod reader;
mod rules;
mod sections;
mod size;
mod source;
mod tables;

use super::{Parts, Places, Template, TemplateError};
use crate::engine::{self, Impossible};
use crate::expression::Flag;
use crate::json::Json;
use crate::{Kind, Parameter};
use parameters::Asked;
use reader::{Mistakes, Reader};

const FIELDS: [&str; 19] = [
    "format",
    "key",
    "name",
    "currency",
    "quantity",
    "groups",
    "parameters",
    "details",
    "operations",
    "forbid",
    "values",
    "tables",
    "prices",
    "lines",
    "weight",
    "production",
    "calendar",
    "promises",
    "examples",
];

/// Why a template was refused: boxed, so that results on their way up stay small.
pub(super) type Refusal = Box<TemplateError>;
type Read<T> = Result<T, Refusal>;

/// Reads a whole template.
pub(super) fn template(json: &Json) -> Read<Template> {
    size::check(json)?;
    let mistakes = Mistakes::default();
    let root = Reader::root(json, &mistakes);
    root.only(&FIELDS);
    if let Some(format) = root.field("format")
        && !matches!(format.node.value(), Json::Number(number) if number == "1")
    {
        format.refuse("the format 1");
    }
    let groups = groups::read(&root);
    let drafts = sections::read(&root, &groups);
    let quantity = quantity(&root, &drafts.asked);
    let (tables, cells) = tables::read(&root);
    mistakes.check()?;
    plan::check_keys(&mistakes, &drafts);
    mistakes.check()?;
    let mut values = drafts.values;
    let mut parameters = Vec::with_capacity(drafts.asked.len());
    let mut asks = Vec::with_capacity(drafts.asked.len());
    let mut places = Places::default();
    let place = |key: &str| key.trim_end_matches("/key").to_owned();
    places.values = values.iter().map(|value| place(&value.pointer)).collect();
    for asked in drafts.asked {
        places.parameters.push(place(&asked.pointer));
        parameters.push(asked.parameter);
        asks.push(asked.ask);
    }
    let whole = rules::Whole {
        parameters: &parameters,
        asks,
        values: &values,
        sections: rules::Sections {
            guards: &drafts.guards,
            surroundings: &drafts.surroundings,
            repeated: &drafts.repeated,
        },
        quantity,
        tables: &tables,
    };
    let rules::CompiledWhole {
        draft,
        lines,
        places: of_lines,
        dates,
        fixed,
    } = rules::compile(&root, whole)?;
    for (value, date) in values.iter_mut().zip(dates) {
        value.info.date = date;
    }
    places.lines = of_lines;
    let remote = is_remote(&root, &places.lines);
    for (parameter, rule) in &draft.required {
        parameters[*parameter].required = matches!(rule, Flag::Constant(true));
    }
    let promised = promises::read(
        &root,
        &promises::About {
            parameters: &parameters,
            quantity,
            lines: &lines,
            sections: &drafts.sections,
            remote,
        },
    );
    let program = engine::lower(draft, &parameters, cells);
    let parts = Parts {
        key: dashed_key(&root),
        name: root.texts("name"),
        currency: currency(&root),
        examples: examples::read(&root),
        promises: promised,
        values: values.into_iter().map(|draft| draft.info).collect(),
        tables,
        production: lines::time_unit(&root),
        groups,
        sections: drafts.sections,
        places,
        remote,
        parameters,
        lines,
    };
    mistakes.check()?;
    let template = Template::new(parts, program);
    engine::try_fixed(&template, &fixed)
        .map_err(|impossible| never_worked_out(&template, impossible))?;
    Ok(template)
}

/// What fails whatever is answered would make every quote fail, so that it is a mistake.
fn never_worked_out(template: &Template, impossible: Impossible) -> Refusal {
    let (pointer, cause) = match impossible {
        Impossible::Value(value, cause) => {
            (format!("{}/is", template.places().values[value]), cause)
        }
        Impossible::Line(line, cause) => (template.places().lines[line].clone(), cause),
    };
    let found = cause.problem(template).code.as_str();
    reader::shape(
        pointer,
        "what can be worked out",
        format!("`{found}` whatever is answered"),
    )
}

/// The parameter that counts pieces: the named one, else the only one of kind `run`.
fn quantity(root: &Reader<'_>, asked: &[Asked]) -> Option<usize> {
    let is_run = |asked: &Asked| {
        matches!(asked.parameter.kind, Kind::Run(_)) && asked.parameter.section.is_none()
    };
    let mut runs = (0..asked.len()).filter(|index| is_run(&asked[*index]));
    let quantity = match root.optional("quantity") {
        Some(field) => {
            let key = field.as_text();
            let counts = |asked: &Asked| {
                let Parameter { kind, section, .. } = &asked.parameter;
                asked.parameter.key == key && kind.numeric().is_some() && section.is_none()
            };
            let named = asked.iter().position(counts);
            if named.is_none() {
                field.refuse("the key of a parameter of kind run, pages or number");
            }
            named
        }
        None => {
            let only = runs.next();
            if runs.next().is_some() {
                root.missing("a field `quantity` that names one of the parameters of kind run");
            }
            only
        }
    };
    let counting = &asked[quantity?];
    if let Some(rule) = &counting.ask.available {
        let expected = "no rule, because this parameter counts the pieces";
        let refusal = reader::shape(rule.pointer.clone(), expected, "a rule".to_owned());
        root.mistakes.note(refusal);
    }
    quantity
}

/// Whether the prices are the print house's; then there is nothing to charge here.
fn is_remote(root: &Reader<'_>, lines: &[String]) -> bool {
    let Some(field) = root.optional("prices") else {
        return false;
    };
    let remote = field.as_word(&["local", "remote"]) == Some(1);
    if !remote {
        return false;
    }
    let expected = "no lines where prices are remote";
    if let Some(lines) = root.optional("lines") {
        lines.refuse(expected);
    } else if let Some(line) = lines.first() {
        let refusal = reader::shape(line.clone(), expected, "one".to_owned());
        root.mistakes.note(refusal);
    }
    remote
}

fn dashed_key(root: &Reader<'_>) -> String {
    let fits = |text: &[u8]| {
        let plain = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        !text.is_empty() && text.iter().all(plain)
    };
    root.checked_text(
        "key",
        fits,
        "a key: small letters, digits and -, at most 64",
    )
}

fn currency(root: &Reader<'_>) -> String {
    let fits = |text: &[u8]| text.len() == 3 && text.iter().all(u8::is_ascii_uppercase);
    let expected = "a currency code of three capital letters such as \"EUR\"";
    root.checked_text("currency", fits, expected)
}
