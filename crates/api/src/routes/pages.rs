//! Pages and files for browsers: the widget's, the administrator's, and the demo shop's.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;

use crate::app::App;
use crate::error::ApiError;

pub(super) fn routes(demo: bool) -> Router<Arc<App>> {
    let routes = Router::new()
        .route("/v/{*path}", get(file))
        .route("/v1/{*path}", get(file))
        .route("/admin", get(admin_page))
        .route("/admin/", get(admin_page))
        .route("/admin/{*path}", get(admin));
    if !demo {
        return routes;
    }
    routes
        .route("/", demo_page("/demo/index.html"))
        .route("/products/{key}", demo_page("/demo/product.html"))
        .route("/categories/{key}", demo_page("/demo/category.html"))
        .route("/cart", demo_page("/demo/cart.html"))
        .route("/offer", demo_page("/demo/offer.html"))
        .route("/orders/{token}", demo_page("/demo/order.html"))
        .route("/demo/{*path}", get(file))
        .route("/hosts/", demo_page("/hosts/index.html"))
        .route("/hosts/{*path}", get(file))
}

async fn file(State(app): State<Arc<App>>, request: Request) -> Result<Response, ApiError> {
    app.assets.file(request).await
}

/// The administrator's pages are one application with addresses of its own; what has a dot in its
/// last step is a file.
async fn admin(State(app): State<Arc<App>>, request: Request) -> Result<Response, ApiError> {
    let last = request.uri().path().rsplit('/').next();
    if last.is_some_and(|step| step.contains('.')) {
        return app.assets.file(request).await;
    }
    app.assets.page(request, "/admin/index.html").await
}

async fn admin_page(State(app): State<Arc<App>>, request: Request) -> Result<Response, ApiError> {
    app.assets.page(request, "/admin/index.html").await
}

fn demo_page(file: &'static str) -> axum::routing::MethodRouter<Arc<App>> {
    get(async move |State(app): State<Arc<App>>, request: Request| {
        app.assets.page(request, file).await
    })
}
