//! A temporary folder that goes away with its value, whatever is left in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// A folder under the system's temporary one.
#[derive(Debug)]
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    /// Creates it, empty.
    pub(crate) fn create(purpose: &str) -> anyhow::Result<Temporary> {
        let name = format!("tirage-{purpose}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).with_context(|| format!("cannot create `{}`", path.display()))?;
        Ok(Temporary(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("warning: cannot remove `{}`: {error}", self.0.display());
        }
    }
}
