//! A template fitted to one product without touching it: renamed, pinned, preset, hidden, and
//! perhaps priced by the product's own tiers.
//!
//! JSON goes in and JSON comes out, so the fitted template has a revision of its own and nothing
//! that reads templates knows of bindings.

mod edit;
mod parameters;
mod prices;

use super::{Template, TemplateError};
use crate::json::{Json, JsonError, Node};

const FIELDS: [&str; 8] = [
    "format",
    "template",
    "key",
    "name",
    "parameters",
    "prices",
    "forbid",
    "examples",
];

/// A template fitted to a product.
#[derive(Debug)]
pub struct Bound {
    /// Its text, as JSON.
    pub json: Json,
    /// The same, checked and compiled.
    pub template: Template,
    /// The names of the template's worked examples that do not hold for the product; the fitted
    /// template is without them.
    pub dropped_examples: Vec<String>,
}

/// Why a template could not be fitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BindingError {
    /// Something in the binding is wrong; places are the binding's.
    #[error(transparent)]
    Binding(TemplateError),
    /// The template is wrong, or became so; places are the fitted template's.
    #[error("the fitted template: {0}")]
    Template(TemplateError),
}

impl From<JsonError> for BindingError {
    fn from(error: JsonError) -> Self {
        Self::Binding(TemplateError::Shape(error))
    }
}

/// What was taken over from the binding: the place in the fitted template, the one in the binding.
#[derive(Debug, Default)]
struct Written(Vec<(String, String)>);

impl Written {
    fn note(&mut self, fitted: String, node: &Node<'_, '_>) {
        self.0.push((fitted, node.pointer()));
    }

    /// An error of the fitted template, told where the binding is to blame.
    fn told(&self, mut error: TemplateError) -> BindingError {
        let pointer = match &mut error {
            TemplateError::Shape(error) => &mut error.pointer,
            TemplateError::Expression { pointer, .. } | TemplateError::Limit { pointer, .. } => {
                pointer
            }
            TemplateError::Parse(_) | TemplateError::Cycle { .. } => {
                return BindingError::Template(error);
            }
        };
        let inside = |fitted: &str| {
            let rest = pointer.strip_prefix(fitted)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| rest.to_owned())
        };
        let from = self
            .0
            .iter()
            .find_map(|(fitted, binding)| Some([binding, inside(fitted)?.as_str()].concat()));
        match from {
            Some(place) => {
                *pointer = place;
                BindingError::Binding(error)
            }
            None => BindingError::Template(error),
        }
    }
}

/// Fits a template to a product.
///
/// # Errors
/// When the binding names what the template does not have, or the fitted template is none.
pub fn bind(template: &Json, binding: &Json) -> Result<Bound, BindingError> {
    let root = Node::root(binding);
    root.only(&FIELDS)?;
    let format = root.field("format")?;
    if format.value() != &Json::integer(1) {
        return Err(format.error("1").into());
    }
    if let Some(node) = root.optional("template")?
        && template.get("key") != Some(node.value())
    {
        let key = template.get("key").map_or_else(String::new, Json::describe);
        return Err(node.error(format!("the template's key, {key}")).into());
    }
    let mut json = template.clone();
    let mut written = Written::default();
    for field in ["key", "name"] {
        if let Some(node) = root.optional(field)? {
            written.note(["/", field].concat(), &node);
            edit::set(&mut json, field, node.value().clone());
        }
    }
    parameters::fit(&mut json, &root, &mut written)?;
    prices::fit(&mut json, &root, &mut written)?;
    let examples = edit::length(&json, "examples");
    for list in ["forbid", "examples"] {
        append(&mut json, &root, list, &mut written)?;
    }
    let fitted = Template::from_json(&json).map_err(|error| written.told(error))?;
    let failing = fitted.failing_examples().into_iter();
    let failing: Vec<usize> = failing
        .map(|(index, _)| index)
        .filter(|index| *index < examples)
        .collect();
    if failing.is_empty() {
        return Ok(Bound {
            json,
            template: fitted,
            dropped_examples: Vec::new(),
        });
    }
    let names = failing.iter().map(|at| fitted.examples()[*at].name.clone());
    let dropped_examples = names.collect();
    edit::remove_items(&mut json, "examples", &failing);
    let template = Template::from_json(&json).map_err(|error| written.told(error))?;
    Ok(Bound {
        json,
        template,
        dropped_examples,
    })
}

/// Adds what a list of the binding has to the template's list of the same name.
fn append(
    json: &mut Json,
    from: &Node<'_, '_>,
    list: &str,
    written: &mut Written,
) -> Result<(), BindingError> {
    let Some(node) = from.optional(list)? else {
        return Ok(());
    };
    let before = edit::length(json, list);
    for (item, index) in node.items()?.zip(before..) {
        written.note(format!("/{list}/{index}"), &item);
        edit::push(json, list, item.value().clone());
    }
    Ok(())
}
