//! `cargo xtask pkg`: the built files of the npm package, beside the tracked ones in `pkg/`.

use std::process::ExitCode;

use crate::shell::Shell;
use crate::web;

/// Hand-written files that go into the package as they are.
const AS_THEY_ARE: [&str; 2] = ["www/tirage.d.ts", "www/v1/editor.js"];

/// Builds the widget, copies it into `pkg/` and prints what each file weighs.
pub(crate) fn pkg(shell: &Shell) -> anyhow::Result<ExitCode> {
    let sizes = web::build_widget(shell)?;
    let folder = shell.path("pkg");
    for size in &sizes {
        if let Some(name) = size.path.file_name() {
            web::copy(&size.path, &folder.join(name))?;
        }
    }
    for file in AS_THEY_ARE {
        let from = shell.path(file);
        if let Some(name) = from.file_name() {
            web::copy(&from, &folder.join(name))?;
        }
    }
    println!("{}", web::table(&sizes));
    println!("{}", web::lines(&web::build_engine(shell)?));
    for failure in web::over_budget(&sizes)
        .into_iter()
        .filter_map(|(_, failure)| failure)
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
        let mut expected = BTreeSet::from(["tirage.js"]);
        expected.extend(AS_THEY_ARE.map(|file| file.rsplit('/').next().unwrap()));
        let built = web::built_names();
        expected.extend(built.iter().map(String::as_str));
        assert_eq!(listed, expected);
    }
}
