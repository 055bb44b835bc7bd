//! A connection's settings as they are stored, and the same checked.

use std::fmt;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Method};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::pass_through::PassThroughNames;
use super::profile::{Call, Profile};
use crate::config::{ConfigError, ConfigProblem};
use crate::http::NetworkConfig;
use crate::http::Route;
use crate::pointer::Pointer;

/// ASystem's own port, when the address names none (vendor's settings page, read 2026-08).
const DEFAULT_PORT: u16 = 3000;
/// How long ASystem may take to show an order whose answer was lost. Our assumption.
const DEFAULT_SETTLE_SECONDS: u64 = 120;
/// A shorter key is a typing mistake, and masking it would blank out ordinary words.
const SHORTEST_KEY: usize = 4;

/// Settings of a connection to ASystem.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsystemConfig {
    /// `https://host:port`; port 3000 when omitted.
    pub api_host: String,
    /// The key the print house has set.
    #[serde(deserialize_with = "secret")]
    pub api_key: SecretString,
    /// Identifier of the manager orders are assigned to.
    #[serde(default)]
    pub manager_id: Option<String>,
    /// Identifier of the contractor orders belong to.
    #[serde(default)]
    pub contractor_id: Option<String>,
    /// Exceptions for a server on the print house's own premises.
    #[serde(default)]
    pub network: NetworkConfig,
    /// Names of the order parameters that only pass through.
    #[serde(default)]
    pub pass_through: PassThroughNames,
    /// How long to wait before an order whose answer was lost is looked up.
    #[serde(default = "default_settle_seconds")]
    pub settle_seconds: u64,
    /// How the interface looks.
    #[serde(default)]
    pub profile: Profile,
}

/// Reads a secret; what is found in its place is never repeated, because it may be one too.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    SecretString::deserialize(deserializer)
        .map_err(|_| D::Error::custom("`api_key`: expected a text"))
}

fn default_settle_seconds() -> u64 {
    DEFAULT_SETTLE_SECONDS
}

/// Settings that can be used as they are.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) key_header: HeaderName,
    pub(super) key_value: HeaderValue,
    pub(super) key: SecretString,
    pub(super) idempotency_header: Option<HeaderName>,
    pub(super) manager_id: Option<String>,
    pub(super) contractor_id: Option<String>,
    pub(super) pass_through: PassThroughNames,
    pub(super) settle: Duration,
    pub(super) identifiers: Endpoint,
    pub(super) push_order: Endpoint,
    pub(super) find_order: Option<Endpoint>,
    pub(super) profile: Profile,
}

/// Method and whole path of an operation.
#[derive(Debug, Clone)]
pub(super) struct Endpoint {
    pub(super) method: Method,
    pub(super) path: String,
}

impl AsystemConfig {
    /// Checks everything and reports everything that is wrong.
    pub(super) fn validate(&self) -> Result<(Settings, Route), ConfigError> {
        let mut problems = Vec::new();
        let route = self
            .network
            .route("/api_host", &self.api_host, DEFAULT_PORT)
            .map_err(|found| problems.extend(found))
            .ok();
        let settings = self.settings(&mut problems);
        check_places(&self.profile, &mut problems);
        match (settings, route) {
            (Some(settings), Some(route)) if problems.is_empty() => Ok((settings, route)),
            _ => Err(ConfigError { problems }),
        }
    }

    fn settings(&self, problems: &mut Vec<ConfigProblem>) -> Option<Settings> {
        let profile = &self.profile;
        let key_header = header("/profile/key_header", &profile.key_header, problems);
        let idempotency_header = match &profile.idempotency_header {
            Some(name) => header("/profile/idempotency_header", name, problems).map(Some),
            None => Some(None),
        };
        let key_value = self.key_value(problems);
        let identifiers = self.endpoint("identifiers", &profile.identifiers, problems);
        let push_order = self.endpoint("push_order", &profile.push_order, problems);
        let find_order = match &profile.find_order {
            Some(call) => self.endpoint("find_order", call, problems).map(Some),
            None => Some(None),
        };
        Some(Settings {
            key_header: key_header?,
            key_value: key_value?,
            key: self.api_key.clone(),
            idempotency_header: idempotency_header?,
            manager_id: filled(self.manager_id.as_deref()),
            contractor_id: filled(self.contractor_id.as_deref()),
            pass_through: self.pass_through.clone(),
            settle: Duration::from_secs(self.settle_seconds),
            identifiers: identifiers?,
            push_order: push_order?,
            find_order: find_order?,
            profile: profile.clone(),
        })
    }

    fn key_value(&self, problems: &mut Vec<ConfigProblem>) -> Option<HeaderValue> {
        let key = self.api_key.expose_secret();
        if key.len() < SHORTEST_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let expected = "at least 4 visible ASCII characters";
            problems.push(ConfigProblem::new("/api_key", expected, "another text"));
            return None;
        }
        let scheme = self.profile.key_scheme.trim();
        let text = if scheme.is_empty() {
            key.to_owned()
        } else {
            format!("{scheme} {key}")
        };
        let Ok(mut value) = HeaderValue::from_str(&text) else {
            let expected = "a word of ASCII letters";
            problems.push(ConfigProblem::new("/profile/key_scheme", expected, scheme));
            return None;
        };
        value.set_sensitive(true);
        Some(value)
    }

    fn endpoint(
        &self,
        name: &str,
        call: &Call,
        problems: &mut Vec<ConfigProblem>,
    ) -> Option<Endpoint> {
        let method = Method::from_bytes(call.method.as_bytes());
        if method.is_err() {
            let field = format!("/profile/{name}/method");
            problems.push(ConfigProblem::new(
                &field,
                "a method such as `POST`",
                &call.method,
            ));
        }
        let base = self.profile.base_path.trim_end_matches('/');
        let path = format!("{base}{}", call.path);
        let printable = path.chars().all(|char| !char.is_control() && char != '#');
        if !path.starts_with('/') || !call.path.starts_with('/') || !printable {
            let field = format!("/profile/{name}/path");
            problems.push(ConfigProblem::new(
                &field,
                "a path beginning with `/`",
                &path,
            ));
            return None;
        }
        Some(Endpoint {
            method: method.ok()?,
            path,
        })
    }
}

fn header(field: &str, name: &str, problems: &mut Vec<ConfigProblem>) -> Option<HeaderName> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| problems.push(ConfigProblem::new(field, "the name of a header", name)))
        .ok()
}

fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(ToOwned::to_owned)
}

/// Finds fields that would overwrite each other, and a search for what is never written.
fn check_places(profile: &Profile, problems: &mut Vec<ConfigProblem>) {
    let pair = &profile.pair;
    let tables = [
        ("order", profile.order.places()),
        ("line", profile.line.places()),
        ("pair", vec![("name", &pair.name), ("value", &pair.value)]),
        ("pair", vec![("name", &pair.name), ("amount", &pair.amount)]),
    ];
    for (table, places) in tables {
        let mut earlier: Vec<(&str, &Pointer)> = Vec::new();
        for (name, place) in places {
            if let Some((other, _)) = earlier.iter().find(|(_, other)| place.collides(other)) {
                let field = format!("/profile/{table}/{name}");
                let expected = format!("a place apart from `{other}`");
                problems.push(ConfigProblem::new(&field, &expected, &place.to_string()));
            }
            earlier.push((name, place));
        }
    }
    if profile.order.external_number.is_none() && profile.find_order.is_some() {
        let expected = "a place, or `/profile/find_order` set to `null`";
        problems.push(ConfigProblem::new(
            "/profile/order/external_number",
            expected,
            "null",
        ));
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("manager_id", &self.manager_id)
            .field("contractor_id", &self.contractor_id)
            .field("settle", &self.settle)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}
