//! The engine for a page: bytes go in, the text of a quote comes out.
//!
//! Only numbers cross the border, so that neither side has code for values of the other one:
//! `page.js` writes what it tells into the [`room`] that was made for it, and reads a quote where
//! it stands.

use std::cell::Cell;

use tirage_pricing::{Answers, Template};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static TEMPLATE: Cell<Option<&'static Template>> = const { Cell::new(None) };
    /// What the page tells, or what it is told.
    static TOLD: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Where the page may write so many bytes, which the next function takes.
#[wasm_bindgen]
#[must_use]
pub fn room(length: usize) -> usize {
    keep(vec![0; length])
}

/// Keeps bytes, and says where they are.
fn keep(bytes: Vec<u8>) -> usize {
    let at = bytes.as_ptr() as usize;
    TOLD.set(bytes);
    at
}

/// Takes up a compiled template, and says whether it is one of this build.
#[wasm_bindgen]
#[must_use]
pub fn load() -> bool {
    let template = Template::unpack_to_price(&TOLD.take()).ok();
    TEMPLATE.set(template);
    template.is_some()
}

/// Prices answers for each of the runs, or for the answered one, as often as that is asked for,
/// and says where the quote is; a byte of 0 stands behind it. It is empty without a template.
#[wasm_bindgen]
#[must_use]
pub fn quote(times: u32) -> usize {
    let mut text = String::new();
    if let Some(template) = TEMPLATE.get() {
        let (answers, runs) = Answers::told(&TOLD.take());
        for left in (0..times).rev() {
            let quote = template.quote(&answers, &runs);
            if left == 0 {
                text = crate::written(template, &quote);
            }
        }
    }
    text.push('\0');
    keep(text.into_bytes())
}
