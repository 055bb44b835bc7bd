//! Every refusal of the service, in one type, answered as problem details (RFC 9457).
//!
//! The policy: a client learns the stable code, the occurrence in words, and the places in its
//! request; what failed inside (`internal`) goes to the log only. Statuses: 400 for what is not of
//! the expected shape, 422 for what is but cannot be, 409 for what was true a moment ago, 503 with
//! `Retry-After` for what may work a moment later. Whether something was changed is never left
//! open: except for a time-out, a refusal means that nothing was.

use std::fmt;

use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderValue};
use http::{HeaderName, StatusCode};
use tirage_pricing::json::{JsonError, ParseError, ToJson as _};
use tirage_storage::StorageError;
use tirage_wire::problem::{FieldError, LineRefusal, Problem, ProblemCode};

/// What a client is told, and what only the log is.
#[derive(Debug)]
pub(crate) struct ApiError(Box<Refusal>);

#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    code: ProblemCode,
    detail: String,
    errors: Vec<FieldError>,
    lines: Vec<LineRefusal>,
    headers: Vec<(HeaderName, HeaderValue)>,
    internal: Option<anyhow::Error>,
}

impl ApiError {
    /// A refusal with a status, a stable code and words.
    pub(crate) fn new(status: StatusCode, code: ProblemCode, detail: impl Into<String>) -> Self {
        Self(Box::new(Refusal {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
            lines: Vec::new(),
            headers: Vec::new(),
            internal: None,
        }))
    }

    /// There is no such thing.
    pub(crate) fn not_found(what: impl fmt::Display) -> Self {
        let detail = format!("there is no {what}");
        Self::new(StatusCode::NOT_FOUND, ProblemCode::NotFound, detail)
    }

    /// The content of the request is not right.
    #[must_use]
    pub(crate) fn validation(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [error] => describe(error),
            errors => format!("{} values are not right", errors.len()),
        };
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            ProblemCode::Validation,
            detail,
        )
        .with_errors(errors)
    }

    /// The service cannot answer now.
    #[must_use]
    pub(crate) fn unavailable(detail: &str) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            ProblemCode::Unavailable,
            detail,
        )
        .with_retry_after(1)
    }

    /// A fault of the service.
    pub(crate) fn internal(error: impl Into<anyhow::Error>) -> Self {
        let mut refusal = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ProblemCode::Internal,
            "the service failed; nothing was changed",
        );
        refusal.0.internal = Some(error.into());
        refusal
    }

    /// With the places in the request.
    #[must_use]
    pub(crate) fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.0.errors = errors;
        self
    }

    /// With the lines of the cart.
    #[must_use]
    pub(crate) fn with_lines(mut self, lines: Vec<LineRefusal>) -> Self {
        self.0.lines = lines;
        self
    }

    /// With the seconds after which to come again.
    #[must_use]
    pub(crate) fn with_retry_after(self, seconds: u32) -> Self {
        self.with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// With a header of the answer.
    #[must_use]
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }
}

/// Sentences that hold for every occurrence of a code.
fn title(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Malformed => "the request is not of the expected shape",
        ProblemCode::Validation => "a value of the request is not right",
        ProblemCode::IdempotencyKeyMissing => "an `Idempotency-Key` is needed",
        ProblemCode::IdempotencyKeyReused => "the `Idempotency-Key` belongs to another cart",
        ProblemCode::PriceChanged => "the price is another one now",
        ProblemCode::TemplateChanged => "the calculator was revised",
        ProblemCode::DayChanged => "the day it was counted from is over",
        ProblemCode::NotPriced => "there is no price for these answers",
        ProblemCode::SourceUnavailable => "the print house does not confirm prices now",
        ProblemCode::NotFound => "there is no such thing",
        ProblemCode::EngineNotServed => "the widget is of another build than the service",
        ProblemCode::MethodNotAllowed => "this address does not know the method",
        ProblemCode::TooLarge => "the request is too large",
        ProblemCode::UnsupportedMediaType => "the request must be JSON",
        ProblemCode::RateLimited => "too many requests",
        ProblemCode::Unauthorized => "log in first",
        ProblemCode::Forbidden => "this is not allowed",
        ProblemCode::Conflict => "the thing is in another state",
        ProblemCode::Unavailable => "the service cannot answer now",
        ProblemCode::Internal => "the service failed",
    }
}

fn describe(error: &FieldError) -> String {
    let place = match error.pointer.as_str() {
        "" => "the document",
        pointer => pointer,
    };
    format!(
        "{place}: expected {}, found {}",
        error.expected, error.found
    )
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        let mut refusal = if error.is_temporary() {
            Self::unavailable("the database cannot answer now; nothing was changed")
        } else {
            Self::internal(anyhow::anyhow!("storage"))
        };
        refusal.0.internal = Some(error.into());
        refusal
    }
}

impl From<ParseError> for ApiError {
    fn from(error: ParseError) -> Self {
        let place = FieldError {
            pointer: String::new(),
            expected: format!(
                "{} at line {}, column {}",
                error.expected, error.line, error.column
            ),
            found: error.found.clone(),
        };
        Self::new(
            StatusCode::BAD_REQUEST,
            ProblemCode::Malformed,
            error.to_string(),
        )
        .with_errors(vec![place])
    }
}

impl From<JsonError> for ApiError {
    fn from(error: JsonError) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            ProblemCode::Malformed,
            error.to_string(),
        )
        .with_errors(vec![error.into()])
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let refusal = *self.0;
        if let Some(error) = &refusal.internal {
            // `{:#}` is the whole chain of causes.
            tracing::error!(
                code = refusal.code.as_str(),
                error = format!("{error:#}"),
                "refused"
            );
        }
        let some = |list: &[_]| !list.is_empty();
        let problem = Problem {
            r#type: format!("urn:tirage:problem:{}", refusal.code.as_str()),
            title: title(refusal.code).to_owned(),
            status: u32::from(refusal.status.as_u16()),
            code: refusal.code,
            detail: refusal.detail,
            errors: some(&refusal.errors).then_some(refusal.errors),
            lines: (!refusal.lines.is_empty()).then_some(refusal.lines),
        };
        let mut response = (refusal.status, problem.to_json().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.extend(refusal.headers);
        response
    }
}
