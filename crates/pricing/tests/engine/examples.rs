//! The templates of `examples/` load, and come out as their own worked examples say.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use tirage_pricing::{Example, Expectation, Template};

/// Every template of the folder, with the name of its file, in the order of the names.
pub(crate) static TEMPLATES: LazyLock<Vec<(String, String)>> = LazyLock::new(templates);

fn templates() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut templates = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            templates.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    templates.sort();
    templates
}

#[test]
fn the_example_templates_hold_to_their_worked_examples() {
    assert!(TEMPLATES.len() >= 13, "{}", TEMPLATES.len());
    for (name, text) in TEMPLATES.iter() {
        let template = Template::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(template.key(), name.as_str());
        assert!(template.examples().len() >= 4, "{name}");
        assert_eq!(template.failing_examples(), [], "{name}");
    }
}

#[test]
fn every_example_template_shows_a_price_and_a_problem() {
    for (name, text) in TEMPLATES.iter() {
        let template = Template::parse(text).unwrap();
        let priced = |example: &&Example| matches!(example.expect, Expectation::Price { .. });
        if template.is_priced_remotely() {
            continue;
        }
        let prices = template.examples().iter().filter(priced).count();
        assert!(prices >= 2, "{name}");
        assert!(prices < template.examples().len(), "{name}");
    }
}
