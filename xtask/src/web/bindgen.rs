//! wasm-bindgen, as a library: nothing to install, and never of another version than the crate.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::glue::Start;
use super::part::Part;
use crate::shell::Shell;

/// Writes `<out>.js` and `<out>_bg.wasm` for a page's module scripts into `folder`.
///
/// Where there are chunks the table of functions stays among the exports, where chunks put theirs.
pub(crate) fn generate(wasm: &Path, part: &Part, folder: &Path) -> anyhow::Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(part.out)
        .typescript(false)
        // Without a path the glue's `init()` loads the module beside it.
        .omit_default_module_path(false)
        .keep_lld_exports(part.is_split)
        .remove_name_section(true)
        .remove_producers_section(true);
    match part.start {
        Start::Bindgen => bindgen.web(true)?,
        Start::Mount | Start::Beside { .. } => bindgen.browser(true)?,
    };
    bindgen
        .generate(folder)
        .with_context(|| format!("wasm-bindgen refused `{}`", wasm.display()))
}

/// The format between the two is private to each version: they must be equal.
pub(crate) fn assert_same_version(shell: &Shell) -> anyhow::Result<()> {
    let lock = fs::read_to_string(shell.path("Cargo.lock")).context("cannot read `Cargo.lock`")?;
    let linked = versions(&lock, "wasm-bindgen");
    let library = versions(&lock, "wasm-bindgen-cli-support");
    ensure!(
        linked.len() == 1 && linked == library,
        "`wasm-bindgen` is {linked:?} and `wasm-bindgen-cli-support` {library:?} in `Cargo.lock`, \
         expected one equal version of both: change them together, in the workspace's \
         `Cargo.toml` and in `xtask/Cargo.toml`"
    );
    Ok(())
}

fn versions<'a>(lock: &'a str, package: &str) -> Vec<&'a str> {
    let head = format!("name = \"{package}\"");
    let lines: Vec<&str> = lock.lines().collect();
    let pairs = lines.windows(2).filter(|pair| pair[0] == head);
    pairs
        .filter_map(|pair| pair[1].strip_prefix("version = "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_exactly_the_named_package() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"a-b\"\nversion = \"2.0.0\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"3.0.0\"\n";
        assert_eq!(versions(lock, "a"), ["\"1.0.0\"", "\"3.0.0\""]);
        assert_eq!(versions(lock, "b"), Vec::<&str>::new());
    }
}
