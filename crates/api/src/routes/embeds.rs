//! Embeds and shortcodes of earlier sites: the script for pages, what it asks, and shortcodes
//! expanded here.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::HeaderMap;
use tirage_wire::embed::{
    EarlierLanguage, EarlierProduct, Embeds, ShortcodeProblem, Shortcodes, ShortcodesRequest,
};

use super::calculators;
use crate::app::App;
use crate::embeds::{Shortcode, find, shortcodes};
use crate::error::ApiError;
use crate::http::body::{Answer, WireJson};

/// Addresses that pages have in their script tags already.
const SCRIPTS: [&str; 5] = [
    "/api/calc/externalCalc",
    "/api/poly1c/calculator/external",
    "/api/asystem/calculator/external",
    "/api/axiom/calculator/external",
    "/api/helloprint/calculator/external",
];
/// A page's text is this long at most.
const HTML_BYTES: usize = 1024 * 1024;

/// The scripts, for any page.
pub(super) fn scripts() -> Router<Arc<App>> {
    let routes = Router::new();
    SCRIPTS
        .into_iter()
        .fold(routes, |routes, path| routes.route(path, get(script)))
}

/// What pages of the shop's origins ask.
pub(super) fn public() -> Router<Arc<App>> {
    Router::new().route("/v1/embeds", get(list)).route(
        "/v1/shortcodes",
        post(expand).layer(DefaultBodyLimit::max(HTML_BYTES)),
    )
}

async fn script(State(app): State<Arc<App>>, request: Request) -> Result<Response, ApiError> {
    app.assets.shared(request, "/v1/compat.js").await
}

async fn list(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, ApiError> {
    let settings = &app.config.compatibility.languages;
    let languages = settings.iter().map(|(id, locale)| EarlierLanguage {
        id: id.clone(),
        locale: locale.clone(),
    });
    let embeds = Embeds {
        languages: languages.collect(),
        products: earlier_products(&app).await?,
    };
    Ok(calculators::versioned(&headers, embeds))
}

/// The settings as far as their products are there, then every product by its own key.
async fn earlier_products(app: &App) -> Result<Vec<EarlierProduct>, ApiError> {
    let mut own = Vec::new();
    for product in app.storage.products().list(&app.shop).await? {
        let stored = app.templates.require(&product.template).await?;
        own.push(EarlierProduct {
            calculator: None,
            category: product.key.clone(),
            material: None,
            config: None,
            product: product.key,
            name: stored.template.name().clone(),
        });
    }
    let mut all = Vec::new();
    for setting in &app.config.compatibility.products {
        let Some(known) = own.iter().find(|known| known.product == setting.product) else {
            tracing::warn!(product = setting.product, "an earlier embed has no product");
            continue;
        };
        all.push(EarlierProduct {
            calculator: setting.calculator.clone(),
            category: setting.category.0.clone(),
            material: setting.material.as_ref().map(|name| name.0.clone()),
            config: setting.config.clone(),
            ..known.clone()
        });
    }
    all.append(&mut own);
    Ok(all)
}

async fn expand(
    State(app): State<Arc<App>>,
    WireJson(request): WireJson<ShortcodesRequest>,
) -> Result<Response, ApiError> {
    let products = earlier_products(&app).await?;
    let mut answer = Shortcodes {
        html: String::with_capacity(request.html.len()),
        problems: Vec::new(),
    };
    let mut rest = request.html.as_str();
    let mut has_script = false;
    for shortcode in shortcodes(&request.html) {
        let element = match element(&products, &shortcode, &app.config.server.public_url) {
            Ok(element) => element,
            Err(message) => {
                answer.problems.push(ShortcodeProblem {
                    shortcode: shortcode.text.to_owned(),
                    message,
                });
                continue;
            }
        };
        let Some((before, after)) = rest.split_once(shortcode.text) else {
            continue;
        };
        answer.html.push_str(before);
        if !has_script {
            answer
                .html
                .push_str(&script_tag(&app.config.server.public_url));
            has_script = true;
        }
        answer.html.push_str(&element);
        rest = after;
    }
    answer.html.push_str(rest);
    Ok(Answer(answer).into_response())
}

fn script_tag(service: &str) -> String {
    format!(
        r#"<script src="{}/v1/compat.js"></script>"#,
        escaped(service)
    )
}

fn element(
    products: &[EarlierProduct],
    shortcode: &Shortcode<'_>,
    service: &str,
) -> Result<String, String> {
    if let Some(name) = shortcode.unknown_argument() {
        return Err(format!("the argument `{name}` is not supported"));
    }
    let asked = shortcode.asked();
    if asked.category.is_empty() && asked.material.is_empty() {
        return Err("expected an argument `category`".to_owned());
    }
    let entry = find(products, asked).ok_or_else(|| {
        format!(
            "no product for category `{}`, product `{}`: name it in [[compatibility.products]]",
            asked.category, asked.material
        )
    })?;
    let mut text = String::from("<tirage-calculator");
    for (name, value) in [
        ("product", entry.product.as_str()),
        ("api", service),
        ("data-calculator", asked.calculator),
        ("data-category", asked.category),
        ("data-material", asked.material),
        ("data-config", asked.config),
        ("data-after-load", shortcode.argument("afterload")),
    ] {
        if !value.is_empty() {
            text.push_str(&format!(r#" {name}="{}""#, escaped(value)));
        }
    }
    text.push_str("></tirage-calculator>");
    Ok(text)
}

/// For an attribute between double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
