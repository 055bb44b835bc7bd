//! Any JSON as answers to the templates of the demo shop.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tirage_pricing::json::{FromJson as _, Json, Node};
use tirage_pricing::{Answers, Template};

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let texts = [
        include_str!("../../examples/business-cards.json"),
        include_str!("../../examples/document-printing.json"),
        include_str!("../../examples/photo-printing.json"),
    ];
    texts
        .iter()
        .filter_map(|text| Template::parse(text).ok())
        .collect()
});

fuzz_target!(|text: &str| {
    if let Ok(json) = Json::parse(text)
        && let Ok(answers) = Answers::from_json(&Node::root(&json))
    {
        for template in &*TEMPLATES {
            tirage_fuzz::exercise(template, &answers);
        }
    }
});
