//! cargo for the browser: the `web` profile, one package at a time.
//!
//! One at a time, because features of dependencies unify over all packages of one cargo call, and
//! the widget must not carry what only the administrator's pages use.

use std::path::PathBuf;

use anyhow::{Context as _, ensure};

use super::part::Part;
use crate::shell::{Shell, find_program};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the part's package and returns its WebAssembly module.
pub(crate) fn compile(shell: &Shell, part: &Part) -> anyhow::Result<PathBuf> {
    ensure_target(shell)?;
    eprintln!("  building {} for the browser …", part.package);
    let mut command = shell.cargo(["rustc", "--locked", "--profile", "web", "--target", TARGET]);
    // cargo leaves link-time optimisation out where an rlib is wanted too: three times the size.
    command.args(["--lib", "--crate-type", "cdylib", "--package", part.package]);
    shell.run(&mut command)?;
    let wasm = shell.target(format!("{TARGET}/web/{}.wasm", part.library));
    ensure!(
        wasm.is_file(),
        "cargo built no `{}`: is it a cdylib?",
        wasm.display()
    );
    Ok(wasm)
}

/// Sees to it that rustc can build for the browser.
pub(crate) fn ensure_target(shell: &Shell) -> anyhow::Result<()> {
    let sysroot = shell.capture(shell.command("rustc").args(["--print", "sysroot"]))?;
    if PathBuf::from(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .is_dir()
    {
        return Ok(());
    }
    let rustup = find_program("rustup").with_context(|| {
        format!("rustc has no `{TARGET}` target, and there is no rustup to add it")
    })?;
    shell.run(shell.command(rustup).args(["target", "add", TARGET]))
}
