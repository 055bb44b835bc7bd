//! Publishes the products of the settings at start. The same content again changes nothing.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tirage_connectors::prices::{MemoryPrices, PriceSource, UnfitPriceList};
use tirage_pricing::json::{Json, ToJson as _};
use tirage_pricing::{Template, TemplateError};
use tirage_storage::{NewProduct, Shop, StorageError};

use super::files;
use crate::app::App;
use crate::config::{PriceListConfig, ProductConfig};

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
        source: Box<TemplateError>,
    },
    /// The price list does not price the product.
    #[error("the price list `{}` of product `{product}` cannot be used", path.display())]
    PriceList {
        /// The product.
        product: String,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: UnfitPriceList,
    },
    /// There is a price list, and the template has prices of its own.
    #[error(
        "the product `{product}` has `prices`: expected a template with `\"prices\": \"remote\"`"
    )]
    PricedTwice {
        /// The product.
        product: String,
    },
    /// A page could never order it: it insists on a file, and the options leave files out.
    #[error(
        "the product `{product}` cannot be ordered: {place} files out (`files = false`), \
         but its parameter `{parameter}` has to be answered; expected a file that may be missing, \
         or a parameter that is hidden and answered by the page itself"
    )]
    Unasked {
        /// The product.
        product: String,
        /// The parameter.
        parameter: String,
        /// Where its question is left out.
        place: String,
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
    let (text, template) = read(&product.key, &product.template)?;
    if let Some(list) = &product.prices {
        app.price_by(&product.key, price_list(&product.key, &template, list)?);
    }
    assert_asked(app, product, (&text, &template))?;
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

fn assert_asked(
    app: &App,
    product: &ProductConfig,
    (text, template): (&str, &Template),
) -> Result<(), PublishError> {
    let Ok(json) = Json::parse(text) else {
        return Ok(());
    };
    let options = (product.key.as_str(), &product.options);
    let Some(found) = files::unasked(template, &json, options, &app.config.categories) else {
        return Ok(());
    };
    Err(PublishError::Unasked {
        product: product.key.clone(),
        parameter: found.parameter,
        place: found.place,
    })
}

fn read(product: &str, path: &Path) -> Result<(String, Template), PublishError> {
    let text = std::fs::read_to_string(path).map_err(|source| PublishError::Read {
        product: product.to_owned(),
        path: path.to_owned(),
        source,
    })?;
    let template = Template::parse(&text).map_err(|source| PublishError::Template {
        product: product.to_owned(),
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    Ok((text, template))
}

fn price_list(
    product: &str,
    template: &Template,
    settings: &PriceListConfig,
) -> Result<Arc<dyn PriceSource>, PublishError> {
    if !template.is_priced_remotely() {
        return Err(PublishError::PricedTwice {
            product: product.to_owned(),
        });
    }
    let path = &settings.memory;
    let (_, list) = read(product, path)?;
    let delay = Duration::from_millis(settings.delay_ms.into());
    let prices = MemoryPrices::new(template, list, delay);
    let prices = prices.map_err(|source| PublishError::PriceList {
        product: product.to_owned(),
        path: path.clone(),
        source,
    })?;
    Ok(Arc::new(prices))
}
