//! How a page shows a product: the options of the product, of the category in which it stands
//! there, and of the view.

use serde::Deserialize;
use tirage_pricing::json::{FromJson as _, Json, Node};
use tirage_storage::Product;
use tirage_wire::category::View;
use tirage_wire::options::Options;

use crate::config::CategoryConfig;
use crate::error::ApiError;

/// Views that every category has: they say nothing of their own where it does not declare them.
pub(super) const USUAL_VIEWS: [&str; 2] = ["page", "editor"];

/// Where a page shows a product, as the address says it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Shown {
    category: Option<String>,
    view: Option<String>,
}

/// The options that count: what the view says, else the product, else the category.
pub(crate) fn options(
    categories: &[CategoryConfig],
    product: &Product,
    shown: &Shown,
) -> Result<Options, ApiError> {
    let own = stored(product)?;
    let Some(key) = said(shown.category.as_deref()) else {
        return Ok(own);
    };
    let category = category(categories, key)?;
    let view = said(shown.view.as_deref());
    let view = view.map_or(Ok(None), |view| named(category, view))?;
    if !category.shows(&product.key, view) {
        return Err(ApiError::not_found("such product in this category"));
    }
    Ok(combined(own, category, view))
}

/// What the view says, else the product, else the category.
pub(super) fn combined(own: Options, category: &CategoryConfig, view: Option<&View>) -> Options {
    let over = view.and_then(|view| view.options.clone());
    let own = own.over(category.options.clone());
    over.map_or(own.clone(), |over| over.over(own))
}

/// What an address says; nothing where it says an empty text.
fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// The category with this key.
pub(crate) fn category<'c>(
    categories: &'c [CategoryConfig],
    key: &str,
) -> Result<&'c CategoryConfig, ApiError> {
    let found = categories.iter().find(|category| category.key == key);
    found.ok_or_else(|| ApiError::not_found("such category"))
}

fn named<'c>(category: &'c CategoryConfig, key: &str) -> Result<Option<&'c View>, ApiError> {
    let view = category.views.iter().find(|view| view.key == key);
    if view.is_none() && !USUAL_VIEWS.contains(&key) {
        return Err(ApiError::not_found("such view of this category"));
    }
    Ok(view)
}

fn stored(product: &Product) -> Result<Options, ApiError> {
    let json = Json::parse(&product.options).map_err(ApiError::internal)?;
    Options::from_json(&Node::root(&json)).map_err(ApiError::internal)
}
