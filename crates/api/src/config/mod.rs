//! The service's settings: one struct per section, read once at start.
//!
//! `config.default.toml` is the reference; every field stands there with a comment.
//! Settings that an administrator changes while the service runs are data and live in storage.

mod categories;
mod compatibility;
mod connections;
mod database;
mod layers;
mod log;
mod options;
mod outbox;
mod prices;
mod problem;
mod products;
mod server;
mod shop;

use std::path::PathBuf;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

pub use categories::{CategoryConfig, CategoryMember};
pub use compatibility::{CompatibilityConfig, EarlierProduct, Name};
pub use connections::ConnectionConfig;
pub use database::DatabaseSection;
pub use log::{LogConfig, LogFormat};
pub use outbox::OutboxConfig;
pub use prices::PricesConfig;
pub use problem::{ConfigError, Problem};
pub use products::{PriceListConfig, ProductConfig};
pub use server::ServerConfig;
pub use shop::ShopConfig;

/// Every setting.
#[derive(Debug, Clone)]
pub struct Config {
    /// How HTTP is served.
    pub server: ServerConfig,
    /// Where data is kept.
    pub database: DatabaseSection,
    /// The shop.
    pub shop: ShopConfig,
    /// What earlier embeds call products and languages.
    pub compatibility: CompatibilityConfig,
    /// How orders are forwarded.
    pub outbox: OutboxConfig,
    /// How prices that others compute are asked for.
    pub prices: PricesConfig,
    /// What is logged.
    pub log: LogConfig,
    /// Products published at start.
    pub products: Vec<ProductConfig>,
    /// Products that are sold side by side.
    pub categories: Vec<CategoryConfig>,
    /// Print houses.
    pub connections: Vec<ConnectionConfig>,
}

/// Where settings come from, besides the built-in defaults.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file named on the command line.
    pub file: Option<PathBuf>,
    /// The environment's variables.
    pub environment: Vec<(String, String)>,
}

impl Config {
    /// Reads, merges and checks the settings.
    ///
    /// # Errors
    /// With every problem found, not only the first.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let table = layers::merge(sources, &mut problems);
        let config = Self::from_table(table, &mut problems);
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(ConfigError(problems)),
        }
    }

    fn from_table(mut table: Table, problems: &mut Vec<Problem>) -> Option<Self> {
        let server = section::<ServerConfig>(&mut table, "server", problems);
        let database = section::<DatabaseSection>(&mut table, "database", problems);
        let shop = section::<ShopConfig>(&mut table, "shop", problems);
        let compatibility = section::<CompatibilityConfig>(&mut table, "compatibility", problems);
        let outbox = section::<OutboxConfig>(&mut table, "outbox", problems);
        let prices = section::<PricesConfig>(&mut table, "prices", problems);
        let log = section::<LogConfig>(&mut table, "log", problems);
        let products = entries::<Table>(&mut table, "products", problems);
        let products = products::read(products, problems);
        let categories = entries::<Table>(&mut table, "categories", problems);
        let categories = categories::read(categories, problems);
        let connections = connections(&mut table, problems);
        for name in table.keys() {
            problems.push(Problem::unknown_section(name));
        }
        let config = Self {
            server: server?,
            database: database?,
            shop: shop?,
            compatibility: compatibility?,
            outbox: outbox?,
            prices: prices?,
            log: log?,
            products,
            categories,
            connections,
        };
        config.check(problems);
        Some(config)
    }

    /// What types cannot say.
    fn check(&self, problems: &mut Vec<Problem>) {
        self.server.check(problems);
        self.shop.check(problems);
        self.compatibility.check(problems);
        self.outbox.check(problems);
        self.prices.check(problems);
        self.log.check(problems);
        products::check(&self.products, problems);
        categories::check(&self.categories, &self.products, problems);
        connections::check(&self.connections, problems);
    }
}

/// The effective settings as TOML, with every secret hidden.
///
/// # Errors
/// With every problem found.
pub fn effective(sources: &Sources) -> Result<String, ConfigError> {
    Config::load(sources)?;
    let mut problems = Vec::new();
    let mut table = layers::merge(sources, &mut problems);
    layers::redact(&mut table);
    Ok(table.to_string())
}

fn section<T: DeserializeOwned>(
    table: &mut Table,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let value = table.remove(name).unwrap_or_else(|| Table::new().into());
    read(value, name, problems)
}

fn entries<T: DeserializeOwned>(
    table: &mut Table,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    match table.remove(name) {
        None => Vec::new(),
        Some(Value::Array(values)) => values
            .into_iter()
            .enumerate()
            .filter_map(|(index, value)| read(value, &format!("{name}[{index}]"), problems))
            .collect(),
        Some(other) => {
            let expected = format!("a list, written as `[[{name}]]`");
            problems.push(Problem::new(name, expected, other.type_str()));
            Vec::new()
        }
    }
}

fn connections(table: &mut Table, problems: &mut Vec<Problem>) -> Vec<ConnectionConfig> {
    let entries = entries::<Table>(table, "connections", problems).into_iter();
    entries
        .enumerate()
        .filter_map(|(index, entry)| {
            ConnectionConfig::from_table(entry)
                .map_err(|error| {
                    problems.push(Problem::text(format!("connections[{index}]"), error));
                })
                .ok()
        })
        .collect()
}

fn read<T: DeserializeOwned>(value: Value, place: &str, problems: &mut Vec<Problem>) -> Option<T> {
    match value.try_into() {
        Ok(section) => Some(section),
        Err(error) => {
            problems.push(Problem::shape(place, &error));
            None
        }
    }
}

#[cfg(test)]
mod tests;
