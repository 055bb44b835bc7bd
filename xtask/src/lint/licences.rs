//! The licence of every package in the tree against the list in `deny.toml`.

use anyhow::Context as _;
use serde_json::Value;

use super::{packages, spdx, text};

/// One finding per package that may not come in.
pub(crate) fn check(metadata: &Value, policy: &toml::Table) -> anyhow::Result<Vec<String>> {
    let allowed = policy
        .get("licenses")
        .and_then(|section| section.get("allow"))
        .and_then(toml::Value::as_array)
        .context("`deny.toml` has no list `licenses.allow`")?;
    let allowed: Vec<&str> = allowed.iter().filter_map(toml::Value::as_str).collect();
    Ok(packages(metadata)?
        .iter()
        .filter_map(|package| finding(package, &allowed))
        .collect())
}

fn finding(package: &Value, allowed: &[&str]) -> Option<String> {
    let [name, version, licence] = ["name", "version", "license"].map(|it| text(package, it));
    let found = match spdx::is_allowed(licence, allowed) {
        Some(true) => return None,
        Some(false) => format!("is under `{licence}`"),
        None if licence.is_empty() => "names no licence".to_owned(),
        None => format!("has the unreadable licence `{licence}`"),
    };
    Some(format!(
        "`{name} {version}` {found}, expected one of `deny.toml`"
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn packages_under_other_licences_or_none_are_found() {
        let metadata = json!({"packages": [
            {"name": "good", "version": "1.0.0", "license": "MIT"},
            {"name": "bad", "version": "1.0.0", "license": "GPL-3.0-only"},
            {"name": "silent", "version": "1.0.0", "license": null},
        ]});
        let policy = "[licenses]\nallow = ['MIT']".parse().unwrap();
        let found = check(&metadata, &policy).unwrap();
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("`bad 1.0.0` is under `GPL-3.0-only`"));
        assert!(found[1].contains("`silent 1.0.0` names no licence"));
    }
}
