//! `[[products]]`: products published at start.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;
use tirage_pricing::json::{FromJson, JsonError, Node};
use tirage_wire::options::Options;
use toml::Table;

use super::Problem;
use super::options::{self, strictly};
use super::shop::{KEY, is_key};

/// A product published at start.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductConfig {
    /// Its key in addresses.
    pub key: String,
    /// File of its template.
    pub template: PathBuf,
    /// Its place in the catalogue.
    #[serde(default)]
    pub position: u32,
    /// How its calculator is shown; read by `read`.
    #[serde(skip)]
    pub options: Options,
    /// Who computes its prices, where its template says `"prices": "remote"`.
    #[serde(default)]
    pub prices: Option<PriceListConfig>,
}

/// Prices by a price list in memory.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceListConfig {
    /// File of the list: a template with the parameters of the product's own, and prices.
    pub memory: PathBuf,
    /// How long each answer takes, to try out what buyers see of a slow print house.
    #[serde(default)]
    pub delay_ms: u32,
}

/// Options in the settings, without any names that options do not have.
struct Strict(Options);

impl FromJson for Strict {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        strictly(node).map(Self)
    }
}

pub(super) fn read(entries: Vec<Table>, problems: &mut Vec<Problem>) -> Vec<ProductConfig> {
    let entries = entries.into_iter().enumerate();
    entries
        .filter_map(|(index, mut entry)| {
            let place = format!("products[{index}]");
            let own = entry.remove("options");
            let mut product: ProductConfig = super::read(entry.into(), &place, problems)?;
            if let Some(own) = own {
                let Strict(own) = options::read(&own, &format!("{place}.options"), problems)?;
                product.options = own;
            }
            Some(product)
        })
        .collect()
}

pub(super) fn check(products: &[ProductConfig], problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (index, product) in products.iter().enumerate() {
        if !is_key(&product.key) {
            problems.push(Problem::new(
                format!("products[{index}].key"),
                KEY,
                &product.key,
            ));
        }
        if !seen.insert(&product.key) {
            let place = format!("products[{index}].key");
            problems.push(Problem::new(place, "each product once", &product.key));
        }
        let place = format!("products[{index}].options");
        options::check(&product.options, &place, problems);
    }
}
