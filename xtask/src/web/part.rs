//! One WebAssembly module with its JavaScript: from cargo's output to finished, compressed files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::glue::Start;
use super::stamp::Stamp;
use super::{
    Made, NodeModules, VERSION, bindgen, compress, files, glue, integrity, optimise, split,
};
use crate::shell::Shell;

/// A package that becomes one WebAssembly module.
#[derive(Debug)]
pub(crate) struct Part {
    /// The package as cargo knows it.
    pub(crate) package: &'static str,
    /// Its library's name, hence the name of cargo's output.
    pub(crate) library: &'static str,
    /// The features to build it with instead of its default ones; none for those.
    pub(crate) features: Option<&'static str>,
    /// What the finished files are called: `<out>.js`, `<out>_bg.wasm`.
    pub(crate) out: &'static str,
    /// A hand-written script that is finished together with it.
    pub(crate) loader: Option<&'static str>,
    /// Others, which the loader fetches where they are needed.
    pub(crate) scripts: &'static [&'static str],
    /// Whether parts of it are modules of their own, which are loaded later.
    pub(crate) is_split: bool,
    /// What starts it.
    pub(crate) start: Start,
}

/// What shops embed: the loader, the calculator, and the chunks with all else.
pub(crate) const WIDGET: Part = Part {
    package: "tirage",
    library: "tirage",
    features: Some("split"),
    out: "tirage_app",
    loader: Some("www/tirage.js"),
    scripts: &[
        "www/tirage_form.js",
        "www/tirage_files.js",
        "www/tirage_category.js",
        "www/tirage_look.js",
    ],
    is_split: true,
    start: Start::Mount,
};

/// The administrator's pages.
pub(crate) const ADMIN: Part = Part {
    package: "tirage-admin",
    library: "tirage_admin",
    features: None,
    out: "tirage_admin",
    loader: None,
    scripts: &[],
    is_split: false,
    start: Start::Bindgen,
};

/// The pricing engine alone, as the widget has it: only measured.
pub(crate) const ENGINE: Part = Part {
    package: "tirage-pricing-web",
    library: "tirage_pricing_web",
    features: Some(""),
    out: "tirage_engine",
    loader: None,
    scripts: &[],
    is_split: false,
    start: Start::Beside {
        functions: &[],
        script: include_str!("../../../crates/pricing-web/page.js"),
    },
};

/// The pricing engine with the reader of templates and the case files: only tests and measurements load it.
pub(crate) const PRICING: Part = Part {
    package: "tirage-pricing-web",
    library: "tirage_pricing_web",
    features: None,
    out: "tirage_pricing_web",
    loader: None,
    scripts: &[],
    is_split: false,
    start: Start::Beside {
        functions: &["compile", "run_cases", "run_compiled"],
        script: include_str!("../../../crates/pricing-web/page.js"),
    },
};

/// Turns cargo's `wasm` into the files a browser gets, as far as that was not done already.
pub(crate) fn finish(
    shell: &Shell,
    part: &'static Part,
    wasm: &Path,
    modules: Option<&NodeModules>,
) -> anyhow::Result<Made> {
    let folder = shell.target("browser").join(part.out);
    let stamp = Stamp::new(shell.target("browser").join(format!("{}.stamp", part.out)))
        .text("recipe 17")
        .text(part.start.script())
        .text(modules.map(NodeModules::fingerprint).unwrap_or_default())
        .file(wasm)?;
    if !stamp.is_current() {
        eprintln!("  finishing {} …", part.out);
        stamp.clear()?;
        files::recreate(&folder)?;
        if part.is_split {
            let main = shell.target("browser").join(format!("{}.wasm", part.out));
            split::split(wasm, &main, &folder, part.library)?;
            let chunks = plain_files(&folder)?;
            bindgen::generate(&main, part, &folder)?;
            glue::join(&folder, part, &chunks)?;
        } else {
            bindgen::generate(wasm, part, &folder)?;
            if part.start != Start::Bindgen {
                glue::join(&folder, part, &[])?;
            }
        }
        finish_module(shell, part, &folder, modules)?;
        stamp.write()?;
    }
    if let Some(modules) = modules {
        for script in part.scripts {
            let script = shell.path(script);
            let finished = folder.join(script.file_name().context("a path without a file")?);
            optimise::script(shell, modules, &script, &finished)?;
            compress::beside(&finished)?;
        }
    }
    if let Some(loader) = part.loader {
        finish_loader(shell, part, &shell.path(loader), modules)?;
    }
    let files = plain_files(&folder)?;
    Ok(Made {
        part,
        folder,
        files,
    })
}

fn finish_module(
    shell: &Shell,
    part: &Part,
    folder: &Path,
    modules: Option<&NodeModules>,
) -> anyhow::Result<()> {
    if let Some(modules) = modules {
        let glue = folder.join(format!("{}.js", part.out));
        let is_module = |file: &PathBuf| file.extension().is_some_and(|end| end == "wasm");
        let main = folder.join(format!("{}_bg.wasm", part.out));
        for module in plain_files(folder)?.iter().filter(|file| is_module(file)) {
            if split::is_too_light(module)? {
                optimise::merge(shell, modules, (&main, split::MODULE), module)?;
            }
        }
        for module in plain_files(folder)?.iter().filter(|file| is_module(file)) {
            optimise::module(shell, modules, module)?;
        }
        optimise::script(shell, modules, &glue, &glue)?;
        // They are inside the glue now.
        let snippets = folder.join("snippets");
        if snippets.is_dir() {
            fs::remove_dir_all(&snippets)?;
        }
        files::remove_if_there(&folder.join(format!("{}_bg.js", part.out)))?;
    }
    if part.is_split {
        tell_chunks(part, folder)?;
    }
    plain_files(folder)?
        .iter()
        .try_for_each(|file| compress::beside(file))
}

/// Writes the hashes of the chunks into a script of their own, whose hash the loader has: there they
/// are no part of the script tag, nor of what a price needs.
fn tell_chunks(part: &Part, folder: &Path) -> anyhow::Result<()> {
    let mut chunks = plain_files(folder)?;
    chunks.retain(|file| is_chunk(part, file));
    let list = folder.join(format!("{}_chunks.js", part.library));
    files::write(&list, integrity::of_chunks(&chunks)?.as_bytes())
}

/// Whether a file is a part of the module that is loaded later.
fn is_chunk(part: &Part, file: &Path) -> bool {
    let main = format!("{}_bg.wasm", part.out);
    part.is_split && file.extension().is_some_and(|end| end == "wasm") && !file.ends_with(main)
}

/// Done every time: it takes a blink, and what the loader imports need not be known.
fn finish_loader(
    shell: &Shell,
    part: &Part,
    loader: &Path,
    modules: Option<&NodeModules>,
) -> anyhow::Result<()> {
    let folder = &shell.target("browser").join(part.out);
    let finished = folder.join(
        loader
            .file_name()
            .context("the loader's path names no file")?,
    );
    files::remove_if_there(&finished)?;
    if !loader.is_file() {
        eprintln!(
            "warning: no `{}`: the widget is built without its loader",
            loader.display()
        );
        return Ok(());
    }
    let mut fetched = plain_files(folder)?;
    fetched.retain(|file| !is_chunk(part, file));
    let text = fs::read_to_string(loader)
        .with_context(|| format!("cannot read `{}`", loader.display()))?;
    let text = integrity::fill_in(&text, VERSION, &fetched)?;
    files::write(&finished, text.as_bytes())?;
    if let Some(modules) = modules {
        optimise::script(shell, modules, &finished, &finished)?;
    }
    compress::beside(&finished)
}

/// The finished files without their compressed twins.
fn plain_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = files::tree(folder)?;
    found.retain(|file| !compress::is_compressed(file) && !file.ends_with(integrity::LIST));
    Ok(found)
}
