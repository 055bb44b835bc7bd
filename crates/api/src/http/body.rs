//! JSON in and out, by the mapping that the browser uses too.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use tirage_pricing::json::{FromJson, Json, Node, ToJson};
use tirage_wire::problem::ProblemCode;

use crate::error::ApiError;

/// A request's body as a wire type. How much is read is up to the route's body limit.
#[derive(Debug)]
pub(crate) struct WireJson<T>(pub(crate) T);

/// The answer's body as a wire type.
#[derive(Debug)]
pub(crate) struct Answer<T>(pub(crate) T);

/// A step of the path; one that is not UTF-8 names nothing.
#[derive(Debug)]
pub(crate) struct Step<T>(pub(crate) T);

/// What follows the `?` of an address.
#[derive(Debug)]
pub(crate) struct Question<T>(pub(crate) T);

impl<T: FromJson, S: Send + Sync> FromRequest<S> for WireJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        require_json(request.headers())?;
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            let status = error.into_response().status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::new(status, ProblemCode::TooLarge, "the body is too large")
            } else {
                malformed("the body did not arrive completely")
            }
        })?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            malformed(&format!(
                "the body is not UTF-8 from byte {}",
                error.valid_up_to()
            ))
        })?;
        let json = Json::parse(text)?;
        Ok(Self(T::from_json(&Node::root(&json))?))
    }
}

fn malformed(detail: &str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, ProblemCode::Malformed, detail)
}

/// Asking for JSON keeps other sites' forms out: a browser asks us before it sends this type.
fn require_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let media = text(header::CONTENT_TYPE).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim();
    let plain = text(header::CONTENT_ENCODING).is_none_or(|coding| coding == "identity");
    if essence.eq_ignore_ascii_case("application/json") && plain {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ProblemCode::UnsupportedMediaType,
        "expected `Content-Type: application/json` without a `Content-Encoding`",
    ))
}

impl<T: ToJson> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let media = [(header::CONTENT_TYPE, "application/json")];
        (media, self.0.to_json().to_string()).into_response()
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Step<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(step)| Self(step))
            .map_err(|_| ApiError::not_found("such address"))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Question<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|Query(question)| Self(question))
            .map_err(|_| malformed("what follows `?` names one thing twice or is not UTF-8"))
    }
}
