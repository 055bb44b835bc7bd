//! `cargo xtask pkg`: the built files of the npm package, beside the tracked ones in `pkg/`.

use std::process::ExitCode;

use crate::shell::Shell;
use crate::web;

/// A hand-written file that goes into the package as it is.
const TYPES: &str = "tirage.d.ts";
/// The script beside the widget that goes into the package.
const EDITOR: &str = "editor.js";

/// Builds the widget, copies it into `pkg/` and prints what each file weighs.
pub(crate) fn pkg(shell: &Shell) -> anyhow::Result<ExitCode> {
    let mut sizes = web::build_widget(shell)?;
    let scripts = web::build_scripts(shell)?;
    let folder = shell.path("pkg");
    let editor = scripts.iter().filter(|size| size.path.ends_with(EDITOR));
    for size in sizes.iter().chain(editor) {
        if let Some(name) = size.path.file_name() {
            web::copy(&size.path, &folder.join(name))?;
        }
    }
    let types = shell.path("www").join(TYPES);
    web::copy(&types, &folder.join(TYPES))?;
    sizes.extend(scripts);
    println!("{}", web::table(&sizes));
    let (_, engine) = web::build_engine(shell)?;
    println!("{}", web::lines(&engine));
    for failure in web::over_budget(&sizes)
        .into_iter()
        .filter_map(|(_, failure)| failure)
        .chain(web::engine_over_budget(&engine))
    {
        eprintln!("warning: {failure}");
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use serde_json::Value;

    use super::*;

    #[test]
    fn the_package_names_its_version_and_exactly_the_files_it_gets() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text = fs::read_to_string(root.join("pkg/package.json")).unwrap();
        let package: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));

        let listed = package["files"].as_array().unwrap();
        let listed: BTreeSet<&str> = listed.iter().filter_map(Value::as_str).collect();
        let mut expected = BTreeSet::from([
            "tirage.js",
            "tirage_form.js",
            "tirage_files.js",
            "tirage_category.js",
            "tirage_look.js",
            "tirage_chunks.js",
            TYPES,
            EDITOR,
        ]);
        let built = web::built_names();
        expected.extend(built.iter().map(String::as_str));
        assert_eq!(listed, expected);
    }
}
