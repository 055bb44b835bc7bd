//! wasm-opt and esbuild: a smaller module, scripts in one minified file each.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::{NodeModules, files};
use crate::shell::Shell;

/// What rustc and wasm-bindgen use. Never `--all-features`: wasm-opt then writes modules that
/// Chromium refuses.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Control flow anew before all else, then smallest twice: the second time finds what the first one
/// laid open. A long function that is called once stays one: with its own few variables it is
/// compressed better than with those of its caller; short ones would cost a quote a tenth of its
/// time. The first kilobyte of memory is the stack's far end: no value has an address there, so
/// small offsets need no care. What rustc used is of no interest to a page.
const PASSES: [&str; 10] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=300",
    "--coalesce-locals-learning",
    "--reorder-locals",
    "--vacuum",
    "--strip-target-features",
];

/// Shrinks a WebAssembly module in place.
pub(crate) fn module(shell: &Shell, modules: &NodeModules, wasm: &Path) -> anyhow::Result<()> {
    let smaller = wasm.with_extension("opt");
    let mut command = shell.command(modules.program("wasm-opt"));
    command
        .args(FEATURES)
        .args(PASSES)
        .arg(wasm)
        .arg("-o")
        .arg(&smaller);
    shell.run(&mut command)?;
    fs::rename(&smaller, wasm).with_context(|| format!("cannot replace `{}`", wasm.display()))
}

/// Puts what chunks have in common back into the module they belong to, and removes its file.
pub(crate) fn merge(
    shell: &Shell,
    modules: &NodeModules,
    (module, exports): (&Path, &str),
    common: &Path,
) -> anyhow::Result<()> {
    let whole = module.with_extension("merged");
    let mut command = shell.command(modules.program("wasm-merge"));
    command
        .args(FEATURES)
        .args([module, Path::new(exports), common, Path::new("common")])
        .arg("-o")
        .arg(&whole);
    shell.run(&mut command)?;
    fs::rename(&whole, module).with_context(|| format!("cannot replace `{}`", module.display()))?;
    files::remove_if_there(common)
}

/// Bundles what a script imports statically and minifies it; `to` may be `from`.
///
/// The glue stays a file of its own: the loader imports it only when a page needs it.
pub(crate) fn script(
    shell: &Shell,
    modules: &NodeModules,
    from: &Path,
    to: &Path,
) -> anyhow::Result<()> {
    let mut command = shell.command(modules.program("esbuild"));
    command
        .arg(from)
        .arg(format!("--outfile={}", to.display()))
        .args([
            "--bundle",
            // A sheet that a script takes with it.
            "--loader:.css=text",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--charset=utf8",
            "--legal-comments=none",
            "--allow-overwrite",
            "--log-level=warning",
            // wasm-bindgen lists a script once for each block that imports from it.
            "--log-override:duplicate-object-key=silent",
        ]);
    shell.run(&mut command)
}
