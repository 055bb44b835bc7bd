//! Which package may use which: the invariants of ARCHITECTURE.md, checked over whole trees.
//!
//! `cargo tree`, not the graph of `cargo metadata`: the latter unifies features over the workspace
//! and so shows packages that a package alone never gets.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{packages, text};
use crate::shell::Shell;

/// What a package's normal dependencies may be, at any depth and on any target.
struct Rule {
    package: &'static str,
    /// Packages of the workspace it may use.
    ours: &'static [&'static str],
    /// Other people's packages it must not.
    never: &'static [&'static str],
    /// How many packages there may be at most, itself included.
    most: usize,
}

const CORE: &[&str] = &["tirage-pricing", "tirage-wire"];
const NO_LIMIT: usize = usize::MAX;

const RULES: [Rule; 12] = [
    // Pure: no input or output, no clock, no chance, no log, nothing of one target only.
    Rule {
        package: "tirage-pricing",
        ours: &[],
        never: &[
            "axum",
            "chrono",
            "getrandom",
            "jiff",
            "js-sys",
            "log",
            "rand",
            "reqwest",
            "serde",
            "serde_json",
            "sqlx",
            "time",
            "tokio",
            "tracing",
            "wasm-bindgen",
        ],
        most: 15,
    },
    Rule {
        package: "tirage-wire",
        ours: &["tirage-pricing"],
        never: &[
            "axum",
            "reqwest",
            "serde",
            "serde_json",
            "sqlx",
            "tokio",
            "wasm-bindgen",
        ],
        most: 16,
    },
    // A macro and nothing else.
    Rule {
        package: "tirage-split",
        ours: &[],
        never: &[],
        most: 1,
    },
    // The widget never sees connectors, storage or the service.
    Rule {
        package: "tirage",
        ours: &["tirage-pricing", "tirage-split", "tirage-wire"],
        never: &["axum", "reqwest", "sqlx"],
        most: NO_LIMIT,
    },
    Rule {
        package: "tirage-pricing-web",
        ours: CORE,
        never: &["axum", "leptos", "reqwest", "serde", "sqlx"],
        most: NO_LIMIT,
    },
    Rule {
        package: "tirage-admin",
        ours: &["tirage", "tirage-pricing", "tirage-wire"],
        never: &["axum", "reqwest", "sqlx"],
        most: NO_LIMIT,
    },
    // Connectors know neither the web framework nor SQL; storage neither it nor connectors.
    Rule {
        package: "tirage-connectors",
        ours: CORE,
        never: &["axum", "sqlx"],
        most: NO_LIMIT,
    },
    Rule {
        package: "tirage-storage",
        ours: CORE,
        never: &["axum", "reqwest"],
        most: NO_LIMIT,
    },
    // Only the service joins them.
    Rule {
        package: "tirage-api",
        ours: &[
            "tirage-connectors",
            "tirage-pricing",
            "tirage-storage",
            "tirage-wire",
        ],
        never: &["leptos"],
        most: NO_LIMIT,
    },
    // An emulator that shared code with what it tests would share its mistakes.
    Rule {
        package: "tirage-emulators",
        ours: &[],
        never: &["sqlx"],
        most: NO_LIMIT,
    },
    Rule {
        package: "tirage-testkit",
        ours: &[
            "tirage-api",
            "tirage-connectors",
            "tirage-emulators",
            "tirage-pricing",
            "tirage-storage",
            "tirage-wire",
        ],
        never: &[],
        most: NO_LIMIT,
    },
    Rule {
        package: "xtask",
        ours: &[],
        never: &["tokio"],
        most: NO_LIMIT,
    },
];

/// One finding for each dependency that a rule forbids, and for each package without a rule.
pub(crate) fn check(shell: &Shell, metadata: &Value) -> anyhow::Result<Vec<String>> {
    let members = members(metadata)?;
    let mut findings = Vec::new();
    for member in &members {
        match RULES.iter().find(|rule| rule.package == *member) {
            Some(rule) => findings.extend(rule.broken_by(&tree(shell, member)?, &members)),
            None => findings.push(format!(
                "`{member}` has no rule: say in `xtask/src/lint/directions.rs` what it may use"
            )),
        }
    }
    Ok(findings)
}

/// The names of the workspace's packages.
pub(crate) fn members(metadata: &Value) -> anyhow::Result<BTreeSet<&str>> {
    let ours = packages(metadata)?
        .iter()
        .filter(|package| package["source"].is_null());
    Ok(ours.map(|package| text(package, "name")).collect())
}

impl Rule {
    fn broken_by(&self, tree: &BTreeSet<String>, members: &BTreeSet<&str>) -> Vec<String> {
        let Rule {
            package,
            ours,
            never,
            most,
        } = self;
        let mut findings = Vec::new();
        for name in tree.iter().map(String::as_str) {
            let is_foreign = members.contains(name) && name != *package && !ours.contains(&name);
            if is_foreign || never.contains(&name) {
                findings.push(format!(
                    "`{package}` must not use `{name}`: `cargo tree -p {package} -e normal \
                     --target all -i {name}` says how it does"
                ));
            }
        }
        if tree.len() > *most {
            let count = tree.len();
            findings.push(format!(
                "`{package}` is {count} packages, expected at most {most}"
            ));
        }
        findings
    }
}

fn tree(shell: &Shell, package: &str) -> anyhow::Result<BTreeSet<String>> {
    let mut command = shell.cargo(["tree", "--locked", "-e", "normal", "--prefix", "none"]);
    let text = shell.capture(command.args(["--target", "all", "-p", package]))?;
    let names = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    Ok(names.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_finds_foreign_members_banned_packages_and_too_many() {
        let rule = Rule {
            package: "a",
            ours: &["b"],
            never: &["tokio"],
            most: 4,
        };
        let members = BTreeSet::from(["a", "b", "c"]);
        let tree = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(
            rule.broken_by(&tree(&["a", "b", "quote"]), &members),
            Vec::<String>::new()
        );
        assert_eq!(rule.broken_by(&tree(&["a", "c"]), &members).len(), 1);
        assert_eq!(
            rule.broken_by(&tree(&["a", "b", "tokio"]), &members).len(),
            1
        );
        assert_eq!(
            rule.broken_by(&tree(&["a", "1", "2", "3", "4"]), &members)
                .len(),
            1
        );
    }
}
