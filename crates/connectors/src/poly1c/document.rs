//! A table of prices written as a template, row after row.

use std::fmt::Write as _;

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::Json;
use tirage_pricing::{Decimal, decimal};

use super::header::Header;
use super::keys;
use super::problem::{Collected, Problem};
use super::table::Table;
use super::{ParameterSummary, Settings};

/// How many axes a table of a template may have.
const MOST_AXES: usize = 16;
/// What an empty cell of a column is called.
const NOTHING: &str = "—";
/// As many places as the amounts of a quote keep.
const PLACES: u32 = 12;

/// What the template says of each column, by parameter.
struct Parameter {
    key: String,
    name: String,
    /// The keys of its values as JSON texts.
    keys: Vec<String>,
    labels: Vec<String>,
}

pub(super) struct Document<'d> {
    settings: &'d Settings,
    header: &'d Header,
    table: &'d Table,
    parameters: Vec<Parameter>,
    run_key: String,
    runs: Vec<Decimal>,
    /// By parameter: whether it has more than one value, so that prices depend on it.
    axes: Vec<bool>,
}

impl<'d> Document<'d> {
    /// None, with the mistake noted, when a template cannot have that many axes.
    pub(super) fn new(
        settings: &'d Settings,
        header: &'d Header,
        table: &'d Table,
        mistakes: &mut Collected,
    ) -> Option<Self> {
        let mut taken = vec!["run".to_owned()];
        let mut parameters = Vec::new();
        for index in &table.parameters {
            let name = &header.columns[*index].name;
            let key = keys::of_column(&name.name, name.number, &taken);
            taken.push(key.clone());
            let texts = &table.values[*index].texts;
            let json = |text: String| Json::Text(text).to_string();
            let label = |text: &String| if text.is_empty() { NOTHING } else { text }.to_owned();
            parameters.push(Parameter {
                key,
                name: name.name.clone(),
                keys: texts
                    .iter()
                    .map(|text| json(keys::of_value(text)))
                    .collect(),
                labels: texts.iter().map(|text| json(label(text))).collect(),
            });
        }
        let mut runs = table.runs.clone();
        runs.sort_unstable();
        runs.dedup();
        let mut axes: Vec<bool> = parameters.iter().map(|one| one.keys.len() > 1).collect();
        if header.run.is_none()
            && !axes.contains(&true)
            && let Some(first) = axes.first_mut()
        {
            *first = true;
        }
        let found = axes.iter().filter(|axis| **axis).count() + usize::from(header.run.is_some());
        if found > MOST_AXES {
            let problem = Problem::TooMany {
                what: "columns of several values, the run included",
                most: MOST_AXES,
                found,
            };
            mistakes.note(None, None, problem);
            return None;
        }
        Some(Self {
            settings,
            header,
            table,
            parameters,
            run_key: "run".to_owned(),
            runs,
            axes,
        })
    }

    /// What a reader of the file may want to see at once.
    pub(super) fn summary(&self) -> Vec<ParameterSummary> {
        let chosen = self.parameters.iter().map(|parameter| ParameterSummary {
            key: parameter.key.clone(),
            name: parameter.name.clone(),
            values: parameter.keys.len(),
        });
        let run = self.header.run.map(|column| ParameterSummary {
            key: self.run_key.clone(),
            name: self.header.columns[column].name.name.clone(),
            values: self.runs.len(),
        });
        chosen.chain(run).collect()
    }

    /// The template.
    pub(super) fn text(&self) -> String {
        let settings = self.settings;
        let mut out = format!(
            "{{\n  \"format\": 1,\n  \"key\": {},\n  \"name\": {},\n  \"currency\": {},\n",
            Json::text(&*settings.key),
            Json::text(&*settings.name),
            Json::text(&*settings.currency),
        );
        out += "  \"parameters\": [\n";
        let mut all: Vec<String> = self
            .parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| self.choice(index, parameter))
            .collect();
        all.push(self.run());
        out += &all.join(",\n");
        out += "\n  ],\n";
        self.write_table(&mut out);
        self.write_line(&mut out);
        self.write_examples(&mut out);
        out += "}\n";
        out
    }

    fn choice(&self, index: usize, parameter: &Parameter) -> String {
        let Parameter {
            key,
            name,
            keys,
            labels,
        } = parameter;
        let first = self.table.row(0).get(index).copied();
        let default = first.and_then(|place| keys.get(place as usize));
        let mut out = format!(
            "    {{ \"key\": \"{key}\", \"kind\": \"choice\", \"name\": {}, \"default\": {}, \"values\": [\n",
            Json::text(&**name),
            default.map_or("null", String::as_str),
        );
        let values = keys.iter().zip(labels);
        let lines: Vec<String> = values
            .map(|(key, label)| format!("      {{ \"key\": {key}, \"label\": {label} }}"))
            .collect();
        out += &lines.join(",\n");
        out + " ] }"
    }

    fn run(&self) -> String {
        let name = match self.header.run {
            Some(column) => Json::text(&*self.header.columns[column].name.name),
            None => Json::object([("en", Json::text("Run")), ("ru", Json::text("Тираж"))]),
        };
        let offered = match (self.header.run, self.settings.max_run) {
            (None, Some(most)) => format!("\"max\": {most}, \"default\": 1"),
            _ => {
                let runs: Vec<String> = self.runs.iter().copied().map(canonical).collect();
                let first = self.table.runs.first().copied().map(canonical);
                let first = first.unwrap_or_default();
                format!("\"only\": [{}], \"default\": {first}", runs.join(", "))
            }
        };
        let key = &self.run_key;
        format!("    {{ \"key\": \"{key}\", \"kind\": \"run\", \"name\": {name}, {offered} }}")
    }

    /// The keys of what prices depend on, in the order of the table's axes.
    fn axis_keys(&self) -> Vec<&str> {
        let chosen = self.parameters.iter().zip(&self.axes);
        let chosen = chosen.filter(|(_, axis)| **axis);
        let mut keys: Vec<&str> = chosen.map(|(one, _)| one.key.as_str()).collect();
        if self.header.run.is_some() {
            keys.push(&self.run_key);
        }
        keys
    }

    fn price_name(&self) -> Json {
        Json::text(&*self.header.columns[self.header.price].name.name)
    }

    fn write_table(&self, out: &mut String) {
        let axes: Vec<String> = self
            .axis_keys()
            .iter()
            .map(|key| format!("{{ \"key\": \"{key}\" }}"))
            .collect();
        let per = if self.header.whole { "run" } else { "piece" };
        *out += &format!(
            "  \"tables\": [\n    {{ \"key\": \"price\", \"name\": {}, \"per\": \"{per}\",\n      \"axes\": [{}],\n      \"rows\": [",
            self.price_name(),
            axes.join(", "),
        );
        for row in 0..self.table.prices.len() {
            *out += if row == 0 {
                "\n        ["
            } else {
                ",\n        ["
            };
            let places = self.table.row(row).iter().zip(&self.parameters);
            for ((place, parameter), axis) in places.zip(&self.axes) {
                if *axis && let Some(key) = parameter.keys.get(*place as usize) {
                    *out += key;
                    *out += ", ";
                }
            }
            if self.header.run.is_some() {
                push(out, self.table.runs[row]);
                *out += ", ";
            }
            push(out, self.table.prices[row]);
            *out += "]";
        }
        *out += " ] }\n  ],\n";
    }

    fn write_line(&self, out: &mut String) {
        let times = if self.header.whole {
            String::new()
        } else {
            format!(", \"times\": \"{}\"", self.run_key)
        };
        *out += &format!(
            "  \"lines\": [ {{ \"key\": \"price\", \"name\": {}, \"price\": \"price[{}]\"{times} }} ],\n",
            self.price_name(),
            self.axis_keys().join(", "),
        );
    }

    /// The first row, one in the middle and the last one as worked examples.
    fn write_examples(&self, out: &mut String) {
        let last = self.table.prices.len().saturating_sub(1);
        let mut rows = vec![0, last / 2, last];
        rows.dedup();
        let examples: Vec<String> = rows
            .into_iter()
            .filter_map(|row| self.example(row))
            .collect();
        *out += &format!("  \"examples\": [\n{}\n  ]\n", examples.join(",\n"));
    }

    fn example(&self, row: usize) -> Option<String> {
        let run = *self.table.runs.get(row)?;
        let price = *self.table.prices.get(row)?;
        let total = if self.header.whole {
            price
        } else {
            price.checked_mul(run)?
        };
        let total = decimal::round_to(
            total,
            Decimal::new(1, PLACES),
            tirage_pricing::Direction::HalfEven,
        )?;
        if total > Decimal::from(1_000_000_000_000_000_i64) {
            return None;
        }
        let places = self.table.row(row).iter().zip(&self.parameters);
        let mut answers = String::new();
        for (place, parameter) in places {
            let key = parameter.keys.get(*place as usize)?;
            // Writing to a string cannot fail.
            let _ = write!(answers, "\"{}\": {key}, ", parameter.key);
        }
        let line = self.table.line(row);
        Some(format!(
            "    {{ \"name\": \"line {line} of the file\", \"answers\": {{ {answers}\"{}\": {} }}, \"expect\": {{ \"total\": \"{}\" }} }}",
            self.run_key,
            canonical(run),
            canonical(total),
        ))
    }
}

/// Writes a number as JSON has it.
fn push(out: &mut String, number: Decimal) {
    out.push_str(&canonical(number));
}
