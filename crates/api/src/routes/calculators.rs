//! `GET /v1/calculators` and `GET /v1/calculators/{product}`: what there is to price; `GET
//! /v1/programs/{engine}/{product}`: one of them, compiled, all that the widget loads.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderValue};
use http::{HeaderMap, StatusCode};
use sha2::{Digest, Sha256};
use tirage_pricing::ENGINE;
use tirage_pricing::json::ToJson;
use tirage_storage::Product;
use tirage_wire::calculator::{Calculator, Catalogue, TemplateRef};
use tirage_wire::problem::ProblemCode;

use crate::app::App;
use crate::catalogue::{self, Shown};
use crate::entropy::hex;
use crate::error::ApiError;
use crate::http::body::{Answer, Question, Step};
use crate::http::headers::is_current;

/// Short: a revised calculator should reach buyers soon. A copy of the last hour may be shown while
/// a browser asks for the next visit: an order is priced by the calculator in force anyway.
const CACHING: &str = "public, max-age=30, stale-while-revalidate=3600";

pub(super) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut products = Vec::new();
    for product in app.storage.products().list(&app.shop).await? {
        products.push(calculator(&app, &product, &Shown::default()).await?);
    }
    Ok(versioned(&headers, Catalogue { products }))
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    Step(key): Step<String>,
    Question(shown): Question<Shown>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let product = app.storage.products().find(&app.shop, &key).await?;
    let product = product.ok_or_else(|| ApiError::not_found("such product"))?;
    Ok(versioned(
        &headers,
        calculator(&app, &product, &shown).await?,
    ))
}

async fn calculator(app: &App, product: &Product, shown: &Shown) -> Result<Calculator, ApiError> {
    let stored = app.templates.require(&product.template).await?;
    Ok(Calculator {
        product: product.key.clone(),
        shop: product.shop.as_str().to_owned(),
        name: stored.template.name().clone(),
        currency: stored.template.currency().to_owned(),
        template: template_ref(product),
        options: catalogue::options(&app.config.categories, product, shown)?,
    })
}

pub(crate) fn template_ref(product: &Product) -> TemplateRef {
    let revision = &product.template;
    TemplateRef {
        revision: revision.as_str().to_owned(),
        url: format!("/v1/templates/{revision}"),
        program: Some(format!("/v1/programs/{ENGINE:08x}/{}", product.key)),
    }
}

/// What a page needs of a product to show its first price, so that this is one question away: the
/// digits of the revision, the length of the options in four bytes with the lowest first, the
/// options as JSON, and the compiled template.
///
/// Compiled for another engine than this build's there is nothing: a widget is served by the
/// service it belongs to, and one that stayed open for longer than that has to be loaded again.
pub(super) async fn program(
    State(app): State<Arc<App>>,
    Step((engine, key)): Step<(String, String)>,
    Question(shown): Question<Shown>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let ours = format!("{ENGINE:08x}");
    if engine != ours {
        return Err(ApiError::new(
            StatusCode::NOT_FOUND,
            ProblemCode::EngineNotServed,
            format!("templates are compiled for the engine {ours}"),
        ));
    }
    let product = app.storage.products().find(&app.shop, &key).await?;
    let product = product.ok_or_else(|| ApiError::not_found("such product"))?;
    let stored = app.templates.require(&product.template).await?;
    let options = catalogue::options(&app.config.categories, &product, &shown)?;
    let options = options.to_json().to_string();
    let digest = hex(&Sha256::digest(options.as_bytes())[..8]);
    let etag = format!("W/\"{engine}-{}-{digest}\"", stored.revision);
    let length = u32::try_from(options.len()).map_err(ApiError::internal)?;
    Ok(current(&headers, &etag, || {
        let revision = stored.revision.as_str().as_bytes();
        let length = length.to_le_bytes();
        let body = [revision, &length, options.as_bytes(), &stored.program].concat();
        ([(header::CONTENT_TYPE, "application/octet-stream")], body).into_response()
    }))
}

/// The answer, or only that the client's copy is still right.
pub(super) fn versioned<T: ToJson>(headers: &HeaderMap, answer: T) -> Response {
    let digest = Sha256::digest(answer.to_json().to_string().as_bytes());
    // Weak: a proxy may compress it.
    let etag = format!("W/\"{}\"", hex(&digest[..16]));
    current(headers, &etag, || Answer(answer).into_response())
}

fn current(headers: &HeaderMap, etag: &str, answer: impl FnOnce() -> Response) -> Response {
    let mut response = if is_current(headers, etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHING));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}
