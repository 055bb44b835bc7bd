//! The documents tell the truth about files: every path they name exists, every package is named.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::directions;
use crate::shell::Shell;
use crate::web::tree;

const CODE_MAP: &str = "ARCHITECTURE.md";
/// A word that begins like this is a path of the repository.
const TOP: [&str; 10] = [
    ".cargo/",
    ".ci/",
    "crates/",
    "docs/",
    "examples/",
    "pkg/",
    "src/",
    "tests/",
    "www/",
    "xtask/",
];
/// Those of them that packages have as well.
const IN_PACKAGES: [&str; 3] = ["examples/", "src/", "tests/"];
/// A word with a slash that ends like this is a path, maybe the end of a longer one.
const ENDINGS: [&str; 10] = [
    ".css", ".html", ".js", ".json", ".md", ".mjs", ".png", ".rs", ".sql", ".toml",
];

/// One finding for each path that does not exist and each package that is not named.
pub(crate) fn check(shell: &Shell, metadata: &Value) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    let files = tree(&shell.path("crates"))?;
    for document in documents(shell)? {
        let text = fs::read_to_string(shell.path(&document))?;
        for path in paths(&text).collect::<BTreeSet<_>>() {
            if !exists(shell, &document, path, &files)? {
                findings.push(format!(
                    "`{}` names `{path}`: no such path",
                    document.display()
                ));
            }
        }
    }
    let map = fs::read_to_string(shell.path(CODE_MAP)).unwrap_or_default();
    for member in directions::members(metadata)? {
        let folder = format!("crates/{}", member.trim_start_matches("tirage-"));
        if !map.contains(&format!("`{member}`")) && !map.contains(&folder) {
            findings.push(format!("`{CODE_MAP}` does not name the package `{member}`"));
        }
    }
    Ok(findings)
}

/// All documents, relative to the workspace.
fn documents(shell: &Shell) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in ["docs", "crates", "pkg"] {
        found.extend(tree(&shell.path(folder))?);
    }
    for entry in fs::read_dir(shell.path("."))? {
        found.push(shell.path(entry?.file_name()));
    }
    found.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    let inside = found
        .iter()
        .map(|path| path.strip_prefix(shell.path("")).unwrap_or(path));
    Ok(inside.map(Path::to_owned).collect())
}

/// The words of a document that are paths: in code, in links and in code blocks.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let ends = |sign: char| sign.is_whitespace() || "`()[]\",;|".contains(sign);
    text.split(ends).filter_map(|word| {
        let word = word.split('#').next().unwrap_or(word);
        let word = without_position(word.trim_end_matches(['.', ':', '/']));
        let odd = word.contains(['<', '>', '*', '{', '}', '$', '…', ' ', '='])
            || word.contains("://")
            || word.starts_with(['/', '-', '@']);
        let named = TOP.iter().any(|top| word.starts_with(top));
        let file = word.contains('/') && ENDINGS.iter().any(|ending| word.ends_with(ending));
        let document = word.ends_with(".md") && word.len() > ".md".len();
        (!odd && (named || file || document)).then_some(word)
    })
}

/// `file.json:31:5`, as tools name a place, without the place.
fn without_position(word: &str) -> &str {
    let file = word.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == ':');
    let ends_in_place = word
        .get(file.len()..)
        .is_some_and(|rest| rest.starts_with(':'));
    if ends_in_place { file } else { word }
}

/// From the document's folder, the workspace or the document's package; a short path may be the
/// end of a longer one. Files that git ignores are built ones.
fn exists(shell: &Shell, document: &Path, path: &str, files: &[PathBuf]) -> anyhow::Result<bool> {
    let folder = document.parent().unwrap_or(document);
    let package: PathBuf = folder.components().take(2).collect();
    let places = [folder, Path::new(""), &package];
    let is_there = places
        .iter()
        .any(|place| shell.path(place).join(path).exists());
    let is_short = IN_PACKAGES.iter().any(|top| path.starts_with(top))
        || TOP.iter().all(|top| !path.starts_with(top));
    if is_there || (is_short && files.iter().any(|file| file.ends_with(path))) {
        return Ok(true);
    }
    let ignored = shell
        .spawn(shell.command("git").args(["check-ignore", "-q", path]))?
        .wait()?;
    Ok(ignored.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_in_code_links_and_blocks() {
        let text = "See [map](ARCHITECTURE.md#walks), `crates/pricing/src/lib.rs` and `api/src/app.rs`:\n\
                    ```\ncrates/wire/  types\n```\nNot `/v1/tirage.js`, `v/<version>/tirage.js`, \
                    https://example.com/a.js, `a/b`, 1/2, `crates/*/src` or `docs/…`.\n\
                    docs/page2 examples/cards.json:31:5: note: dear";
        let found: Vec<&str> = paths(text).collect();
        let expected = [
            "ARCHITECTURE.md",
            "crates/pricing/src/lib.rs",
            "api/src/app.rs",
            "crates/wire",
            "docs/page2",
            "examples/cards.json",
        ];
        assert_eq!(found, expected);
    }
}
