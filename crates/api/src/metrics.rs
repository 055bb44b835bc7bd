//! Figures for Prometheus: requests by route, attempts by outcome, and how much waits.
//!
//! Labels come from fixed lists (routes, targets, classes), never from a request, so the number
//! of series is bounded.

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use http::Method;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tirage_storage::Millis;
use tirage_storage::outbox::Backlog;

/// Seconds, after OpenTelemetry's advice for the duration of requests.
const BUCKETS: [f64; 13] = [
    0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 10.0,
];

/// What the service counts.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Histogram, fn() -> Histogram>,
    orders: Counter<u64, AtomicU64>,
    attempts: Family<AttemptLabels, Counter>,
    depth: Family<DepthLabels, Gauge>,
    oldest: Family<TargetLabels, Gauge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AttemptLabels {
    target: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DepthLabels {
    target: String,
    state: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TargetLabels {
    target: String,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BUCKETS);
        let requests = Family::new_with_constructor(histogram);
        let (orders, attempts) = (Counter::default(), Family::default());
        let (depth, oldest) = (Family::default(), Family::default());
        let mut registry = Registry::with_prefix("tirage");
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request's head to its answer",
            Unit::Seconds,
            requests.clone(),
        );
        registry.register("orders_placed", "Orders stored", orders.clone());
        registry.register(
            "delivery_attempts",
            "Attempts to forward an order, by how they ended",
            attempts.clone(),
        );
        registry.register("outbox_depth", "Deliveries that wait", depth.clone());
        registry.register_with_unit(
            "outbox_oldest",
            "Age of the oldest delivery that waits",
            Unit::Seconds,
            oldest.clone(),
        );
        Self {
            registry,
            requests,
            orders,
            attempts,
            depth,
            oldest,
        }
    }

    /// A request was answered.
    pub(crate) fn request(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let labels = RequestLabels {
            method: known(method),
            route: route.to_owned(),
            status,
        };
        self.requests
            .get_or_create(&labels)
            .observe(took.as_secs_f64());
    }

    /// An order was stored.
    pub(crate) fn order_placed(&self) {
        self.orders.inc();
    }

    /// An attempt to forward ended.
    pub(crate) fn attempt(&self, target: &str, outcome: &'static str) {
        let target = target.to_owned();
        self.attempts
            .get_or_create(&AttemptLabels { target, outcome })
            .inc();
    }

    /// The figures as text, with what waits now.
    pub(crate) fn text(&self, backlog: &[Backlog], now: Millis) -> Result<String, fmt::Error> {
        self.depth.clear();
        self.oldest.clear();
        for entry in backlog {
            let target = entry.target.as_str().to_owned();
            let state = entry.state.as_str();
            let age = (now - entry.oldest).max(0) / 1_000;
            self.depth
                .get_or_create(&DepthLabels {
                    target: target.clone(),
                    state,
                })
                .set(entry.deliveries);
            let oldest = self.oldest.get_or_create(&TargetLabels { target });
            oldest.set(oldest.get().max(age));
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// A client may invent methods; a label may not.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
