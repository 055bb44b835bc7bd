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

/// A table of prices by quantity is this long at most.
const MOST_RUNS: usize = 100;
/// Which template priced it; an order has to name it.
pub(super) const TEMPLATE: HeaderName = HeaderName::from_static("tirage-template");

pub(super) async fn quote(
    State(app): State<Arc<App>>,
    WireJson(request): WireJson<QuoteRequest>,
) -> Result<Response, ApiError> {
    let runs = request.runs.as_deref().unwrap_or_default();
    if runs.len() > MOST_RUNS {
        let error = FieldError {
            pointer: "/runs".to_owned(),
            expected: format!("at most {MOST_RUNS} quantities"),
            found: runs.len().to_string(),
        };
        return Err(ApiError::validation(vec![error]));
    }
    let stored = asked(&app, &request).await?;
    let quote = stored.template.quote(&request.answers, runs);
    let mut response = Answer(Quote::of(&stored.template, &quote)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(revision) = HeaderValue::from_str(stored.revision.as_str()) {
        headers.insert(TEMPLATE, revision);
    }
    Ok(response)
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
