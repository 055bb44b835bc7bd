//! What the browser's files weigh, and how much they may.

use std::fs;
use std::path::{Path, PathBuf};

use super::compress;

/// What everything needed to show a calculator, to answer it and to follow its price may weigh, as
/// transferred (brotli).
const CALCULATOR_BUDGET: u64 = 70_000;
/// What is loaded later, and what each file of it may weigh; no other may be there.
pub(crate) const CHUNKS: [(&str, u64); 8] = [
    ("tirage_cart.wasm", 35_300),
    ("tirage_cart-keep.wasm", 6_900),
    ("tirage_cart-keep-remote.wasm", 6_450),
    ("tirage_compare.wasm", 6_000),
    ("tirage_keep.wasm", 2_300),
    ("tirage_more.wasm", 11_500),
    ("tirage_remote.wasm", 6_500),
    ("tirage_why.wasm", 4_700),
];
/// The chunk that every page with a calculator fetches once there is a price, for its own code.
const FOLLOWS: &str = "tirage_more.wasm";
/// The module that the chunks belong to.
const MODULE: &str = "tirage_app_bg.wasm";
/// The script tag's own file, as transferred (brotli).
const LOADER_BUDGET: u64 = 3_000;
const LOADER: &str = "tirage.js";
/// What pages fetch only when they need it, each with what it may weigh as transferred (brotli).
const SCRIPTS: [(&str, &str, u64); 8] = [
    (
        "tirage_chunks.js",
        "the list of chunks fits its budget",
        600,
    ),
    (
        "tirage_form.js",
        "the form without WebAssembly fits its budget",
        // No part of the first load; it says how far a print house's price can be relied on.
        6_600,
    ),
    (
        "tirage_files.js",
        "the control for files fits its budget",
        4_600,
    ),
    (
        "tirage_category.js",
        "the calculator of a category fits its budget",
        7_100,
    ),
    (
        "tirage_look.js",
        "themes and own styles fit their budget",
        2_700,
    ),
    (
        "compat.js",
        "the script of earlier embeds fits its budget",
        6_000,
    ),
    ("editor.js", "the editors' script fits its budget", 2_000),
    ("frame.js", "the frame's script fits its budget", 1_000),
];

/// What the pricing engine alone may weigh with its glue.
const ENGINE_BUDGET: u64 = 25_000;

/// One file in its three encodings, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) path: PathBuf,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn name(&self) -> String {
        self.path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// Whether no calculator is shown, answered or priced without it.
    fn is_needed(&self) -> bool {
        self.group() == Group::Calculator
    }

    /// Whether every page with a calculator fetches it.
    fn is_fetched(&self) -> bool {
        self.is_needed() || self.name() == FOLLOWS
    }

    /// Which sum it belongs to.
    fn group(&self) -> Group {
        let name = self.name();
        if name.ends_with(".wasm") && name != MODULE {
            Group::Chunk
        } else if SCRIPTS.iter().any(|(script, ..)| *script == name) {
            Group::Script
        } else {
            Group::Calculator
        }
    }
}

/// What files are fetched together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Calculator,
    Chunk,
    /// On its own.
    Script,
}

/// Weighs a file that has its compressed twins beside it.
pub(crate) fn measure(path: &Path) -> anyhow::Result<Size> {
    let length = |path: &Path| fs::metadata(path).map(|metadata| metadata.len());
    let raw = length(path)?;
    Ok(Size {
        path: path.to_owned(),
        raw,
        gzip: length(&compress::twin(path, "gz")).unwrap_or(raw),
        brotli: length(&compress::twin(path, "br")).unwrap_or(raw),
    })
}

/// A line for every file.
pub(crate) fn lines(sizes: &[Size]) -> String {
    let mut text = String::new();
    for size in sizes {
        text.push_str(&line(&size.name(), size.raw, size.gzip, size.brotli));
    }
    text
}

fn line(name: &str, raw: u64, gzip: u64, brotli: u64) -> String {
    format!("{name:<28}{raw:>10}{gzip:>10}{brotli:>10}\n")
}

/// A line for every file, one for the sum of all that it takes to show, answer and price a
/// calculator, and one with what every page fetches then for its own code.
pub(crate) fn table(sizes: &[Size]) -> String {
    let (raw, gzip, brotli) = ("raw", "gzip", "brotli");
    let mut text = format!("{:<28}{raw:>10}{gzip:>10}{brotli:>10}\n", "bytes");
    text.push_str(&lines(sizes));
    let sums: [(&str, IsIn); 2] = [
        ("to show, answer and price", Size::is_needed),
        ("with what the page may ask", Size::is_fetched),
    ];
    for (name, is_in) in sums {
        text.push_str(&line(
            name,
            sum(sizes, is_in, |size| size.raw),
            sum(sizes, is_in, |size| size.gzip),
            sum(sizes, is_in, |size| size.brotli),
        ));
    }
    text
}

/// Whether a file is in a sum.
type IsIn = fn(&Size) -> bool;

fn sum(sizes: &[Size], is_in: IsIn, weight: fn(&Size) -> u64) -> u64 {
    sizes.iter().filter(|size| is_in(size)).map(weight).sum()
}

/// The weight of everything that it takes to show, answer and price a calculator.
fn calculator(sizes: &[Size], weight: fn(&Size) -> u64) -> u64 {
    sum(sizes, Size::is_needed, weight)
}

/// The checks of the widget's weight: each with its name and, if failed, the reason.
pub(crate) fn over_budget(sizes: &[Size]) -> Vec<(&'static str, Option<String>)> {
    let alone = |name: &str, budget: u64| match sizes.iter().find(|size| size.name() == name) {
        Some(size) => beyond(size.brotli, budget),
        None => Some(format!("there is no `{name}`")),
    };
    let mut checks = vec![
        (
            "all that a calculator takes fits its budget",
            beyond(calculator(sizes, |size| size.brotli), CALCULATOR_BUDGET),
        ),
        ("every chunk fits its budget", chunks(sizes)),
        ("the loader fits its budget", alone(LOADER, LOADER_BUDGET)),
    ];
    checks.extend(SCRIPTS.map(|(name, check, budget)| (check, alone(name, budget))));
    checks
}

/// Why the pricing engine alone is heavier than it may be; none when it is not.
pub(crate) fn engine_over_budget(sizes: &[Size]) -> Option<String> {
    beyond(sizes.iter().map(|size| size.brotli).sum(), ENGINE_BUDGET)
}

/// Why the chunks are not as they should be; none when they are.
fn chunks(sizes: &[Size]) -> Option<String> {
    let mut wrong = Vec::new();
    for (name, budget) in CHUNKS {
        match sizes.iter().find(|size| size.name() == name) {
            Some(size) => {
                wrong.extend(beyond(size.brotli, budget).map(|why| format!("`{name}`: {why}")));
            }
            None => wrong.push(format!("there is no `{name}`")),
        }
    }
    let known = |name: &str| CHUNKS.iter().any(|(chunk, _)| *chunk == name);
    for name in sizes
        .iter()
        .filter(|size| size.group() == Group::Chunk)
        .map(Size::name)
    {
        if !known(&name) {
            wrong.push(format!("nobody expects `{name}`"));
        }
    }
    (!wrong.is_empty()).then(|| wrong.join(", "))
}

fn beyond(weight: u64, budget: u64) -> Option<String> {
    (weight > budget).then(|| format!("{weight} bytes of brotli, expected at most {budget}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, brotli: u64) -> Size {
        Size {
            path: PathBuf::from(name),
            raw: brotli,
            gzip: brotli,
            brotli,
        }
    }

    /// Everything exactly at its budget, and `more` bytes of brotli beyond it.
    fn everything(more: u64) -> Vec<Size> {
        let mut sizes = vec![
            size("a/tirage.js", LOADER_BUDGET + more),
            size("a/tirage_app_bg.wasm", CALCULATOR_BUDGET - LOADER_BUDGET),
        ];
        sizes.extend(CHUNKS.map(|(name, budget)| size(name, budget + more)));
        sizes.extend(SCRIPTS.map(|(name, _, budget)| size(name, budget + more)));
        sizes
    }

    #[test]
    fn the_engine_is_weighed_with_its_glue() {
        let weighed = |glue| {
            let module = size("a/tirage_engine_bg.wasm", ENGINE_BUDGET - 1_000);
            engine_over_budget(&[size("a/tirage_engine.js", glue), module])
        };
        assert_eq!(weighed(1_000), None);
        assert!(weighed(1_001).is_some());
    }

    #[test]
    fn a_file_more_than_the_budget_is_reported_with_its_weight() {
        let checks = over_budget(&everything(0));
        assert!(checks.iter().all(|(_, failure)| failure.is_none()));

        let mut expected = vec![CALCULATOR_BUDGET, CHUNKS[0].1, LOADER_BUDGET];
        expected.extend(SCRIPTS.map(|(_, _, budget)| budget));
        let checks = over_budget(&everything(1));
        assert_eq!(checks.len(), expected.len());
        for ((_, failure), budget) in checks.iter().zip(expected) {
            let weight = (budget + 1).to_string();
            assert!(failure.as_deref().unwrap().contains(&weight));
        }
    }

    #[test]
    fn a_missing_file_is_a_failure() {
        let checks = over_budget(&[size("a/tirage_app_bg.wasm", 1)]);
        assert!(checks[1..].iter().all(|(_, failure)| failure.is_some()));
    }

    #[test]
    fn a_chunk_that_nobody_expects_is_a_failure() {
        let mut sizes = everything(0);
        sizes.push(size("a/tirage_other.wasm", 1));
        let wrong = chunks(&sizes).unwrap();
        assert_eq!(wrong, "nobody expects `tirage_other.wasm`");
    }
}
