//! What every route and worker shares.

use std::sync::Arc;

use tirage_connectors::prices::PriceSource;
use tirage_storage::{ShopId, Storage, TargetId};

use crate::admin::Doors;
use crate::catalogue::TemplateCache;
use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::http::assets::Assets;
use crate::metrics::Metrics;
use crate::prices::Prices;
use crate::server::PhaseWatch;

/// What the service is made of. Everything outside (time, randomness, database) comes in here.
#[derive(Debug)]
pub struct Parts {
    /// The settings.
    pub config: crate::config::Config,
    /// The open database.
    pub storage: Storage,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Entropy,
    /// How far the shutdown has come.
    pub phase: PhaseWatch,
}

/// The service.
#[derive(Debug)]
pub struct App {
    /// The settings.
    pub config: crate::config::Config,
    /// The open database.
    pub storage: Storage,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Entropy,
    pub(crate) phase: PhaseWatch,
    pub(crate) shop: ShopId,
    pub(crate) targets: Vec<TargetId>,
    pub(crate) templates: TemplateCache,
    pub(crate) prices: Prices,
    pub(crate) metrics: Metrics,
    pub(crate) assets: Assets,
    pub(crate) doors: Doors,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Arc<Self> {
        let Parts {
            config,
            storage,
            clock,
            entropy,
            phase,
        } = parts;
        let target = |connection: &crate::config::ConnectionConfig| TargetId::new(&connection.id);
        let prices = config.prices.within(config.server.request_timeout_ms);
        Arc::new(Self {
            shop: ShopId::new(&config.shop.key),
            targets: config.connections.iter().map(target).collect(),
            templates: TemplateCache::new(storage.clone()),
            prices: Prices::new(prices, Arc::clone(&clock)),
            metrics: Metrics::new(),
            doors: Doors::new(),
            assets: Assets::new(&config.server.assets),
            config,
            storage,
            clock,
            entropy,
            phase,
        })
    }

    /// From now on this source computes the prices of a product.
    pub fn price_by(&self, product: &str, source: Arc<dyn PriceSource>) {
        self.prices.open(product, source);
    }
}
