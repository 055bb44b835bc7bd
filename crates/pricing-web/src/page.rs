//! The engine for a page: what `page.js` tells of answers goes in, the text of a quote comes out.

use std::cell::Cell;
use std::mem::take;

use tirage_pricing::decimal::parse;
use tirage_pricing::{Answer, Answers, Decimal, Template};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static TEMPLATE: Cell<Option<&'static Template>> = const { Cell::new(None) };
}

/// Takes up a compiled template, and says whether it is one of this build.
#[wasm_bindgen]
#[must_use]
pub fn load(program: &[u8]) -> bool {
    let template = Template::unpack_for_good(program).ok();
    TEMPLATE.set(template);
    template.is_some()
}

/// Prices answers for each of the runs, or for the answered one; empty without a template.
#[wasm_bindgen]
#[must_use]
pub fn quote(told: &str) -> String {
    let Some(template) = TEMPLATE.get() else {
        return String::new();
    };
    let (answers, runs) = read(told);
    crate::written(template, &template.quote(&answers, &runs))
}

/// Prices the same so often, for a page that measures how long that takes, and says how many runs
/// had a price.
#[wasm_bindgen]
#[must_use]
pub fn repeat(told: &str, times: u32) -> usize {
    let Some(template) = TEMPLATE.get() else {
        return 0;
    };
    let (answers, runs) = read(told);
    let mut priced = 0;
    for _ in 0..times {
        let quote = template.quote(&answers, &runs);
        priced += quote.runs.iter().filter(|run| run.price.is_some()).count();
    }
    priced
}

/// Answers and runs. Each piece ends with a sign that says what it is; a sign that is a part of a
/// text has [`ESCAPE`] before it. Numbers come by their digits: never by way of a float.
fn read(told: &str) -> (Answers, Vec<Decimal>) {
    const RUN: char = '\0';
    const PATH: char = '\x01';
    const TEXT: char = '\x02';
    const NUMBER: char = '\x03';
    const FLAG: char = '\x04';
    const ITEM: char = '\x05';
    const LIST: char = '\x06';
    const ESCAPE: char = '\x07';

    let (mut answers, mut runs) = (Answers::new(), Vec::new());
    let (mut path, mut piece, mut items) = (String::new(), String::new(), Vec::new());
    let mut chars = told.chars();
    while let Some(char) = chars.next() {
        let answer = match char {
            RUN => {
                runs.extend(parse(&take(&mut piece)));
                continue;
            }
            PATH => {
                path = take(&mut piece);
                continue;
            }
            ITEM => {
                items.push(take(&mut piece));
                continue;
            }
            TEXT => Some(Answer::Text(take(&mut piece))),
            NUMBER => parse(&take(&mut piece)).map(Answer::Number),
            FLAG => Some(Answer::Flag(take(&mut piece) == "true")),
            LIST => Some(Answer::List(take(&mut items))),
            _ => {
                let is_escape = char == ESCAPE;
                piece.push(if is_escape {
                    chars.next().unwrap_or(char)
                } else {
                    char
                });
                continue;
            }
        };
        if let Some(answer) = answer {
            answers.set(&path, answer);
        }
    }
    (answers, runs)
}
