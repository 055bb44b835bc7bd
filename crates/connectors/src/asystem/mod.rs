//! ASystem: a print house's own server, on its own premises.
//!
//! What is documented (vendor's settings pages as published by the predecessor, read 2026-08):
//! address and key of the connection, port 3000 when omitted, identifiers of a manager and a
//! contractor fetched after saving, templates pulled by synchronising, orders sent by hand or
//! after render, and the nine order parameters that only pass through, matched by name.
//!
//! What is not public anywhere is the wire format. Everything in [`Profile`]'s defaults is our
//! assumption (2026-11) and can be overridden per installation.
//!
//! Expect a certificate the server has signed itself, and a server that is switched off at night.

mod client;
mod config;
mod convert;
mod pass_through;
mod profile;

use async_trait::async_trait;

pub use config::AsystemConfig;
pub use pass_through::PassThroughNames;
pub use profile::{
    AnswerFields, Call, IdentifierFields, LineFields, ObjectionFields, OrderFields, PairFields,
    Profile,
};
use tirage_wire::forward::ForwardOrder;

use crate::config::{ConfigError, ConfigProblem};
use crate::connector::{Capabilities, Connector, ConnectorKind, OrderKey, Probe, RemoteOrder};
use crate::error::{ConnectorError, Operation, Reason};
use crate::http::{Effect, Http};
use client::{Client, Request};

/// A connection to one ASystem server.
#[derive(Debug)]
pub struct AsystemConnector {
    client: Client,
}

impl AsystemConnector {
    /// A connection with these settings. Nothing is sent yet.
    ///
    /// # Errors
    /// When settings are wrong; all of them are reported.
    pub fn new(config: &AsystemConfig, http: &Http) -> Result<Self, ConfigError> {
        let (settings, route) = config.validate()?;
        let http = http.client(route).map_err(|error| ConfigError {
            problems: vec![ConfigProblem::new(
                "/network",
                "settings TLS can use",
                &error.to_string(),
            )],
        })?;
        Ok(Self {
            client: Client::new(http, settings),
        })
    }
}

#[async_trait]
impl Connector for AsystemConnector {
    fn kind(&self) -> ConnectorKind {
        ConnectorKind::Asystem
    }

    fn capabilities(&self) -> Capabilities {
        let settings = &self.client.settings;
        Capabilities {
            push_orders: true,
            find_orders: settings.find_order.is_some(),
            settle: settings.settle,
        }
    }

    async fn probe(&self) -> Result<Probe, ConnectorError> {
        let settings = &self.client.settings;
        let request = Request {
            operation: Operation::Probe,
            effect: Effect::Read,
            endpoint: &settings.identifiers,
            key: None,
            body: None,
        };
        let places = &settings.profile.identifier;
        self.client
            .call(request, |document| convert::probe(document, places))
            .await
    }

    async fn find_order(&self, key: &OrderKey) -> Result<Option<RemoteOrder>, ConnectorError> {
        let settings = &self.client.settings;
        let Some(endpoint) = &settings.find_order else {
            return Err(ConnectorError {
                connector: ConnectorKind::Asystem,
                operation: Operation::FindOrder,
                reason: Reason::NotSupported,
                source: None,
            });
        };
        let request = Request {
            operation: Operation::FindOrder,
            effect: Effect::Read,
            endpoint,
            key: Some(key),
            body: None,
        };
        let profile = &settings.profile;
        self.client
            .call(request, |document| {
                convert::found_order(document, &profile.found, &profile.answer, key)
            })
            .await
    }

    async fn push_order(
        &self,
        order: &ForwardOrder,
        key: &OrderKey,
    ) -> Result<RemoteOrder, ConnectorError> {
        let settings = &self.client.settings;
        let body = convert::order_body(order, key, settings);
        let request = Request {
            operation: Operation::PushOrder,
            effect: Effect::Write,
            endpoint: &settings.push_order,
            key: Some(key),
            body: Some(&body),
        };
        let places = &settings.profile.answer;
        self.client
            .call(request, |document| {
                convert::sent_order(document, places, key)
            })
            .await
    }
}
