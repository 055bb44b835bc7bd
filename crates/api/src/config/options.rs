//! Options of products, categories and views, in the form in which pages get them.

use tirage_pricing::Texts;
use tirage_pricing::json::{FromJson, Json, JsonError, Node, ToJson};
use tirage_wire::options::{Options, SCHEMES, THEMES};
use toml::Value;

use super::Problem;

/// The longest caption of a button, and the longest name.
const LONGEST: usize = 100;

/// Reads a wire type from the settings at `place`, and notes what is wrong with it there.
pub(super) fn read<T: FromJson>(
    value: &Value,
    place: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let read = to_json(value)
        .and_then(|json| T::from_json(&Node::root(&json)).map_err(|error| located(place, &error)));
    read.map_err(|problem| problems.push(problem)).ok()
}

fn to_json(value: &Value) -> Result<Json, Problem> {
    let unwritable =
        |error: &dyn std::fmt::Display| Problem::text("the settings", error.to_string());
    let text = serde_json::to_string(value).map_err(|error| unwritable(&error))?;
    Json::parse(&text).map_err(|error| unwritable(&error))
}

/// JSON's `/views/0/key` is `.views[0].key` in the settings.
fn located(place: &str, error: &JsonError) -> Problem {
    let mut whole = place.to_owned();
    for step in error.pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            whole.push_str(&format!("[{step}]"));
        } else {
            whole.push_str(&format!(".{step}"));
        }
    }
    let message = format!("expected {}, found {}", error.expected, error.found);
    Problem::text(whole, message)
}

/// Reads a wire type, and refuses fields that it does not have: as an answer it may grow some, but
/// settings are written for this version.
pub(super) fn strictly<T: FromJson + ToJson>(node: &Node<'_, '_>) -> Result<T, JsonError> {
    let value = T::from_json(node)?;
    only_written(node, &value.to_json())?;
    Ok(value)
}

fn only_written(node: &Node<'_, '_>, written: &Json) -> Result<(), JsonError> {
    match (node.value(), written) {
        (Json::Object(_), Json::Object(_)) => {
            for (key, child) in node.fields()? {
                let field = written.get(key);
                let field = field.ok_or_else(|| child.error("a name that there is"))?;
                only_written(&child, field)?;
            }
        }
        (Json::List(_), Json::List(items)) => {
            for (child, item) in node.items()?.zip(items) {
                only_written(&child, item)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// What types cannot say of options.
pub(super) fn check(options: &Options, place: &str, problems: &mut Vec<Problem>) {
    for (name, caption) in [
        ("continue_label", &options.continue_label),
        ("order_label", &options.order_label),
    ] {
        if let Some(caption) = caption {
            check_texts(caption, &format!("{place}.{name}"), problems);
        }
    }
    for (name, address) in [
        ("order_page", &options.order_page),
        ("style_page", &options.style_page),
        ("style_editor", &options.style_editor),
    ] {
        if let Some(address) = address.as_deref().filter(|address| !is_address(address)) {
            let expected = "an address that begins with https://, http:// or one /";
            problems.push(Problem::new(format!("{place}.{name}"), expected, address));
        }
    }
    if let Some(theme) = options.theme.as_deref().filter(|theme| !is_theme(theme)) {
        let (themes, schemes) = (THEMES.join(", "), SCHEMES.join(", "));
        let expected = format!("one of {themes}, one of {schemes}, or one of each");
        problems.push(Problem::new(format!("{place}.theme"), expected, theme));
    }
}

/// Texts are there, and fit a button or a line.
pub(super) fn check_texts(texts: &Texts, place: &str, problems: &mut Vec<Problem>) {
    for (_, text) in texts.iter() {
        if text.trim().is_empty() || text.chars().count() > LONGEST {
            let expected = format!("1 to {LONGEST} characters");
            problems.push(Problem::new(place, expected, text));
        }
    }
}

/// Whether a page may fetch or open this: a whole address, or a path on the page's own host.
fn is_address(text: &str) -> bool {
    let is_visible = |c: char| !c.is_whitespace() && !c.is_control() && c != '\\';
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let begins = match rest {
        Some(rest) => rest.starts_with(|c: char| c.is_alphanumeric() || c == '['),
        None => text.starts_with('/') && !text.starts_with("//"),
    };
    begins && text.chars().all(is_visible)
}

fn is_theme(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let count = |known: &[&str]| words.iter().filter(|word| known.contains(word)).count();
    let (themes, schemes) = (count(&THEMES), count(&SCHEMES));
    themes <= 1 && schemes <= 1 && themes + schemes == words.len()
}
