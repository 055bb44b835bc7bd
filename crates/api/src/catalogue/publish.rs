//! Publishes the products of the settings at start. The same content again changes nothing.

use std::io;
use std::path::PathBuf;

use tirage_pricing::json::ToJson as _;
use tirage_pricing::{Template, TemplateError};
use tirage_storage::{NewProduct, Shop, StorageError};

use crate::app::App;
use crate::config::ProductConfig;

/// Why a product of the settings cannot be published.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The file cannot be read.
    #[error("the template `{}` of product `{product}` cannot be read", path.display())]
    Read {
        /// The product.
        product: String,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is not a template.
    #[error("the template `{}` of product `{product}` is not one", path.display())]
    Template {
        /// The product.
        product: String,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: TemplateError,
    },
    /// The database failed.
    #[error("the product cannot be stored")]
    Storage(#[from] StorageError),
}

/// Brings the shop and its products in line with the settings.
///
/// # Errors
/// When a template is not one, or the database fails.
pub async fn publish(app: &App) -> Result<(), PublishError> {
    let shop = &app.config.shop;
    let origins = shop.allowed_origins.to_json().to_string();
    let shop = Shop {
        id: app.shop.clone(),
        name: shop.name.clone(),
        prefix: shop.number_prefix.clone(),
        origins,
    };
    app.storage.shops().ensure(&shop, app.clock.now()).await?;
    for product in &app.config.products {
        publish_product(app, product).await?;
    }
    Ok(())
}

async fn publish_product(app: &App, product: &ProductConfig) -> Result<(), PublishError> {
    let path = &product.template;
    let text = std::fs::read_to_string(path).map_err(|source| PublishError::Read {
        product: product.key.clone(),
        path: path.clone(),
        source,
    })?;
    let template = Template::parse(&text).map_err(|source| PublishError::Template {
        product: product.key.clone(),
        path: path.clone(),
        source,
    })?;
    let now = app.clock.now();
    let revision = app.storage.templates().put(&text, now).await?;
    let wanted = NewProduct {
        shop: app.shop.clone(),
        key: product.key.clone(),
        name: template.name().to_json().to_string(),
        template: revision,
        position: i64::from(product.position),
        options: product.options.to_json().to_string(),
    };
    let products = app.storage.products();
    let known = products.find(&app.shop, &product.key).await?;
    let unchanged = known.is_some_and(|known| {
        known.template == wanted.template
            && known.position == wanted.position
            && known.options == wanted.options
    });
    if !unchanged {
        products.publish(&wanted, now).await?;
        tracing::info!(product = product.key, revision = %wanted.template, "published");
    }
    Ok(())
}
