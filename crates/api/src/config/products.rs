//! `[[products]]`: products published at start.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;

use super::Problem;
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
    }
}
