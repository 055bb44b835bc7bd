//! How large a template's texts may be, before anything is made of them.

use super::{Read, limits};
use crate::json::Json;

/// Refuses a document with a text that is longer than any template needs.
pub(super) fn check(json: &Json) -> Read<()> {
    let mut steps = Vec::new();
    match longest(json, &mut steps) {
        None => Ok(()),
        Some(found) => {
            let pointer: String = steps.iter().rev().map(String::as_str).collect();
            Err(limits::TEXT.exceeded(pointer, found))
        }
    }
}

/// The length of the first text that is too long; its place is put together on the way back, so
/// that a fitting document costs no pointers. No deeper than JSON may be.
fn longest(json: &Json, steps: &mut Vec<String>) -> Option<usize> {
    match json {
        Json::Text(text) => Some(text.len()).filter(|length| *length > limits::TEXT.most),
        Json::List(items) => items.iter().enumerate().find_map(|(index, item)| {
            let found = longest(item, steps)?;
            steps.push(format!("/{index}"));
            Some(found)
        }),
        Json::Object(fields) => fields.iter().find_map(|(name, field)| {
            if name.len() > limits::TEXT.most {
                return Some(name.len());
            }
            let found = longest(field, steps)?;
            steps.push(format!("/{}", name.replace('~', "~0").replace('/', "~1")));
            Some(found)
        }),
        _ => None,
    }
}
