//! Hand-written scripts that pages load by themselves: each minified and compressed on its own.

use std::path::PathBuf;

use anyhow::Context as _;

use super::stamp::Stamp;
use super::{NodeModules, compress, files, optimise};
use crate::shell::Shell;

const FOLDER: &str = "www/v1";

/// Finishes those that changed and returns all of them.
pub(crate) fn finish(shell: &Shell, modules: Option<&NodeModules>) -> anyhow::Result<Vec<PathBuf>> {
    let folder = shell.target("browser/scripts");
    let mut finished = Vec::new();
    for file in files::tree(&shell.path(FOLDER))? {
        if file.extension().is_none_or(|ending| ending != "js") {
            continue;
        }
        let name = file.file_name().context("a path without a file")?;
        let to = folder.join(name);
        let stamp = Stamp::new(to.with_extension("stamp"))
            .text(modules.map(NodeModules::fingerprint).unwrap_or_default())
            .file(&file)?;
        if !stamp.is_current() {
            stamp.clear()?;
            files::copy(&file, &to)?;
            if let Some(modules) = modules {
                optimise::script(shell, modules, &file, &to)?;
            }
            compress::beside(&to)?;
            stamp.write()?;
        }
        finished.push(to);
    }
    Ok(finished)
}
