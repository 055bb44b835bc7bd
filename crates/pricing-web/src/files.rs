//! The case files of the repository, for the native side of the comparison.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tirage_pricing::json::Json;

/// A case file with the text of its template.
#[derive(Debug)]
pub struct CaseFile {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub cases: String,
    /// The text of the template it names.
    pub template: String,
}

/// All case files, in the order of their names.
///
/// # Errors
/// When a file cannot be read or names no template.
pub fn case_files() -> io::Result<Vec<CaseFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let entries = fs::read_dir(root.join("crates/pricing/tests/cases"))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    paths.iter().map(|path| case_file(&root, path)).collect()
}

fn case_file(root: &Path, path: &Path) -> io::Result<CaseFile> {
    let cases = fs::read_to_string(path)?;
    let json = Json::parse(&cases).map_err(io::Error::other)?;
    let Some(Json::Text(key)) = json.get("template") else {
        return Err(io::Error::other(format!(
            "{}: expected a field `template`",
            path.display()
        )));
    };
    Ok(CaseFile {
        name: path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        template: fs::read_to_string(root.join("examples").join(format!("{key}.json")))?,
        cases,
    })
}
