//! `GET /v1/categories` and `GET /v1/categories/{category}`: products that are sold side by side.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use tirage_wire::category::{Categories, Category, CategoryProduct};

use super::calculators::{template_ref, versioned};
use crate::app::App;
use crate::catalogue;
use crate::config::{CategoryConfig, CategoryMember};
use crate::error::ApiError;
use crate::http::body::Step;

pub(super) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut categories = Vec::new();
    for settings in &app.config.categories {
        categories.push(category(&app, settings).await?);
    }
    Ok(versioned(&headers, Categories { categories }))
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    Step(key): Step<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let settings = catalogue::category(&app.config.categories, &key)?;
    Ok(versioned(&headers, category(&app, settings).await?))
}

async fn category(app: &App, settings: &CategoryConfig) -> Result<Category, ApiError> {
    let mut products = Vec::new();
    for member in &settings.products {
        products.push(product(app, member).await?);
    }
    Ok(Category {
        category: settings.key.clone(),
        shop: app.shop.as_str().to_owned(),
        name: settings.name.clone(),
        products,
        attributes: settings.attributes.clone(),
        options: settings.options.clone(),
        views: settings.views.clone(),
    })
}

async fn product(app: &App, member: &CategoryMember) -> Result<CategoryProduct, ApiError> {
    let product = app.storage.products().find(&app.shop, &member.key).await?;
    let product = product.ok_or_else(|| {
        ApiError::internal(anyhow::anyhow!("the product `{}` is missing", member.key))
    })?;
    let stored = app.templates.require(&product.template).await?;
    Ok(CategoryProduct {
        product: product.key.clone(),
        name: stored.template.name().clone(),
        attributes: member.attributes.clone(),
        currency: stored.template.currency().to_owned(),
        template: template_ref(&product),
    })
}
