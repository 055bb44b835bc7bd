//! `[compatibility]`: what embeds and shortcodes of earlier sites call our products and languages.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Problem;
use super::shop::{KEY, is_key};
use crate::embeds::CALCULATORS;

/// What earlier embeds call things.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompatibilityConfig {
    /// Languages by the number that embeds call them.
    pub languages: BTreeMap<String, String>,
    /// Products by their category and perhaps more.
    pub products: Vec<EarlierProduct>,
}

/// What an embed says, and the product that it means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierProduct {
    /// Which of the calculators; none for all of them.
    pub calculator: Option<String>,
    /// Number or name of the category.
    pub category: Name,
    /// Number or name of the product in it; none for any.
    pub material: Option<Name>,
    /// Name of the calculator's view; none for any.
    pub config: Option<String>,
    /// The product's key here.
    pub product: String,
}

/// A number or a name; both are compared as text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "NumberOrText")]
pub struct Name(pub String);

#[derive(Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(u64),
    Text(String),
}

impl From<NumberOrText> for Name {
    fn from(written: NumberOrText) -> Self {
        Self(match written {
            NumberOrText::Number(number) => number.to_string(),
            NumberOrText::Text(text) => text,
        })
    }
}

impl CompatibilityConfig {
    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        for (index, entry) in self.products.iter().enumerate() {
            let place = |field: &str| format!("compatibility.products[{index}].{field}");
            if let Some(name) = &entry.calculator
                && !CALCULATORS.iter().any(|(_, calculator)| calculator == name)
            {
                let names = CALCULATORS.map(|(_, calculator)| calculator).join(", ");
                problems.push(Problem::new(
                    place("calculator"),
                    format!("one of {names}"),
                    name,
                ));
            }
            if entry.category.0.is_empty() {
                let expected = "a number or a name";
                problems.push(Problem::new(place("category"), expected, ""));
            }
            if !is_key(&entry.product) {
                problems.push(Problem::new(place("product"), KEY, &entry.product));
            }
        }
    }
}
