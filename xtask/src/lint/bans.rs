//! Packages that may not be in the tree, or not twice: the list `bans.deny` of `deny.toml`.

use anyhow::{Context as _, bail};
use semver::{Version, VersionReq};
use serde_json::Value;

use super::{packages, text};

/// One entry of the list.
struct Ban<'a> {
    name: &'a str,
    versions: VersionReq,
    only_doubles: bool,
    reason: &'a str,
}

/// One finding per banned or doubled package.
pub(crate) fn check(metadata: &Value, policy: &toml::Table) -> anyhow::Result<Vec<String>> {
    let list = policy
        .get("bans")
        .and_then(|section| section.get("deny"))
        .and_then(toml::Value::as_array)
        .context("`deny.toml` has no list `bans.deny`")?;
    let mut findings = Vec::new();
    for entry in list {
        let ban = Ban::read(entry)?;
        let mut found = Vec::new();
        for package in packages(metadata)?
            .iter()
            .filter(|it| text(it, "name") == ban.name)
        {
            let version = Version::parse(text(package, "version"))?;
            if ban.versions.matches(&version) {
                found.push(version.to_string());
            }
        }
        let Ban {
            name,
            only_doubles,
            reason,
            ..
        } = ban;
        if found.len() > usize::from(only_doubles) {
            let found = found.join("`, `");
            findings.push(format!(
                "`{name}` is in the tree (`{found}`), {reason}: `cargo tree --invert {name}` \
                 says what brings it"
            ));
        }
    }
    Ok(findings)
}

impl<'a> Ban<'a> {
    /// Reads `{ crate = "name:<versions>", deny-multiple-versions = …, reason = … }`.
    fn read(entry: &'a toml::Value) -> anyhow::Result<Ban<'a>> {
        let Some(specification) = entry.get("crate").and_then(toml::Value::as_str) else {
            bail!("an entry of `bans.deny` in `deny.toml` names no `crate`: {entry:?}");
        };
        let (name, versions) = match specification.split_once(':') {
            Some((name, versions)) => (name, VersionReq::parse(versions)?),
            None => (specification, VersionReq::STAR),
        };
        let only_doubles = entry
            .get("deny-multiple-versions")
            .and_then(toml::Value::as_bool)
            .unwrap_or(false);
        let reason = entry
            .get("reason")
            .and_then(toml::Value::as_str)
            .unwrap_or("unwanted");
        Ok(Ban {
            name,
            versions,
            only_doubles,
            reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unwanted_old_and_doubled_packages_are_found() {
        let metadata = json!({"packages": [
            {"name": "unwanted", "version": "1.0.0"},
            {"name": "old", "version": "0.36.1"},
            {"name": "twice", "version": "1.0.0"},
            {"name": "twice", "version": "2.0.0"},
            {"name": "once", "version": "1.0.0"},
        ]});
        let list = "[bans]\ndeny = [{ crate = 'unwanted' }, { crate = 'old:<0.37' }, \
                    { crate = 'twice', deny-multiple-versions = true, reason = 'one' }, \
                    { crate = 'once', deny-multiple-versions = true }, { crate = 'absent' }]";
        let found = check(&metadata, &list.parse().unwrap()).unwrap();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("`unwanted`"));
        assert!(found[1].contains("0.36.1"));
        assert!(found[2].contains("(`1.0.0`, `2.0.0`), one:"));
        let newer = "[bans]\ndeny = [{ crate = 'old:<0.36' }]";
        assert_eq!(
            check(&metadata, &newer.parse().unwrap()).unwrap(),
            Vec::<String>::new()
        );
    }
}
