//! `[shop]`: the one shop this service works for.

use jiff::tz::TimeZone;
use serde::Deserialize;

use super::Problem;
use super::server::is_origin;

/// The shop.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopConfig {
    /// Its key in rows and answers.
    pub key: String,
    /// Its name.
    pub name: String,
    /// First part of its order numbers.
    pub number_prefix: String,
    /// Web origins that may show the widget and order.
    pub allowed_origins: Vec<String>,
    /// The time zone its days are counted in.
    pub time_zone: String,
}

impl ShopConfig {
    /// The time zone its days are counted in.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        // Checked when the settings are read.
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        if !is_key(&self.key) {
            problems.push(Problem::new("shop.key", KEY, &self.key));
        }
        let prefix_fits = (1..=8).contains(&self.number_prefix.len())
            && self
                .number_prefix
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric());
        if !prefix_fits {
            let expected = "1 to 8 latin letters and digits";
            problems.push(Problem::new(
                "shop.number_prefix",
                expected,
                &self.number_prefix,
            ));
        }
        if TimeZone::get(&self.time_zone).is_err() {
            let expected = "a time zone that this machine knows, such as \"Europe/Moscow\"";
            problems.push(Problem::new("shop.time_zone", expected, &self.time_zone));
        }
        for origin in &self.allowed_origins {
            if !is_origin(origin) {
                let expected = "origins such as \"https://shop.example\"";
                problems.push(Problem::new("shop.allowed_origins", expected, origin));
            }
        }
    }
}

/// What a key is, in words.
pub(super) const KEY: &str = "1 to 64 of a-z, 0-9, `-` and `_`";

/// Whether a text may name a shop, a product or a connection.
pub(super) fn is_key(text: &str) -> bool {
    let allowed = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_'
    };
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}
