//! cargo for the browser: the `web` profile, one package at a time.
//!
//! One at a time, because features of dependencies unify over all packages of one cargo call, and
//! the widget must not carry what only the administrator's pages use.
//!
//! The standard library is compiled with it, so that a panic is one instruction without a message:
//! rustup brings its source, and cargo may build it in a stable toolchain too. Without rustup the
//! library comes as rustup would have brought it, and the modules are a sixth heavier.

use std::path::PathBuf;

use anyhow::{Context as _, ensure};

use super::part::Part;
use crate::shell::{Shell, find_program};

const TARGET: &str = "wasm32-unknown-unknown";
const BUILD_STANDARD_LIBRARY: [&str; 2] = [
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
];
/// A panic in a browser's module ends it; the place in the source is in nobody's hands there.
/// With next to no instruction to spare for a copy of a function that is called twice, and none for
/// what is loaded on two ways or decided on one of them already.
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
                     -Cllvm-args=-inline-threshold=10 -Cllvm-args=-enable-load-pre=false \
                     -Zmir-enable-passes=-JumpThreading";
/// Without values of JavaScript there is no table for them to stand in.
const PLAIN: &str = " -Ctarget-feature=-reference-types";

/// Builds the part's package and returns its WebAssembly module.
pub(crate) fn compile(shell: &Shell, part: &Part) -> anyhow::Result<PathBuf> {
    ensure_target(shell)?;
    eprintln!("  building {} for the browser …", part.out);
    let mut command = shell.cargo(["rustc", "--locked", "--profile", "web", "--target", TARGET]);
    if has_standard_library(shell)? {
        command.args(BUILD_STANDARD_LIBRARY);
        command.env("RUSTC_BOOTSTRAP", "1");
        let plain = if part.start.has_values() { "" } else { PLAIN };
        command.env("RUSTFLAGS", [SMALL, plain].concat());
    }
    // cargo leaves link-time optimisation out where an rlib is wanted too: three times the size.
    command.args(["--lib", "--crate-type", "cdylib", "--package", part.package]);
    if let Some(features) = part.features {
        command.args(["--no-default-features", "--features", features]);
    }
    if part.is_split {
        command.args(["--", "-Clink-arg=--emit-relocs"]);
    }
    shell.run(&mut command)?;
    let wasm = shell.target(format!("{TARGET}/web/{}.wasm", part.library));
    ensure!(
        wasm.is_file(),
        "cargo built no `{}`: is it a cdylib?",
        wasm.display()
    );
    Ok(wasm)
}

/// Whether the standard library's source is there; rustup adds it where it is missing.
pub(crate) fn has_standard_library(shell: &Shell) -> anyhow::Result<bool> {
    let source = sysroot(shell)?.join("lib/rustlib/src/rust/library/Cargo.lock");
    if !source.is_file()
        && let Some(rustup) = find_program("rustup")
    {
        let mut command = shell.command(rustup);
        // Offline, say: what is built then is heavier, and the weight's check says why.
        let _added = shell.run(command.args(["component", "add", "rust-src"]));
    }
    Ok(source.is_file())
}

fn sysroot(shell: &Shell) -> anyhow::Result<PathBuf> {
    let sysroot = shell.capture(shell.command("rustc").args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(sysroot.trim()))
}

/// Sees to it that rustc can build for the browser.
pub(crate) fn ensure_target(shell: &Shell) -> anyhow::Result<()> {
    if sysroot(shell)?.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    let rustup = find_program("rustup").with_context(|| {
        format!("rustc has no `{TARGET}` target, and there is no rustup to add it")
    })?;
    shell.run(shell.command(rustup).args(["target", "add", TARGET]))
}
