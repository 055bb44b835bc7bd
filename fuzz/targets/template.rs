//! Any text as a template.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tirage_pricing::{Answers, Template};

fuzz_target!(|text: &str| {
    if let Ok(template) = Template::parse(text) {
        let answers = Answers::new();
        tirage_fuzz::exercise(&template, &answers);
        tirage_fuzz::same_when_packed(&template, &answers);
        let _failing = template.failing_examples();
    }
});
