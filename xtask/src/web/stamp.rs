//! A mark that a step was done for exactly these inputs.
//!
//! Times are not looked at: cargo touches files it did not change, and a checkout changes all times.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::files;

/// The inputs of one step, and the file that remembers those of its last success.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
    hasher: DefaultHasher,
}

impl Stamp {
    /// No inputs yet; remembered in `file`.
    pub(crate) fn new(file: PathBuf) -> Stamp {
        Stamp {
            file,
            hasher: DefaultHasher::new(),
        }
    }

    /// Adds a text.
    pub(crate) fn text(mut self, text: &str) -> Stamp {
        text.hash(&mut self.hasher);
        self
    }

    /// Adds the content of a file.
    pub(crate) fn file(mut self, path: &Path) -> anyhow::Result<Stamp> {
        let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        bytes.hash(&mut self.hasher);
        Ok(self)
    }

    /// Whether the step was done for these inputs already.
    pub(crate) fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|known| known == self.digest())
    }

    /// Forgets the last success; to be called before the step begins.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        files::remove_if_there(&self.file)
    }

    /// Remembers the success.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        files::write(&self.file, self.digest().as_bytes())
    }

    fn digest(&self) -> String {
        format!("{:016x}", self.hasher.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_current_only_for_the_inputs_it_was_written_for() {
        let file = std::env::temp_dir().join(format!("tirage-stamp-{}", std::process::id()));
        let stamp = |text: &str| Stamp::new(file.clone()).text(text);
        assert!(!stamp("one").is_current());
        stamp("one").write().unwrap();
        assert!(stamp("one").is_current());
        assert!(!stamp("two").is_current());
        stamp("one").clear().unwrap();
        assert!(!stamp("one").is_current());
    }
}
