//! `POST /v1/quote`: a price for answers, by the same engine that runs in the page.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName, HeaderValue};
use tirage_storage::Revision;
use tirage_wire::cart::QuoteRequest;
use tirage_wire::problem::FieldError;
use tirage_wire::quote::Quote;

use crate::app::App;
use crate::catalogue::Stored;
use crate::error::ApiError;
use crate::http::body::{Answer, WireJson};
use crate::prices::Trust;
use crate::submit::{quoted, wrong};
use crate::today;
use crate::words::{self, Locale};

/// A table of prices by quantity is this long at most.
const MOST_RUNS: usize = 100;
/// Which template priced it; an order has to name it.
pub(super) const TEMPLATE: HeaderName = HeaderName::from_static("tirage-template");

pub(super) async fn quote(
    State(app): State<Arc<App>>,
    WireJson(request): WireJson<QuoteRequest>,
) -> Result<Response, ApiError> {
    check(&request)?;
    let runs = request.runs.as_deref().unwrap_or_default();
    let stored = asked(&app, &request).await?;
    let today = today::of_shop(&app.config.shop.zone(), app.clock.now());
    let answers = today::filled_in(&stored.template, &request.answers, &today);
    let quote = stored.template.quote(&answers, runs);
    let locale = request.locale.as_deref();
    let mut named = match locale {
        Some(tag) => words::told(&stored.template, &quote, tag),
        None => Quote::of(&stored.template, &quote),
    };
    if let Some(product) = source_of(&app, &request, &stored).await? {
        let wanted = (Trust::Known, locale);
        let priced = (product.as_str(), &*stored);
        app.prices.fill(priced, &answers, &mut named, wanted).await;
    }
    let mut response = Answer(named).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(revision) = HeaderValue::from_str(stored.revision.as_str()) {
        headers.insert(TEMPLATE, revision);
    }
    Ok(response)
}

fn check(request: &QuoteRequest) -> Result<(), ApiError> {
    let mut errors = Vec::new();
    let runs = request.runs.as_ref().map_or(0, Vec::len);
    if runs > MOST_RUNS {
        let expected = format!("at most {MOST_RUNS} quantities");
        errors.push(wrong("/runs", expected, runs.to_string()));
    }
    if let Some(tag) = &request.locale
        && !Locale::is_tag(tag)
    {
        errors.push(wrong("/locale", Locale::TAG, quoted(tag)));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::validation(errors))
    }
}

/// The product whose source is asked for prices that the template does not have.
///
/// A revision names it as long as it is in force of no other product with a source.
async fn source_of(
    app: &App,
    request: &QuoteRequest,
    stored: &Stored,
) -> Result<Option<String>, ApiError> {
    if request.product.is_some() || !stored.template.is_priced_remotely() {
        return Ok(request.product.clone());
    }
    let products = app.storage.products().list(&app.shop).await?;
    let mut of_revision = products.into_iter().filter(|product| {
        product.template == stored.revision && app.prices.has_source(&product.key)
    });
    match (of_revision.next(), of_revision.next()) {
        (Some(product), None) => Ok(Some(product.key)),
        _ => Ok(None),
    }
}

async fn asked(app: &App, request: &QuoteRequest) -> Result<Arc<Stored>, ApiError> {
    match (&request.product, &request.template) {
        (Some(key), None) => {
            let product = app.storage.products().find(&app.shop, key).await?;
            let product = product.ok_or_else(|| ApiError::not_found("such product"))?;
            app.templates.require(&product.template).await
        }
        (None, Some(revision)) => {
            let stored = app.templates.find(&Revision::new(revision)).await?;
            stored.ok_or_else(|| ApiError::not_found("such template"))
        }
        (product, _) => Err(ApiError::validation(vec![FieldError {
            pointer: String::new(),
            expected: "either a field `product` or a field `template`".to_owned(),
            found: if product.is_some() { "both" } else { "none" }.to_owned(),
        }])),
    }
}
