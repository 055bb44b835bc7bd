//! Any bytes as the body of a compiled template: the header is made to fit, so that what is behind
//! the checksum is reached.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tirage_pricing::{Answers, Template};

/// Magic and engine number, as every compiled template begins.
static BEGINNING: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let text = r#"{"format":1,"key":"t","name":"T","currency":"EUR"}"#;
    let packed = Template::parse(text).map(|template| template.pack());
    packed.unwrap_or_default().into_iter().take(8).collect()
});

/// FNV-1a, as the compiled form uses it.
fn checksum(body: &[u8]) -> u32 {
    body.iter().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

fuzz_target!(|body: &[u8]| {
    let mut bytes = BEGINNING.clone();
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(checksum(body).to_le_bytes());
    bytes.extend(body);
    if let Ok(template) = Template::unpack(&bytes) {
        let quote = template.quote(&Answers::new(), &[]);
        let _effective = template.effective_answers(&quote);
    }
});
