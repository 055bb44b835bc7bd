//! The browser's files: from Rust to `target/assets`, ready to be served.
//!
//! cargo → chunks → wasm-bindgen (as a library, so of the lock file's very version) → wasm-opt and
//! esbuild (npm's) → brotli and gzip beside each file. Every step is skipped while its inputs are the same.

mod assets;
mod bindgen;
mod compile;
mod compress;
mod files;
mod glue;
mod integrity;
mod npm;
mod optimise;
mod part;
mod scripts;
mod sections;
mod sizes;
mod split;
mod stamp;

use std::path::PathBuf;

use crate::shell::Shell;

pub(crate) use self::compile::ensure_target;
pub(crate) use self::files::{copy, tree};
pub(crate) use self::npm::NodeModules;
pub(crate) use self::sizes::{Size, engine_over_budget, lines, over_budget, table};

use self::part::{ADMIN, ENGINE, PRICING, Part, WIDGET};

/// The version whose files are immutable.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was built and where it is.
#[derive(Debug)]
pub(crate) struct Web {
    /// The folder that a server serves.
    pub(crate) assets: PathBuf,
    /// The widget's own files and the scripts beside it, without their compressed twins.
    pub(crate) widget: Vec<Size>,
}

/// Builds everything that a browser loads from a server.
pub(crate) fn build(shell: &Shell) -> anyhow::Result<Web> {
    let parts = make(shell, &[&WIDGET, &ADMIN])?;
    let scripts = scripts::finish(shell, npm::install(shell)?.as_ref())?;
    for made in parts.iter().filter(|made| made.part.loader.is_some()) {
        let all = [made.files.clone(), scripts.clone()].concat();
        integrity::list(&made.folder, VERSION, &all)?;
    }
    assets::publish(shell, &parts, &scripts)
}

/// Builds the pricing engine alone, for the tests, and returns its folder.
pub(crate) fn build_pricing(shell: &Shell) -> anyhow::Result<PathBuf> {
    let parts = make(shell, &[&PRICING])?;
    Ok(parts.into_iter().map(|made| made.folder).collect())
}

/// Builds the widget alone, for the package.
pub(crate) fn build_widget(shell: &Shell) -> anyhow::Result<Vec<Size>> {
    weigh(shell, &[&WIDGET])
}

/// Finishes the scripts that pages load by themselves.
pub(crate) fn build_scripts(shell: &Shell) -> anyhow::Result<Vec<Size>> {
    let scripts = scripts::finish(shell, npm::install(shell)?.as_ref())?;
    scripts.iter().map(|file| sizes::measure(file)).collect()
}

/// Builds the pricing engine alone, as the widget has it, to be weighed and measured; returns its
/// folder and what is in it.
pub(crate) fn build_engine(shell: &Shell) -> anyhow::Result<(PathBuf, Vec<Size>)> {
    let made = make(shell, &[&ENGINE])?;
    let sizes = measured(&made)?;
    Ok((made.into_iter().map(|made| made.folder).collect(), sizes))
}

fn weigh(shell: &Shell, parts: &[&'static Part]) -> anyhow::Result<Vec<Size>> {
    measured(&make(shell, parts)?)
}

fn measured(made: &[Made]) -> anyhow::Result<Vec<Size>> {
    made.iter()
        .flat_map(|part| &part.files)
        .map(|file| sizes::measure(file))
        .collect()
}

/// What the modules of the package are called.
#[cfg(test)]
pub(crate) fn built_names() -> Vec<String> {
    let mut names = vec![
        format!("{}.js", WIDGET.out),
        format!("{}_bg.wasm", WIDGET.out),
    ];
    names.extend(sizes::CHUNKS.map(|(chunk, _)| chunk.to_owned()));
    names
}

/// A part whose finished files lie in a folder of its own.
#[derive(Debug)]
struct Made {
    part: &'static Part,
    folder: PathBuf,
    files: Vec<PathBuf>,
}

fn make(shell: &Shell, parts: &[&'static Part]) -> anyhow::Result<Vec<Made>> {
    bindgen::assert_same_version(shell)?;
    let modules = npm::install(shell)?;
    let mut made = Vec::new();
    for part in parts {
        let wasm = compile::compile(shell, part)?;
        made.push(part::finish(shell, part, &wasm, modules.as_ref())?);
    }
    Ok(made)
}
