//! Runs the binary in a folder and keeps what it said.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run of the binary left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

/// The folder of the examples.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The paths of the example templates, price lists among them.
pub(crate) fn examples() -> Vec<String> {
    let mut paths = Vec::new();
    for folder in ["examples", "examples/price-lists"] {
        let files = std::fs::read_dir(repository().join(folder)).unwrap();
        let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let templates = names.filter(|name| name.ends_with(".json"));
        paths.extend(templates.map(|name| format!("{folder}/{name}")));
    }
    paths.sort();
    assert!(paths.len() >= 13, "{paths:?}");
    paths
}

/// Runs `tirage` in the repository.
pub(crate) fn tirage(arguments: &[&str]) -> Ran {
    run_in(&repository(), arguments, "")
}

pub(crate) fn run_in(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tirage"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let done = child.wait_with_output().unwrap();
    Ran {
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
        code: done.status.code().unwrap(),
    }
}

/// A folder with one template in it, `t.json`.
#[derive(Debug)]
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn with(template: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("t.json"), template).unwrap();
        Self(folder)
    }

    pub(crate) fn tirage(&self, arguments: &[&str]) -> Ran {
        run_in(self.0.path(), arguments, "")
    }

    pub(crate) fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn give(&self, arguments: &[&str], input: &str) -> Ran {
        run_in(self.0.path(), arguments, input)
    }
}

/// A template of a run from 1 to 100, priced at `price` by piece; `more` are further fields.
pub(crate) fn template(price: &str, more: &str) -> String {
    let price = tirage_pricing::json::Json::text(price);
    format!(
        r#"{{
  "format": 1, "key": "t", "name": "T", "currency": "EUR",
  "parameters": [{{ "key": "run", "kind": "run", "name": "Run", "max": 100, "default": 10 }}],
  "lines": [{{ "key": "print", "name": "Print", "price": {price}, "times": "run" }}]{more}
}}
"#
    )
}

/// An example that fits the template above at a price of 2.
pub(crate) const EXAMPLE: &str =
    r#", "examples": [{ "name": "ten", "answers": {}, "expect": { "total": "20" } }]"#;
