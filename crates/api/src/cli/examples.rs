//! What becomes of a template's worked examples when its prices change.
//!
//! They are recomputed, and each example that changed says so in its `source`, because nobody has
//! checked those numbers by hand any more.

use anyhow::{Context as _, bail};
use tirage_pricing::decimal;
use tirage_pricing::json::Json;
use tirage_pricing::{Example, Mismatch, Template};

use super::edit::{Edit, written_like};
use super::locate::{Inside, Spot, escaped};
use super::source::Loaded;

/// Edits that make the examples expect what the repriced template computes, and what to say.
pub(crate) fn recomputed(
    loaded: &Loaded<'_>,
    priced: &Template,
    why: &str,
) -> anyhow::Result<(Vec<Edit>, String)> {
    let mut edits = Vec::new();
    let mut told = String::new();
    let failing = priced.failing_examples();
    for (index, mismatches) in &failing {
        let example = &priced.examples()[*index];
        for mismatch in mismatches {
            let pointer = pointer(*index, mismatch);
            let spot = loaded.map.nearest(&pointer);
            let Some(found) = decimal::parse(&mismatch.found) else {
                bail!(
                    "the example \"{}\" has no price any more: {mismatch}",
                    example.name
                );
            };
            edits.push(Edit {
                bytes: spot.bytes.clone(),
                text: written_like(loaded.map.written(spot), found),
            });
            told += &format!(
                "  \"{}\" {}: {} → {}\n",
                example.name, mismatch.what, mismatch.expected, mismatch.found
            );
        }
        edits.push(note(loaded, *index, example, why)?);
    }
    if failing.is_empty() {
        return Ok((edits, told));
    }
    let head = format!(
        "examples: {} recomputed; they say what is computed now, not what somebody has checked\n",
        failing.len()
    );
    Ok((edits, head + &told))
}

/// Where an example says what did not come out.
pub(crate) fn pointer(example: usize, mismatch: &Mismatch) -> String {
    let inside = match mismatch.what.split_once('/') {
        Some(("answers", path)) => format!("answers/{}", escaped(path)),
        _ => format!("expect/{}", mismatch.what),
    };
    format!("/examples/{example}/{inside}")
}

/// Says in the example's `source` that its numbers are no longer those of the source.
fn note(loaded: &Loaded<'_>, index: usize, example: &Example, why: &str) -> anyhow::Result<Edit> {
    let note = format!("recomputed after {why}");
    if let (Some(source), Some(spot)) = (
        &example.source,
        loaded.map.find(&format!("/examples/{index}/source")),
    ) {
        // Month after month the last word counts.
        let source = source.split("; recomputed after ").next().unwrap_or(source);
        return Ok(Edit {
            bytes: spot.bytes.clone(),
            text: Json::text(format!("{source}; {note}")).to_string(),
        });
    }
    let object = loaded.map.find(&format!("/examples/{index}"));
    let name = loaded.map.find(&format!("/examples/{index}/name"));
    let (object, name) = object.zip(name).context("an example without a name")?;
    let end = name.bytes.end;
    Ok(Edit {
        bytes: end..end,
        text: format!(
            ",{}\"source\": {}",
            indent(loaded, object),
            Json::text(note)
        ),
    })
}

/// The space before the first field of an object.
fn indent<'s>(loaded: &Loaded<'s>, object: &Spot) -> &'s str {
    let Inside::Fields(fields) = &object.inside else {
        return " ";
    };
    let first = fields.first().map(|field| field.key_bytes.start);
    let space = first.and_then(|first| loaded.source.text.get(object.bytes.start + 1..first));
    space.unwrap_or(" ")
}

/// Takes the examples out, with the comma that goes with them.
pub(crate) fn dropped(loaded: &Loaded<'_>) -> Option<Edit> {
    let Inside::Fields(fields) = &loaded.map.find("")?.inside else {
        return None;
    };
    let index = fields.iter().position(|field| field.key == "examples")?;
    let field = &fields[index];
    let before = index.checked_sub(1).and_then(|before| fields.get(before));
    let bytes = match (before, fields.get(index + 1)) {
        (Some(before), _) => before.value.bytes.end..field.value.bytes.end,
        (None, Some(after)) => field.key_bytes.start..after.key_bytes.start,
        (None, None) => field.key_bytes.start..field.value.bytes.end,
    };
    Some(Edit {
        bytes,
        text: String::new(),
    })
}
