//! The build's tools from npm, installed into `node_modules` exactly as `package-lock.json` says.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;

use super::stamp::Stamp;
use crate::shell::{Shell, find_program};

/// An up-to-date `node_modules`.
#[derive(Debug)]
pub(crate) struct NodeModules {
    folder: PathBuf,
    lock: String,
}

impl NodeModules {
    /// A program that one of the packages brings.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(".bin").join(name)
    }

    /// Changes whenever a tool's version may have changed.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.lock
    }
}

/// Installs what `package-lock.json` names, if that changed; `None`, with a warning, without npm.
pub(crate) fn install(shell: &Shell) -> anyhow::Result<Option<NodeModules>> {
    let Some(npm) = find_program("npm").filter(|_| find_program("node").is_some()) else {
        eprintln!(
            "warning: no npm: the browser's files are neither minified nor run through wasm-opt \
             (install Node.js 18 or newer with npm to have them as released)"
        );
        return Ok(None);
    };
    let lock = shell.path("package-lock.json");
    let stamp = Stamp::new(shell.path("node_modules/.tirage-stamp")).file(&lock)?;
    if !stamp.is_current() {
        eprintln!("  npm ci …");
        let quiet = [
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ];
        shell.run(shell.command(npm).args(quiet))?;
        stamp.write()?;
    }
    let lock = fs::read_to_string(&lock).context("cannot read `package-lock.json`")?;
    Ok(Some(NodeModules {
        folder: shell.path("node_modules"),
        lock,
    }))
}
