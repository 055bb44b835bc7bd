//! One attempt: look the order up when an earlier attempt may have succeeded, then send it.

use std::time::Duration;

use tirage_connectors::{ConnectorError, OrderKey, Reason, RemoteOrder};
use tirage_pricing::json::{FromJson as _, Json, Node};
use tirage_storage::outbox::{
    Claimed, Jitter, Outcome, Progress, RateToken, Report, Schedule, Settlement, TargetHealth,
    next_step,
};
use tirage_storage::{Millis, StorageError};
use tirage_wire::forward::ForwardOrder;

use super::verdict::{Call, disposition, health};
use super::worker::Worker;
use crate::server::Phase;
use crate::submit::CREATE_ORDER;

/// How long an attempt waits for the target's pace while it holds the delivery.
const PATIENCE_MS: Millis = 15_000;

/// An attempt under way.
#[derive(Debug)]
pub(super) struct Attempt<'w> {
    worker: &'w Worker,
    claimed: Claimed,
}

/// How it ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// With this to be written down.
    Settle(Settlement),
    /// The lease ran out before anything was sent.
    LeaseLost,
}

/// What stands between the look-up and the sending.
enum Clearance {
    Granted,
    Ended(Ended),
}

impl<'w> Attempt<'w> {
    pub(super) fn new(worker: &'w Worker, claimed: Claimed) -> Self {
        Self { worker, claimed }
    }

    pub(super) fn into_claimed(self) -> Claimed {
        self.claimed
    }

    pub(super) async fn run(&mut self) -> Result<Ended, StorageError> {
        let Some((order, key)) = self.order().await? else {
            // Nothing was sent and nothing ever can be: a person has to see it.
            return Ok(settle(Outcome::Dead, TargetHealth::Unproven, "unreadable"));
        };
        if self.claimed.needs_check {
            if let Some(ended) = self.look_up(&key).await {
                return Ok(ended);
            }
            if let Clearance::Ended(ended) = self.clear_to_send().await? {
                return Ok(ended);
            }
        }
        if self.worker.app.phase.current() == Phase::Stopping {
            return Ok(settle(
                Outcome::Released,
                TargetHealth::Unproven,
                "stopping",
            ));
        }
        Ok(self.send(&order, &key).await)
    }

    /// The order as it was frozen, with the number it got when it was stored.
    async fn order(&self) -> Result<Option<(ForwardOrder, OrderKey)>, StorageError> {
        let orders = self.worker.app.storage.orders();
        let Some(stored) = orders.by_id(&self.claimed.order_id).await? else {
            return Ok(None);
        };
        if self.claimed.kind != CREATE_ORDER {
            return Ok(None);
        }
        let number = stored.head.number;
        let order = Json::parse(&self.claimed.payload)
            .ok()
            .and_then(|json| ForwardOrder::from_json(&Node::root(&json)).ok())
            .map(|order| ForwardOrder {
                number: number.clone(),
                ..order
            });
        let key = OrderKey::new(self.claimed.idem_key.clone(), number).ok();
        Ok(order.zip(key))
    }

    /// Whether the target has it already; none when it surely has not.
    async fn look_up(&self, key: &OrderKey) -> Option<Ended> {
        if let Some(id) = &self.claimed.known_remote {
            return Some(done(Some(id.clone()), None));
        }
        let connector = &self.worker.target.connector;
        if !connector.capabilities().find_orders {
            return Some(settle(Outcome::Held, TargetHealth::Unproven, "no_look_up"));
        }
        match connector.find_order(key).await {
            Ok(Some(remote)) => Some(self.found(remote)),
            Ok(None) => None,
            Err(error) => Some(self.failed(&error, Call::LookUp)),
        }
    }

    fn found(&self, remote: RemoteOrder) -> Ended {
        if !remote.duplicates.is_empty() {
            let delivery = &self.claimed.id;
            tracing::error!(%delivery, copies = remote.duplicates.len(), "found more than once");
        }
        done(Some(remote.id), remote.number)
    }

    /// The look-up has used up the request that came with the claim, and time.
    async fn clear_to_send(&mut self) -> Result<Clearance, StorageError> {
        let (app, target) = (&self.worker.app, &self.worker.target.id);
        let outbox = app.storage.outbox();
        let began = app.clock.now();
        loop {
            let now = app.clock.now();
            match outbox.take_rate_token(target, now).await? {
                RateToken::Granted => break,
                RateToken::NotBefore(at) if at - began <= PATIENCE_MS => wait(at - now).await,
                RateToken::NotBefore(at) => {
                    let outcome = Outcome::Retry { next_at: at };
                    let ended = settle(outcome, TargetHealth::Works, "pace");
                    return Ok(Clearance::Ended(ended));
                }
            }
        }
        let lease_ms = self.worker.lease_ms();
        let held = outbox
            .renew(&mut self.claimed, app.clock.now(), lease_ms)
            .await?;
        Ok(if held {
            Clearance::Granted
        } else {
            Clearance::Ended(Ended::LeaseLost)
        })
    }

    async fn send(&self, order: &ForwardOrder, key: &OrderKey) -> Ended {
        match self.worker.target.connector.push_order(order, key).await {
            Ok(remote) => done(Some(remote.id), remote.number),
            Err(error) => self.failed(&error, Call::Push),
        }
    }

    fn failed(&self, error: &ConnectorError, call: Call) -> Ended {
        let app = &self.worker.app;
        let capabilities = self.worker.target.connector.capabilities();
        let disposition = disposition(&error.reason, call, capabilities.find_orders);
        let progress = Progress {
            attempt: self.claimed.attempt,
            first_at: self.claimed.first_at,
        };
        let settle_ms = Millis::try_from(capabilities.settle.as_millis()).unwrap_or(Millis::MAX);
        let schedule = Schedule { settle_ms };
        let jitter = app.entropy.with(Jitter::random);
        let step = next_step(progress, disposition, &schedule, app.clock.now(), jitter);
        let outcome = match (Outcome::from(step), call) {
            (Outcome::Paused { .. }, _) => Outcome::Paused {
                reason: error.reason.as_str().to_owned(),
            },
            // Given up with the question still open: a person has to look it up.
            (Outcome::Dead, Call::LookUp) => Outcome::Held,
            (outcome, _) => outcome,
        };
        Ended::Settle(Settlement {
            outcome,
            health: health(&error.reason),
            report: report(&error.reason, error.to_string()),
        })
    }
}

fn report(reason: &Reason, message: String) -> Report {
    Report {
        class: reason.as_str().to_owned(),
        excerpt: Some(message),
        ..Report::default()
    }
}

fn done(remote_id: Option<String>, remote_number: Option<String>) -> Ended {
    let outcome = Outcome::Done {
        remote_id,
        remote_number,
    };
    settle(outcome, TargetHealth::Works, "")
}

fn settle(outcome: Outcome, health: TargetHealth, class: &str) -> Ended {
    Ended::Settle(Settlement {
        outcome,
        health,
        report: Report {
            class: class.to_owned(),
            ..Report::default()
        },
    })
}

async fn wait(ms: Millis) {
    tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(0).max(1))).await;
}
