//! The calls: address, key, and what comes back as a document or as a reason.

use http::HeaderMap;
use secrecy::ExposeSecret as _;
use tirage_pricing::json::Json;

use super::config::{Endpoint, Settings};
use super::convert::objections;
use crate::connector::{ConnectorKind, OrderKey};
use crate::error::{ConnectorError, Operation, Reason};
use crate::http::{Effect, Failure, HttpClient, Outgoing};

const MASK: &str = "•••";

/// Speaks to one ASystem server.
#[derive(Debug)]
pub(super) struct Client {
    http: HttpClient,
    pub(super) settings: Settings,
}

/// One call.
pub(super) struct Request<'a> {
    pub(super) operation: Operation,
    pub(super) effect: Effect,
    pub(super) endpoint: &'a Endpoint,
    pub(super) key: Option<&'a OrderKey>,
    pub(super) body: Option<&'a Json>,
}

impl Client {
    pub(super) fn new(http: HttpClient, settings: Settings) -> Self {
        Self { http, settings }
    }

    /// Calls, and reads the answer's document with `read`.
    pub(super) async fn call<T, E>(
        &self,
        request: Request<'_>,
        read: impl FnOnce(&Json) -> Result<T, E>,
    ) -> Result<T, ConnectorError>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let Request {
            operation, effect, ..
        } = request;
        let outcome = match self.http.exchange(self.outgoing(&request)).await {
            Ok(answer) => answer.text(effect),
            Err(failure) => Err(failure),
        };
        let outcome = outcome.and_then(|text| {
            let document = Json::parse(&text)
                .map_err(|error| Failure::unreadable(effect, place_of(&error)))?;
            read(&self.masked(document)).map_err(|error| Failure::unreadable(effect, error))
        });
        outcome.map_err(|failure| self.error(operation, failure))
    }

    fn outgoing(&self, request: &Request<'_>) -> Outgoing {
        let settings = &self.settings;
        let mut headers = HeaderMap::new();
        headers.insert(settings.key_header.clone(), settings.key_value.clone());
        let mut path_and_query = request.endpoint.path.clone();
        if let Some(key) = request.key {
            let number = percent_encoded(key.external_number());
            path_and_query = path_and_query.replace("{external_number}", &number);
            // A key is visible ASCII by its type, so it always makes a header.
            if let (Some(name), Ok(value)) =
                (&settings.idempotency_header, key.idempotency_key().parse())
                && request.effect == Effect::Write
            {
                headers.insert(name.clone(), value);
            }
        }
        Outgoing {
            effect: request.effect,
            method: request.endpoint.method.clone(),
            path_and_query,
            headers,
            body: request.body.map(ToString::to_string),
        }
    }

    fn error(&self, operation: Operation, failure: Failure) -> ConnectorError {
        let reason = match failure.reason {
            Reason::Rejected { .. } => Reason::Rejected {
                errors: std::str::from_utf8(&failure.body)
                    .ok()
                    .and_then(|text| Json::parse(text).ok())
                    .map(|document| {
                        objections(&self.masked(document), &self.settings.profile.objection)
                    })
                    .unwrap_or_default(),
            },
            reason => reason,
        };
        ConnectorError {
            connector: ConnectorKind::Asystem,
            operation,
            reason,
            source: Some(failure.source),
        }
    }

    /// A server may repeat the key to us, however written; it must not get any further.
    fn masked(&self, document: Json) -> Json {
        let key = self.settings.key.expose_secret();
        match document {
            Json::Text(text) => Json::Text(text.replace(key, MASK)),
            Json::Number(number) if number.contains(key) => Json::text(MASK),
            Json::List(items) => {
                Json::List(items.into_iter().map(|item| self.masked(item)).collect())
            }
            Json::Object(fields) => {
                let masked =
                    |(name, value): (String, Json)| (name.replace(key, MASK), self.masked(value));
                Json::Object(fields.into_iter().map(masked).collect())
            }
            plain @ (Json::Null | Json::Bool(_) | Json::Number(_)) => plain,
        }
    }
}

/// Where an answer stops being JSON. What stands there may be anybody's data, and is left out.
#[derive(Debug, thiserror::Error)]
#[error("the answer stops being JSON at line {line}, column {column}")]
struct NotJson {
    line: usize,
    column: usize,
}

fn place_of(error: &tirage_pricing::json::ParseError) -> NotJson {
    NotJson {
        line: error.line,
        column: error.column,
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn percent_encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let [high, low] = [byte >> 4, byte & 15].map(usize::from);
            encoded.push('%');
            encoded.push(char::from(DIGITS[high]));
            encoded.push(char::from(DIGITS[low]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_a_path_cannot_become_more_than_a_number() {
        assert_eq!(percent_encoded("T-1.2_3~"), "T-1.2_3~");
        assert_eq!(percent_encoded("1&x=2#/ю"), "1%26x%3D2%23%2F%D1%8E");
    }
}
