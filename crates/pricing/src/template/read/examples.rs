//! The `examples` of a template.

use super::limits;
use super::reader::Reader;
use crate::json::{FromJson, Json, JsonError, Node};
use crate::{
    Answers, Decimal, Example, Expectation, ExpectedFacts, ExpectedLine, ProblemCode, date,
};

pub(super) fn read(root: &Reader<'_>) -> Vec<Example> {
    let mut examples = Vec::new();
    root.each("examples", limits::EXAMPLES, &mut |reader| {
        examples.extend(reader.noted(Example::from_json(&reader.node)));
    });
    examples
}

impl FromJson for Example {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.only(&["name", "source", "answers", "expect"])?;
        let source = node.optional("source")?;
        Ok(Self {
            name: node.field("name")?.text()?.to_owned(),
            source: source.map(|node| String::from_json(&node)).transpose()?,
            answers: Answers::from_json(&node.field("answers")?)?,
            expect: Expectation::from_json(&node.field("expect")?)?,
        })
    }
}

impl FromJson for Expectation {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        if let Some(problem) = node.optional("problem")? {
            node.only(&["problem"])?;
            let code = ProblemCode::from_name(problem.text()?);
            return code
                .map(Self::Problem)
                .ok_or_else(|| problem.error("the code of a problem"));
        }
        node.only(&[
            "total",
            "total_before_discount",
            "vat",
            "weight",
            "production",
            "values",
            "lines",
        ])?;
        Ok(Self::Price {
            total: node.field("total")?.decimal()?,
            facts: ExpectedFacts {
                total_before_discount: decimal(node, "total_before_discount")?,
                vat: decimal(node, "vat")?,
                weight: decimal(node, "weight")?,
                production: decimal(node, "production")?,
            },
            values: by_key(node, "values", number_or_day)?,
            lines: by_key(node, "lines", expected_line)?,
        })
    }
}

fn decimal(node: &Node<'_, '_>, field: &str) -> Result<Option<Decimal>, JsonError> {
    node.optional(field)?.map(|node| node.decimal()).transpose()
}

/// A number, or the day of a value that is one.
fn number_or_day(node: &Node<'_, '_>) -> Result<Decimal, JsonError> {
    let day = match node.value() {
        Json::Text(text) => date::read(text),
        _ => None,
    };
    day.map_or_else(|| node.decimal(), Ok)
}

/// A line's amount, or an object of what is compared.
fn expected_line(node: &Node<'_, '_>) -> Result<ExpectedLine, JsonError> {
    let Json::Object(_) = node.value() else {
        return Ok(ExpectedLine {
            amount: Some(node.decimal()?),
            ..ExpectedLine::default()
        });
    };
    node.only(&["price", "times", "amount"])?;
    Ok(ExpectedLine {
        price: decimal(node, "price")?,
        times: decimal(node, "times")?,
        amount: decimal(node, "amount")?,
    })
}

fn by_key<T>(
    node: &Node<'_, '_>,
    field: &str,
    read: fn(&Node<'_, '_>) -> Result<T, JsonError>,
) -> Result<Vec<(String, T)>, JsonError> {
    let Some(node) = node.optional(field)? else {
        return Ok(Vec::new());
    };
    node.fields()?
        .map(|(key, value)| Ok((key.to_owned(), read(&value)?)))
        .collect()
}
