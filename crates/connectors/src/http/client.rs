//! One exchange with one server: send, wait within limits, read within limits, say how it ended.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use reqwest::redirect;
use tokio::time::{Instant, timeout_at};

use super::address::Blocked;
use super::classify::{Effect, Ending, classify};
use super::network::Route;
use super::origin::Origin;
use super::resolve::GuardedResolver;
use super::retry_after::retry_after;
use super::tls::{Asked, tls_settings};
use super::{Http, HttpLimits};
use crate::error::Reason;

/// A client for one server and nothing else.
#[derive(Debug)]
pub(crate) struct HttpClient {
    client: reqwest::Client,
    origin: Origin,
    limits: HttpLimits,
}

/// A request.
pub(crate) struct Outgoing {
    pub(crate) effect: Effect,
    pub(crate) method: Method,
    /// Beginning with `/`; variable parts are percent-encoded.
    pub(crate) path_and_query: String,
    pub(crate) headers: HeaderMap,
    /// JSON text.
    pub(crate) body: Option<String>,
}

/// An answer that says it went well.
pub(crate) struct Answer {
    pub(crate) body: Bytes,
}

/// An exchange that did not go well.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) reason: Reason,
    /// What the server said about it; empty when it said nothing.
    pub(crate) body: Bytes,
    pub(crate) source: Box<dyn StdError + Send + Sync>,
}

/// What happened, for the log. Holds no address, header or body.
#[derive(Debug, thiserror::Error)]
enum ExchangeError {
    #[error("the request cannot be written: {0}")]
    Request(&'static str),
    #[error("the connection failed")]
    Transport(#[source] reqwest::Error),
    #[error("no answer within {} ms", .0.as_millis())]
    Silent(Duration),
    #[error("the answer did not end within {} ms", .0.as_millis())]
    Slow(Duration),
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    #[error("the answer is not text")]
    NotText(#[source] std::str::Utf8Error),
    #[error("answered {0}")]
    Status(StatusCode),
}

impl Http {
    /// A client for one route.
    pub(crate) fn client(
        &self,
        route: Route,
    ) -> Result<HttpClient, Box<dyn StdError + Send + Sync>> {
        let asked = match route.pinned {
            _ if route.origin.is_plain() => Asked::Never,
            Some(fingerprint) => Asked::Pinned(fingerprint),
            None => Asked::Vouched,
        };
        let client = reqwest::Client::builder()
            .user_agent(concat!("tirage/", env!("CARGO_PKG_VERSION")))
            .tls_backend_preconfigured(tls_settings(&self.provider, asked)?)
            .dns_resolver(GuardedResolver {
                lookup: Arc::clone(&self.lookup),
                rules: route.rules,
            })
            .connect_timeout(self.limits.connect)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .http1_only()
            .pool_max_idle_per_host(0)
            .build()
            .map_err(reqwest::Error::without_url)?;
        Ok(HttpClient {
            client,
            origin: route.origin,
            limits: self.limits,
        })
    }
}

impl HttpClient {
    /// Sends once and reads the whole answer.
    pub(crate) async fn exchange(&self, outgoing: Outgoing) -> Result<Answer, Failure> {
        let effect = outgoing.effect;
        let failure = |(ending, source): (Ending, ExchangeError)| Failure {
            reason: classify(effect, ending),
            body: Bytes::new(),
            source: source.into(),
        };
        let start = Instant::now();
        let response = self.send(outgoing, start).await.map_err(failure)?;
        let status = response.status();
        let retry_after = retry_after(response.headers());
        let body = self.read(response, start).await;
        if status.is_success() {
            return Ok(Answer {
                body: body.map_err(failure)?,
            });
        }
        Err(Failure {
            reason: classify(effect, Ending::Status(status, retry_after)),
            // The status has said what matters; what is lost is only the explanation.
            body: body.unwrap_or_default(),
            source: ExchangeError::Status(status).into(),
        })
    }

    async fn send(
        &self,
        outgoing: Outgoing,
        start: Instant,
    ) -> Result<reqwest::Response, (Ending, ExchangeError)> {
        let url = self
            .origin
            .join(&outgoing.path_and_query)
            .map_err(|expected| (Ending::NotSent, ExchangeError::Request(expected)))?;
        let mut request = self
            .client
            .request(outgoing.method, url)
            .headers(outgoing.headers);
        if let Some(body) = outgoing.body {
            let json = HeaderValue::from_static("application/json");
            request = request.header(CONTENT_TYPE, json).body(body);
        }
        // Connecting has its own, shorter limit, so whoever runs into this one has a connection.
        let wait = (self.limits.connect + self.limits.headers).min(self.limits.total);
        match timeout_at(start + wait, request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => {
                let error = error.without_url();
                Err((ending_of(&error), ExchangeError::Transport(error)))
            }
            Err(_) => Err((Ending::NoAnswer, ExchangeError::Silent(wait))),
        }
    }

    async fn read(
        &self,
        mut response: reqwest::Response,
        start: Instant,
    ) -> Result<Bytes, (Ending, ExchangeError)> {
        let limit = self.limits.body_bytes;
        let too_long = || (Ending::Unreadable, ExchangeError::TooLong(limit));
        let announced = response.content_length().unwrap_or(0);
        if usize::try_from(announced).map_or(true, |length| length > limit) {
            return Err(too_long());
        }
        let mut body = BytesMut::new();
        loop {
            match timeout_at(start + self.limits.total, response.chunk()).await {
                Ok(Ok(Some(chunk))) if body.len() + chunk.len() > limit => return Err(too_long()),
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => return Ok(body.freeze()),
                Ok(Err(error)) => {
                    let error = ExchangeError::Transport(error.without_url());
                    return Err((Ending::NoAnswer, error));
                }
                Err(_) => {
                    let error = ExchangeError::Slow(self.limits.total);
                    return Err((Ending::NoAnswer, error));
                }
            }
        }
    }
}

/// Whether a failed send can have reached the server.
fn ending_of(error: &reqwest::Error) -> Ending {
    let mut source: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(inner) = source {
        if inner.is::<Blocked>() {
            return Ending::Blocked;
        }
        source = inner.source();
    }
    if error.is_connect() || error.is_builder() {
        Ending::NotSent
    } else {
        Ending::NoAnswer
    }
}

impl Answer {
    /// The body as text, or what it means that it is none.
    pub(crate) fn text(self, effect: Effect) -> Result<String, Failure> {
        String::from_utf8(self.body.into()).map_err(|error| {
            Failure::unreadable(effect, ExchangeError::NotText(error.utf8_error()))
        })
    }
}

impl Failure {
    /// An answer that says it went well and cannot be understood.
    pub(crate) fn unreadable(
        effect: Effect,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            reason: classify(effect, Ending::Unreadable),
            body: Bytes::new(),
            source: source.into(),
        }
    }
}
