//! Cuts the parts that are loaded later out of a module, each as a module of its own.
//!
//! `wasm_split_cli_support` follows calls, tables and data from the entries that `tirage_split`
//! declares: what only a chunk reaches goes there, all else stays. Main module and chunks share
//! memory, stack and table. What it needs besides the module is the linker's relocations.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use super::{files, sections};

/// The script it writes to load chunks; the loader does that here, with hashes.
const LINK_SCRIPT: &str = "__wasm_split.js";
/// What chunks call the module that they belong to.
pub(crate) const MODULE: &str = "__wasm_split";
/// What several chunks have in common and is lighter than this, as the splitter writes it, is not
/// worth a file and a fetch.
const LEAST: u64 = 2_048;

/// Writes the chunks of `wasm` into `folder` and what remains of it to `main`.
///
/// A chunk is `<prefix>_<name>.wasm`, and what several have in common `<prefix>_<name>-<name>.wasm`.
pub(crate) fn split(wasm: &Path, main: &Path, folder: &Path, prefix: &str) -> anyhow::Result<()> {
    let input = fs::read(wasm).with_context(|| format!("cannot read `{}`", wasm.display()))?;
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = main;
    options.link_name = LINK_SCRIPT;
    let parts = transform(options)
        .map_err(|error| anyhow!("cannot split `{}`: {error:#}", wasm.display()))?;
    files::remove_if_there(&folder.join(LINK_SCRIPT))?;

    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (chunk, needed) in &parts.prefetch_map {
        for file in needed {
            users.entry(file).or_default().push(chunk);
        }
    }
    for file in &parts.split_modules {
        let stem = file.file_stem().and_then(|stem| stem.to_str());
        let mut users = stem.and_then(|stem| users.remove(stem)).unwrap_or_default();
        if users.is_empty() {
            bail!("`{}` belongs to no chunk", file.display());
        }
        users.sort_unstable();
        let name = format!("{prefix}_{}.wasm", users.join("-"));
        finish(file, &folder.join(name))?;
    }
    Ok(())
}

/// Whether a file is common to several chunks, and too light to be one.
pub(crate) fn is_too_light(file: &Path) -> anyhow::Result<bool> {
    let stem = file.file_stem().and_then(|stem| stem.to_str());
    let is_common = stem.is_some_and(|stem| stem.contains('-'));
    Ok(is_common && fs::metadata(file)?.len() < LEAST)
}

fn finish(from: &Path, to: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read `{}`", from.display()))?;
    let bare = sections::without_custom(&bytes)
        .with_context(|| format!("`{}` is no WebAssembly module", from.display()))?;
    files::write(to, &bare)?;
    files::remove_if_there(from)
}
