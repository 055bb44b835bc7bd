//! Rules for source files that neither rustc nor clippy knows: each says what it is for, none is
//! long.

use std::fs;

use anyhow::Context as _;

use crate::shell::Shell;
use crate::web::tree;

/// Lines that are neither empty nor comments.
const CODE_LINES: usize = 500;

/// One finding per file and broken rule.
pub(crate) fn check(shell: &Shell) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    for folder in ["src", "crates", "xtask"] {
        for path in tree(&shell.path(folder))? {
            if path.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read `{}`", path.display()))?;
            let name = path.strip_prefix(shell.path("")).unwrap_or(&path).display();
            findings.extend(finding(&text).map(|found| format!("`{name}` {found}")));
        }
    }
    Ok(findings)
}

fn finding(text: &str) -> Option<String> {
    if !text.starts_with("//!") && !text.starts_with("#![doc = include_str!(") {
        return Some("does not begin with `//!`: say what it is for".to_owned());
    }
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let lines = text.lines().filter(is_code).count();
    (lines > CODE_LINES)
        .then(|| format!("has {lines} lines of code, expected at most {CODE_LINES}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_without_a_header_and_long_files_are_found() {
        assert!(finding("fn main() {}").is_some());
        assert!(finding("//! Says it.\nfn main() {}").is_none());
        let long = |lines: usize| format!("//! Long.\n\n// Not counted.\n{}", "x\n".repeat(lines));
        assert!(finding(&long(CODE_LINES)).is_none());
        assert!(
            finding(&long(CODE_LINES + 1))
                .unwrap()
                .contains("501 lines")
        );
    }
}
