//! Texts that lack a language which other texts of the template have.

use tirage_pricing::json::Json;

use super::super::locate::escaped;
use super::{Lint, Remark};

/// The fields that hold texts for people.
const FIELDS: [&str; 7] = ["name", "hint", "help", "unit", "label", "reason", "message"];
/// The fields below which nothing is a text for people.
const PASSED_OVER: [&str; 6] = ["examples", "numbers", "codes", "cells", "default", "value"];

/// A language that fewer than one of so many texts have is none of the template.
const RARE: usize = 10;

pub(super) fn untranslated(json: &Json) -> Vec<Remark> {
    let mut texts = Vec::new();
    collect(json, "", &mut texts);
    let mut languages: Vec<(&str, usize)> = Vec::new();
    for (language, _) in texts.iter().flat_map(|(_, text)| *text) {
        match languages.iter_mut().find(|(known, _)| known == language) {
            Some((_, count)) => *count += 1,
            None => languages.push((language, 1)),
        }
    }
    // One that hardly any text has is rather another one's name, misspelt.
    let all = texts.len();
    let (languages, rare): (Vec<_>, Vec<_>) = languages
        .into_iter()
        .partition(|(_, count)| count * RARE >= all);
    let languages: Vec<&str> = languages
        .into_iter()
        .map(|(language, _)| language)
        .collect();
    let mut remarks = Vec::new();
    for (pointer, text) in texts {
        for (language, count) in &rare {
            if text.iter().any(|(known, _)| known == language) {
                let message = format!(
                    "expected a language of the other texts, found `{language}`, which {count} of \
                     {all} texts have"
                );
                let pointer = format!("{pointer}/{}", escaped(language));
                remarks.push(Remark::new(Lint::MissingTranslation, pointer, message));
            }
        }
        let has = |language: &str| {
            text.iter()
                .any(|(known, text)| known == language && *text != Json::text(""))
        };
        let missing: Vec<String> = languages
            .iter()
            .filter(|language| !has(language))
            .map(|language| format!("`{language}`"))
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "expected a text in every language of the template, found none in {}",
                missing.join(", ")
            );
            remarks.push(Remark::new(Lint::MissingTranslation, pointer, message));
        }
    }
    remarks
}

/// A text that is not an object of languages is the same in all of them.
fn collect<'j>(json: &'j Json, pointer: &str, out: &mut Vec<(String, &'j Vec<(String, Json)>)>) {
    match json {
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{index}"), out);
            }
        }
        Json::Object(fields) => {
            for (key, value) in fields {
                let pointer = format!("{pointer}/{}", escaped(key));
                match value {
                    Json::Object(languages) if FIELDS.contains(&key.as_str()) => {
                        out.push((pointer, languages));
                    }
                    _ if PASSED_OVER.contains(&key.as_str()) => {}
                    _ => collect(value, &pointer, out),
                }
            }
        }
        _ => {}
    }
}
