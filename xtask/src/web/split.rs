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

use super::files;

/// The script it writes to load chunks; the loader does that here, with hashes.
const LINK_SCRIPT: &str = "__wasm_split.js";
/// The id of sections that say something about a module and are not part of it.
const CUSTOM: u8 = 0;
const MAGIC_AND_VERSION: usize = 8;

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

fn finish(from: &Path, to: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read `{}`", from.display()))?;
    let bare = without_custom_sections(&bytes)
        .with_context(|| format!("`{}` is no WebAssembly module", from.display()))?;
    files::write(to, &bare)?;
    files::remove_if_there(from)
}

/// The module without names and remarks; none if it is not one.
fn without_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    let (head, mut rest) = module.split_at_checked(MAGIC_AND_VERSION)?;
    let mut bare = head.to_owned();
    while let Some((id, after)) = rest.split_first() {
        let (length, content) = length(after)?;
        let section = 1 + (after.len() - content.len()) + length;
        let (whole, others) = rest.split_at_checked(section)?;
        if *id != CUSTOM {
            bare.extend_from_slice(whole);
        }
        rest = others;
    }
    Some(bare)
}

/// A length as WebAssembly writes it (LEB128), and what follows.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let last = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)?;
    let (digits, rest) = bytes.split_at(last + 1);
    let add = |value, byte: &u8| (value << 7) | usize::from(byte & 0x7f);
    Some((digits.iter().rev().fold(0, add), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_remarks_are_taken_out_and_nothing_else() {
        let head = b"\0asm\x01\0\0\0";
        let types = [1, 4, 1, 0x60, 0, 0];
        let name = [&[0, 0x85, 0x01][..], &[0x80; 133]].concat();
        let code = [10, 1, 0];
        let whole = [&head[..], &types, &name, &code, &[0, 1, 0]].concat();
        let bare = [&head[..], &types, &code].concat();
        assert_eq!(without_custom_sections(&whole), Some(bare.clone()));
        assert_eq!(without_custom_sections(&bare), Some(bare.clone()));
        assert_eq!(without_custom_sections(&whole[..whole.len() - 1]), None);
        assert_eq!(without_custom_sections(b"\0as"), None);
    }
}
