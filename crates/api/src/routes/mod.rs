//! Every address of the service. The public interface is documented in `docs/api.md`.

mod admin;
mod calculators;
mod categories;
mod embeds;
mod frame;
mod health;
mod orders;
mod pages;
mod quote;
mod templates;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use http::Method;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;

use crate::app::App;
use crate::http::{headers, observe, protect};

pub(crate) use calculators::template_ref;

const CART_BYTES: usize = 256 * 1024;
const QUOTE_BYTES: usize = 64 * 1024;

/// The whole service as one router.
pub fn router(app: &Arc<App>) -> Router {
    // Later layers are outer ones: a request is named first, and a refusal by any inner layer
    // still gets its headers.
    Router::new()
        .merge(public(app))
        .merge(admin::routes(app))
        .merge(health::routes())
        .route("/v1/frame/{product}", get(frame::page))
        .route("/v1/frame-origins", get(frame::list))
        .merge(embeds::scripts())
        .merge(pages::routes(app.config.server.demo))
        .fallback(protect::no_such_address)
        .method_not_allowed_fallback(protect::no_such_method)
        .layer(CatchPanicLayer::custom(protect::after_panic))
        .layer(from_fn_with_state(
            app.config.server.request_timeout(),
            protect::limit_time,
        ))
        .layer(from_fn(headers::secure))
        .layer(from_fn_with_state(Arc::clone(app), observe::observe))
        .with_state(Arc::clone(app))
}

/// What pages of the shop ask from any of its origins.
fn public(app: &App) -> Router<Arc<App>> {
    Router::new()
        .route("/v1/calculators", get(calculators::list))
        .route("/v1/calculators/{product}", get(calculators::one))
        .route("/v1/categories", get(categories::list))
        .route("/v1/categories/{category}", get(categories::one))
        .route("/v1/templates/{revision}", get(templates::text))
        .route("/v1/programs/{engine}/{product}", get(calculators::program))
        .route(
            "/v1/quote",
            post(quote::quote).layer(DefaultBodyLimit::max(QUOTE_BYTES)),
        )
        // The place for limits on the rate of requests, per address and per shop: a layer here,
        // before the body is read.
        .route(
            "/v1/orders",
            post(orders::place).layer(DefaultBodyLimit::max(CART_BYTES)),
        )
        .route("/v1/orders/{token}", get(orders::page))
        .merge(embeds::public())
        // Before the layers, so that they see it: a browser's question about CORS is an unknown
        // method of a known address.
        .method_not_allowed_fallback(protect::no_such_method)
        .layer(CompressionLayer::new())
        .layer(cors(app))
}

/// Exactly the shop's origins: another one gets no header at all, and its browser refuses.
fn cors(app: &App) -> CorsLayer {
    let own = std::iter::once(&app.config.server.public_url);
    let origins = app.config.shop.allowed_origins.iter().chain(own);
    let origins: Vec<HeaderValue> = origins.filter_map(|origin| origin.parse().ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([CONTENT_TYPE, HeaderName::from_static("idempotency-key")])
        .expose_headers([RETRY_AFTER, observe::REQUEST_ID, quote::TEMPLATE])
        .max_age(std::time::Duration::from_secs(600))
}
