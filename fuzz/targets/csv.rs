//! Any bytes as a price file: it becomes a template that keeps what it says, or has mistakes.
#![no_main]

// The reader alone: the package it belongs to has HTTP clients in it, which would be built with
// the fuzzer's counters for nothing.
#[expect(dead_code, unused_imports, reason = "the tools use more of it")]
#[path = "../../crates/connectors/src/poly1c/mod.rs"]
mod poly1c;

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use poly1c::{ColumnNames, ImportError, Settings};
use tirage_pricing::{Answers, Template};

fuzz_target!(|bytes: &[u8]| {
    // The first byte chooses what the file need not say itself.
    let (max_run, file) = match bytes.split_first() {
        Some((byte, file)) if byte % 2 == 1 => (Some(u32::from(*byte)), file),
        Some((_, file)) => (None, file),
        None => (None, bytes),
    };
    let settings = Settings {
        key: "t".to_owned(),
        name: "T".to_owned(),
        currency: "RUB".to_owned(),
        columns: ColumnNames::default(),
        max_run,
    };
    match poly1c::import(Cursor::new(file), &settings) {
        Ok(import) => {
            let template = Template::parse(&import.template);
            let Ok(template) = template else {
                panic!("an import is no template: {template:?}");
            };
            assert!(template.failing_examples().is_empty(), "a row has another price");
            tirage_fuzz::exercise(&template, &Answers::new());
        }
        Err(ImportError::Mistakes(mistakes)) => assert!(mistakes.count > 0, "no mistake, no import"),
        Err(error) => panic!("bytes in memory cannot be read: {error}"),
    }
});
