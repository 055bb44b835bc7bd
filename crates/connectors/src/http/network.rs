//! What a connection's settings say about the way to its server.

use serde::Deserialize;

use super::address::{AddressRules, AllowRule};
use super::origin::Origin;
use super::tls::Fingerprint;
use crate::config::ConfigProblem;

/// Exceptions from the strict rules, each of them written down by an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkConfig {
    /// Private addresses, blocks and hosts that may be reached: `10.0.0.0/8`, `asystem.local`.
    pub allow: Vec<String>,
    /// Permits `http://`. Keys and customers' data then travel readably.
    pub plain_http: bool,
    /// SHA-256 of the one certificate to trust, for a server that has signed its own.
    pub certificate_sha256: Option<String>,
}

/// The way to a server, checked.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    pub(super) origin: Origin,
    pub(super) rules: AddressRules,
    pub(super) pinned: Option<Fingerprint>,
}

impl NetworkConfig {
    /// Checks a server's address against these rules; `field` is the setting it is typed into.
    pub(crate) fn route(
        &self,
        field: &str,
        address: &str,
        default_port: u16,
    ) -> Result<Route, Vec<ConfigProblem>> {
        let mut problems = Vec::new();
        let rules = self.rules(&mut problems);
        let pinned = self.pinned(&mut problems);
        // Somebody who types a password into an address must not find it in an error.
        let shown = if address.contains('@') {
            "an address with a user"
        } else {
            address
        };
        let origin = Origin::parse(address, default_port)
            .map_err(|expected| problems.push(ConfigProblem::new(field, expected, shown)))
            .ok();
        if let Some(origin) = &origin {
            if origin.is_plain() && !self.plain_http {
                let expected = "an `https` address, or `/network/plain_http` set to `true`";
                problems.push(ConfigProblem::new(field, expected, shown));
            }
            // A name is checked whenever it is looked up; an address is not looked up.
            let blocked = origin
                .address()
                .and_then(|address| rules.check(origin.host(), address).err());
            if blocked.is_some() {
                let expected = "a public address, or one that `/network/allow` permits";
                problems.push(ConfigProblem::new(field, expected, shown));
            }
        }
        match origin {
            Some(origin) if problems.is_empty() => Ok(Route {
                origin,
                rules,
                pinned,
            }),
            Some(_) | None => Err(problems),
        }
    }

    fn rules(&self, problems: &mut Vec<ConfigProblem>) -> AddressRules {
        let mut rules = Vec::new();
        for (index, text) in self.allow.iter().enumerate() {
            match text.parse::<AllowRule>() {
                Ok(rule) => rules.push(rule),
                Err(expected) => {
                    let field = format!("/network/allow/{index}");
                    problems.push(ConfigProblem::new(&field, expected, text));
                }
            }
        }
        AddressRules::new(rules)
    }

    fn pinned(&self, problems: &mut Vec<ConfigProblem>) -> Option<Fingerprint> {
        let text = self.certificate_sha256.as_deref()?;
        text.parse()
            .map_err(|expected| {
                let field = "/network/certificate_sha256";
                problems.push(ConfigProblem::new(field, expected, text));
            })
            .ok()
    }
}
