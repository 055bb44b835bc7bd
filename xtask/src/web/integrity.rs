//! Subresource integrity: the hash of every file, told to the loader and to whoever embeds it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256, Sha384};

use super::files;

/// The file that names the hashes, for pages that write the script tag.
pub(crate) const LIST: &str = "integrity.json";
/// What the hand-written loader has in the place of the build.
const PLACE: &str = r#"{ version: "", integrity: {} }"#;

/// The attribute's value for these bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The same in fewer digits, which the loader has one of for each file: they hardly compress.
fn of_bytes_in_short(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// The loader's text with version and hashes of the files that it fetches.
pub(crate) fn fill_in(text: &str, version: &str, fetched: &[PathBuf]) -> anyhow::Result<String> {
    ensure!(
        text.matches(PLACE).count() == 1,
        "expected `{PLACE}` once in the loader, found {} times",
        text.matches(PLACE).count()
    );
    let build = json!({ "version": version, "integrity": hashes(fetched, of_bytes_in_short)? });
    Ok(text.replace(PLACE, &build.to_string()))
}

/// The script that tells the loader of the chunks.
pub(crate) fn of_chunks(chunks: &[PathBuf]) -> anyhow::Result<String> {
    let hashes = Value::from(hashes(chunks, of_bytes_in_short)?);
    Ok(format!("export const chunks={hashes};\n"))
}

/// Writes the list of hashes beside the files.
pub(crate) fn list(folder: &Path, version: &str, all: &[PathBuf]) -> anyhow::Result<()> {
    let list = json!({ "version": version, "integrity": hashes(all, of_bytes)? });
    files::write(&folder.join(LIST), format!("{list:#}\n").as_bytes())
}

fn hashes(all: &[PathBuf], hash: fn(&[u8]) -> String) -> anyhow::Result<Map<String, Value>> {
    let mut hashes = Map::new();
    for file in all {
        let name = file.file_name().context("a path without a file")?;
        let bytes = fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        hashes.insert(name.to_string_lossy().into_owned(), hash(&bytes).into());
    }
    Ok(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_what_browsers_compute() {
        // The example of the W3C recommendation, section 3.5.
        assert_eq!(
            of_bytes(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
        assert_eq!(
            of_bytes_in_short(b"alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn the_loader_has_exactly_one_place_for_the_build() {
        let loader = include_str!("../../../www/tirage.js");
        let filled = fill_in(loader, "1.2.3", &[]).unwrap();
        assert!(filled.contains(r#""version":"1.2.3""#));
        assert!(fill_in(&filled, "1.2.3", &[]).is_err());
    }
}
