//! Lays finished files out as a server serves them, in `target/assets`.
//!
//! ```text
//! v/<version>/…   the widget, immutable
//! v1/…            the same files: the address that shops embed
//! admin/…         the administrator's pages, with the files of crates/admin/static
//! <folder>/…      every folder of www/, as it is
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::part::{ADMIN, WIDGET};
use super::{Made, VERSION, Web, compress, files, sizes};
use crate::shell::Shell;

/// Where scripts that pages load by themselves are, in `www` and as served.
const SCRIPTS: &str = "v1";

/// Copies what changed and removes what is no longer made.
pub(crate) fn publish(shell: &Shell, parts: &[Made], scripts: &[PathBuf]) -> anyhow::Result<Web> {
    let mut layout = Layout {
        root: shell.target("assets"),
        kept: BTreeSet::new(),
    };
    let mut widget = Vec::new();
    for made in parts {
        if made.part.package == WIDGET.package {
            layout.add_finished(made, &format!("v/{VERSION}"))?;
            layout.add_finished(made, "v1")?;
            for file in &made.files {
                widget.push(sizes::measure(file)?);
            }
        } else if made.part.package == ADMIN.package {
            layout.add_finished(made, "admin")?;
        }
    }
    layout.add_hand_written(shell)?;
    for script in scripts {
        layout.add_script(script, SCRIPTS)?;
        layout.add_script(script, &format!("v/{VERSION}"))?;
        widget.push(sizes::measure(script)?);
    }
    layout.remove_others()?;
    Ok(Web {
        assets: layout.root,
        widget,
    })
}

struct Layout {
    root: PathBuf,
    kept: BTreeSet<PathBuf>,
}

impl Layout {
    /// Files of a part, which have their compressed twins already.
    fn add_finished(&mut self, made: &Made, folder: &str) -> anyhow::Result<()> {
        for file in files::tree(&made.folder)? {
            let to = self
                .root
                .join(folder)
                .join(file.strip_prefix(&made.folder)?);
            files::copy(&file, &to)?;
            self.kept.insert(to);
        }
        Ok(())
    }

    fn add_hand_written(&mut self, shell: &Shell) -> anyhow::Result<()> {
        let www = shell.path("www");
        for file in files::tree(&www)? {
            let inside = file.strip_prefix(&www)?;
            // Those directly in `www` are the loader and its types; scripts come finished.
            if inside.components().count() > 1 && !is_script(inside) {
                self.add_static(&file, inside)?;
            }
        }
        let pages = shell.path("crates/admin/static");
        for file in files::tree(&pages)? {
            let inside = Path::new("admin").join(file.strip_prefix(&pages)?);
            self.add_static(&file, &inside)?;
        }
        Ok(())
    }

    /// A hand-written file, which gets its compressed twins here.
    fn add_static(&mut self, file: &Path, inside: &Path) -> anyhow::Result<()> {
        let to = self.root.join(inside);
        let twins = compress::ENDINGS.map(|ending| compress::twin(&to, ending));
        if files::copy(file, &to)? || !twins.iter().all(|twin| twin.is_file()) {
            compress::beside(&to)?;
        }
        self.kept.insert(to);
        self.kept.extend(twins);
        Ok(())
    }

    /// A finished script with its compressed twins.
    fn add_script(&mut self, script: &Path, folder: &str) -> anyhow::Result<()> {
        let twins = compress::ENDINGS.map(|ending| compress::twin(script, ending));
        for file in std::iter::once(script.to_owned()).chain(twins) {
            let name = file.file_name().context("a path without a file")?;
            let to = self.root.join(folder).join(name);
            files::copy(&file, &to)?;
            self.kept.insert(to);
        }
        Ok(())
    }

    fn remove_others(&self) -> anyhow::Result<()> {
        for file in files::tree(&self.root)? {
            if !self.kept.contains(&file) {
                fs::remove_file(&file)
                    .with_context(|| format!("cannot remove `{}`", file.display()))?;
            }
        }
        Ok(())
    }
}

fn is_script(inside: &Path) -> bool {
    inside.starts_with(SCRIPTS) && inside.extension().is_some_and(|ending| ending == "js")
}
