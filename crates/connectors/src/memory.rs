//! A print house that exists in memory only: demonstrations, and tests of everything in front of
//! a connector.
//!
//! It takes orders the way a good system does (the same key twice is one order) and can be told
//! to fail its next calls in every way a real one fails.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tirage_wire::forward::ForwardOrder;

use crate::connector::{Capabilities, Connector, ConnectorKind, OrderKey, Probe, RemoteOrder};
use crate::error::{ConnectorError, Operation, Reason};

/// Keeps orders in memory.
#[derive(Debug, Default)]
pub struct MemoryConnector {
    state: Mutex<State>,
}

/// An order as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedOrder {
    /// The key it came with.
    pub key: OrderKey,
    /// The order.
    pub order: ForwardOrder,
}

/// How a call fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Whether the order was taken before the failure.
    pub effect: Effect,
    /// What the caller is told.
    pub reason: Reason,
}

/// What a failing call leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing happened.
    Nothing,
    /// The order was taken, and only the answer was lost.
    OrderTaken,
}

#[derive(Debug, Default)]
struct State {
    orders: Vec<ReceivedOrder>,
    failures: VecDeque<Failure>,
}

impl MemoryConnector {
    /// A print house without orders.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes one more of the coming calls fail, in the order of these calls.
    pub fn fail_next(&self, failure: Failure) {
        self.state().failures.push_back(failure);
    }

    /// The orders taken so far, in the order they came.
    #[must_use]
    pub fn orders(&self) -> Vec<ReceivedOrder> {
        self.state().orders.clone()
    }

    // A panic elsewhere cannot leave the list half changed: every change is a single push.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn take(&mut self, order: &ForwardOrder, key: &OrderKey) -> RemoteOrder {
        let known =
            |received: &ReceivedOrder| received.key.idempotency_key() == key.idempotency_key();
        let at = self.orders.iter().position(known).unwrap_or_else(|| {
            self.orders.push(ReceivedOrder {
                key: key.clone(),
                order: order.clone(),
            });
            self.orders.len() - 1
        });
        self.remote(at, order)
    }

    fn remote(&self, at: usize, order: &ForwardOrder) -> RemoteOrder {
        RemoteOrder {
            id: format!("memory-{}", at + 1),
            number: Some((at + 1).to_string()),
            price: Some(order.total),
            status: Some("new".to_owned()),
            duplicates: Vec::new(),
            raw: String::new(),
        }
    }

    fn find(&self, key: &OrderKey) -> Option<RemoteOrder> {
        let mut found = self
            .orders
            .iter()
            .enumerate()
            .filter(|(_, received)| received.key.external_number() == key.external_number());
        let (at, received) = found.next()?;
        let mut remote = self.remote(at, &received.order);
        remote.duplicates = found.map(|(at, _)| format!("memory-{}", at + 1)).collect();
        Some(remote)
    }
}

fn failed(operation: Operation, reason: Reason) -> ConnectorError {
    ConnectorError {
        connector: ConnectorKind::Memory,
        operation,
        reason,
        source: None,
    }
}

#[async_trait]
impl Connector for MemoryConnector {
    fn kind(&self) -> ConnectorKind {
        ConnectorKind::Memory
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            push_orders: true,
            find_orders: true,
            settle: Duration::ZERO,
        }
    }

    async fn probe(&self) -> Result<Probe, ConnectorError> {
        if let Some(failure) = self.state().failures.pop_front() {
            return Err(failed(Operation::Probe, failure.reason));
        }
        Ok(Probe::default())
    }

    async fn find_order(&self, key: &OrderKey) -> Result<Option<RemoteOrder>, ConnectorError> {
        let mut state = self.state();
        if let Some(failure) = state.failures.pop_front() {
            return Err(failed(Operation::FindOrder, failure.reason));
        }
        Ok(state.find(key))
    }

    async fn push_order(
        &self,
        order: &ForwardOrder,
        key: &OrderKey,
    ) -> Result<RemoteOrder, ConnectorError> {
        let mut state = self.state();
        let failure = state.failures.pop_front();
        match failure {
            None => Ok(state.take(order, key)),
            Some(failure) => {
                if failure.effect == Effect::OrderTaken {
                    state.take(order, key);
                }
                Err(failed(Operation::PushOrder, failure.reason))
            }
        }
    }
}
