//! Setup, login, logout, and who is logged in.

use std::sync::Arc;

use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use tirage_wire::admin::{Login, Session, Setup};
use tirage_wire::problem::ProblemCode;

use crate::admin::create_first;
use crate::admin::session::{self, Administrator, unauthorized};
use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{Answer, WireJson};

pub(super) async fn set_up(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    WireJson(setup): WireJson<Setup>,
) -> Result<impl IntoResponse, ApiError> {
    let created = create_first(&app, setup).await?;
    let cookie = session::open(&app, &created.id, &headers).await?;
    tracing::info!(user = %created.id, "the first administrator was made");
    Ok((cookie, Answer(Session { name: created.name })))
}

pub(super) async fn log_in(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    WireJson(login): WireJson<Login>,
) -> Result<impl IntoResponse, ApiError> {
    let name = login.name.trim();
    let throttle = &app.doors.throttle;
    if let Err(wait_ms) = throttle.attempt(name, app.clock.now()) {
        return Err(too_often(wait_ms));
    }
    let user = app.storage.admin().user_by_name(name).await?;
    let user = user.filter(|user| user.disabled_at.is_none());
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let password = SecretString::from(login.password.as_str());
    let verified = app.doors.passwords.verify(password, stored).await;
    match (verified.map_err(ApiError::internal)?, user) {
        (true, Some(user)) => {
            throttle.forgive(name);
            let cookie = session::open(&app, &user.id, &headers).await?;
            Ok((cookie, Answer(Session { name: user.name })))
        }
        // The same words whichever of the two is wrong.
        _ => {
            tracing::warn!("a login failed");
            Err(unauthorized("the name or the password is not right"))
        }
    }
}

pub(super) async fn log_out(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let cookie = session::close(&app, &headers).await?;
    Ok((StatusCode::NO_CONTENT, cookie))
}

pub(super) async fn session(Administrator(user): Administrator) -> Answer<Session> {
    Answer(Session { name: user.name })
}

fn too_often(wait_ms: tirage_storage::Millis) -> ApiError {
    let seconds = u32::try_from(wait_ms / 1_000 + 1).unwrap_or(60);
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        ProblemCode::RateLimited,
        "too many failed logins; wait a minute",
    )
    .with_retry_after(seconds)
}
