//! Questions for files that a buyer has to answer and never sees: refused at start, because such a
//! product could not be ordered.

use tirage_pricing::json::Json;
use tirage_pricing::{Kind, Template};
use tirage_wire::options::Options;

use super::shown::{USUAL_VIEWS, combined};
use crate::config::CategoryConfig;

/// A parameter, and where a page does not ask for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unasked {
    pub(super) parameter: String,
    /// In words, such as ``the view `editor` of category `cards` leaves``.
    pub(super) place: String,
}

/// A file that the template insists on, always or by a rule, where options leave files out.
pub(super) fn unasked(
    template: &Template,
    json: &Json,
    (product, own): (&str, &Options),
    categories: &[CategoryConfig],
) -> Option<Unasked> {
    let parameter = insisted(template, json)?;
    let place = hiding(product, own, categories)?;
    Some(Unasked { parameter, place })
}

/// The first file that has to be given, and is neither hidden nor fixed by the template itself.
fn insisted(template: &Template, json: &Json) -> Option<String> {
    let places = &template.places().parameters;
    let mut parameters = template.parameters().iter().zip(places);
    let found = parameters.find(|(parameter, place)| {
        let is_asked = matches!(parameter.kind, Kind::File(_))
            && !parameter.hidden
            && parameter.fixed.is_none();
        // A rule is written in the same field.
        let required = at(json, &format!("{place}/required"));
        is_asked && required.is_some_and(|required| *required != Json::Bool(false))
    });
    found.map(|(parameter, _)| parameter.key.clone())
}

fn at<'j>(json: &'j Json, pointer: &str) -> Option<&'j Json> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(json, |node, step| match node {
        Json::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => node.get(step),
    })
}

/// Where a product is shown without questions for files.
fn hiding(product: &str, own: &Options, categories: &[CategoryConfig]) -> Option<String> {
    if own.files == Some(false) {
        return Some("its own options leave".to_owned());
    }
    for category in categories {
        let named = category.views.iter().map(|view| view.key.as_str());
        for key in named.chain(USUAL_VIEWS) {
            let view = category.views.iter().find(|view| view.key == key);
            let options = combined(own.clone(), category, view);
            if category.shows(product, view) && options.files == Some(false) {
                return Some(format!(
                    "the view `{key}` of category `{}` leaves",
                    category.key
                ));
            }
        }
    }
    None
}
