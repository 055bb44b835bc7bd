//! Where a price stands, in words: its table or line, and what it is the price for.

use tirage_api::words::Words;
use tirage_pricing::{AxisInfo, Between, Parameter, Template, Texts};

use super::super::money::{At, Owner, Price};

/// What people read of a price.
#[derive(Debug)]
pub(super) struct Place {
    /// The table or the line.
    pub(super) what: String,
    /// The rows of the table's axes.
    pub(super) place: String,
    /// What it is charged for each of.
    pub(super) per: String,
}

/// Words for a price.
pub(super) fn of(words: Words<'_>, price: &Price) -> Place {
    let template = words.template;
    let (what, place, per) = match &price.of {
        Owner::Cell { table, at } => {
            let table = &template.tables()[*table];
            let spots = table.axes.iter().zip(at);
            let spots: Vec<String> = spots.map(|(axis, at)| spot(words, axis, at)).collect();
            let what = named(words, table.name.as_ref(), &table.key);
            (what, spots.join("; "), table.per)
        }
        Owner::Line { line, field } => {
            let line = &template.lines()[*line];
            let place = match *field {
                "minimum" => words.say("не меньше", "at least"),
                "maximum" => words.say("не больше", "at most"),
                _ => "",
            };
            let name = words.text(&line.name);
            let section = line
                .section
                .map(|section| &template.sections()[section].name);
            let what = section.map_or(name.to_owned(), |section| {
                format!("{}: {name}", words.text(section))
            });
            (what, place.to_owned(), line.per)
        }
        Owner::Attached {
            parameter,
            value,
            number,
        } => {
            let parameter = &template.parameters()[*parameter];
            let choice = parameter.kind.choice();
            let value = choice.and_then(|choice| choice.values.get(*value));
            let label = value.map_or("", |value| words.text(&value.label));
            let what = words.text(&parameter.name).to_owned();
            (what, format!("{label}: {number}"), None)
        }
        Owner::Constant { parameter } => {
            let parameter = &template.parameters()[*parameter];
            (words.text(&parameter.name).to_owned(), String::new(), None)
        }
        Owner::Value { value } => {
            let value = &template.values()[*value];
            let what = named(words, value.name.as_ref(), &value.key);
            (what, String::new(), None)
        }
    };
    let per = per.map_or(String::new(), |per| words.per(per).trim().to_owned());
    Place { what, place, per }
}

fn named(words: Words<'_>, name: Option<&Texts>, key: &str) -> String {
    name.map_or(key, |name| words.text(name)).to_owned()
}

/// One axis, such as `Paper: Matt` or `SRA3 sheets: 1–10`.
fn spot(words: Words<'_>, axis: &AxisInfo, at: &At) -> String {
    let parameter = parameter(words.template, &axis.key);
    let mut values = words.template.values().iter();
    let value = values.find(|it| it.key == axis.key);
    let name = axis.name.as_ref();
    let name = name.or(parameter.map(|parameter| &parameter.name));
    let name = name.or_else(|| value?.name.as_ref());
    let row = match at {
        At::Key(key) => {
            let choice = parameter.and_then(|parameter| parameter.kind.choice());
            let label = choice.and_then(|choice| Some(&choice.values[choice.index(key)?].label));
            label.map_or_else(|| key.clone(), |label| words.text(label).to_owned())
        }
        At::Number(number) if axis.between == Between::Step => words.range(*number, None),
        At::Number(number) => words.number(*number),
        At::Range(from, to) => words.range(*from, *to),
    };
    format!("{}: {row}", named(words, name, &axis.key))
}

/// The parameter that an axis is called by, in whichever detail it is asked.
fn parameter<'t>(template: &'t Template, axis: &str) -> Option<&'t Parameter> {
    let find = |is_it: &dyn Fn(&str) -> bool| {
        let mut parameters = template.parameters().iter();
        parameters.find(|parameter| is_it(&parameter.key))
    };
    find(&|key| key == axis).or_else(|| find(&|key| key.rsplit('.').next() == Some(axis)))
}
