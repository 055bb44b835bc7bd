//! Sessions: a cookie that only the browser's requests to these pages carry, and who is behind it.
//!
//! The cookie holds 256 random bits; the database knows only their hash. `SameSite` is `Lax` and
//! not `Strict`, so that a link in a message opens the page for who is logged in; what changes
//! something is protected by `origin`.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::header::{self, HeaderMap, HeaderValue};
use http::request::Parts;
use http::{HeaderName, StatusCode};
use tirage_storage::{Millis, SessionLimits, SessionUser, UserId};
use tirage_wire::problem::ProblemCode;

use crate::app::App;
use crate::error::ApiError;

const HOUR_MS: Millis = 3_600_000;
const LIMITS: SessionLimits = SessionLimits {
    idle_ms: 12 * HOUR_MS,
    absolute_ms: 7 * 24 * HOUR_MS,
};

/// Who is logged in. A route that takes this is closed to everybody else.
#[derive(Debug)]
pub(crate) struct Administrator(pub(crate) SessionUser);

impl FromRequestParts<Arc<App>> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let Some(token) = token(app, &parts.headers) else {
            return Err(unauthorized("this needs a login"));
        };
        let admin = app.storage.admin();
        let user = admin.session(&token, LIMITS, app.clock.now()).await?;
        user.map(Self)
            .ok_or_else(|| unauthorized("the login has ended"))
    }
}

/// Nobody is logged in, and why.
pub(crate) fn unauthorized(detail: &str) -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, ProblemCode::Unauthorized, detail)
}

/// Opens a session and answers the header that gives it to the browser. A session that the browser
/// had before ends, so a cookie planted in it beforehand is worth nothing.
pub(crate) async fn open(
    app: &App,
    user: &UserId,
    headers: &HeaderMap,
) -> Result<[(HeaderName, HeaderValue); 1], ApiError> {
    let admin = app.storage.admin();
    if let Some(token) = token(app, headers) {
        admin.end_session(&token).await?;
    }
    let token = app.entropy.hex::<32>();
    let now = app.clock.now();
    admin.open_session(&token, user, LIMITS, now).await?;
    // A login is rare enough to clean up after the others.
    admin.sweep(now).await?;
    set_cookie(app, &token, LIMITS.absolute_ms / 1_000)
}

/// Ends the session of these headers and answers the header that makes the browser forget it.
pub(crate) async fn close(
    app: &App,
    headers: &HeaderMap,
) -> Result<[(HeaderName, HeaderValue); 1], ApiError> {
    if let Some(token) = token(app, headers) {
        app.storage.admin().end_session(&token).await?;
    }
    set_cookie(app, "", 0)
}

fn set_cookie(
    app: &App,
    token: &str,
    max_age: Millis,
) -> Result<[(HeaderName, HeaderValue); 1], ApiError> {
    let name = cookie_name(app);
    let secure = if app.config.server.is_https() {
        "; Secure"
    } else {
        ""
    };
    let cookie =
        format!("{name}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
    let mut value = HeaderValue::from_str(&cookie).map_err(ApiError::internal)?;
    value.set_sensitive(true);
    Ok([(header::SET_COOKIE, value)])
}

/// With TLS the name itself makes browsers refuse a cookie that another host or a plain connection
/// has set.
fn cookie_name(app: &App) -> &'static str {
    if app.config.server.is_https() {
        "__Host-tirage_admin"
    } else {
        "tirage_admin"
    }
}

fn token(app: &App, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(app);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, token)| *key == name && token.len() == 64)
        .map(|(_, token)| token.to_owned())
}
