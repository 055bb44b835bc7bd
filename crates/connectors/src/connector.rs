//! The seam between the service and a print house's system.
//!
//! No method has a default body: when the trait grows, every connector has to say what it does.
//! What a system cannot do is told by [`Capabilities`] beforehand and by
//! [`Reason::NotSupported`](crate::Reason::NotSupported) when it is asked anyway.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use tirage_pricing::Decimal;
use tirage_wire::forward::ForwardOrder;

use crate::error::ConnectorError;

/// A print house's system.
///
/// Calls are made one attempt at a time: retrying belongs to the outbox, never to a connector.
#[async_trait]
pub trait Connector: fmt::Debug + Send + Sync + 'static {
    /// Which system this is.
    fn kind(&self) -> ConnectorKind;

    /// What this connection can do, asked by the outbox and the administrator's pages.
    fn capabilities(&self) -> Capabilities;

    /// Checks the connection and fetches what its settings choose from. Never writes.
    ///
    /// # Errors
    /// When the system cannot be reached or refuses the key.
    async fn probe(&self) -> Result<Probe, ConnectorError>;

    /// Looks up an order that may have been sent before.
    ///
    /// `None` means that the system answered properly and has no such order: after it the order
    /// is sent again. An answer that is anything less than that is an error.
    ///
    /// # Errors
    /// When there is no proper answer, or the system has no such search.
    async fn find_order(&self, key: &OrderKey) -> Result<Option<RemoteOrder>, ConnectorError>;

    /// Sends an order once.
    ///
    /// # Errors
    /// When the order did not arrive, or when nobody can tell whether it did:
    /// [`Reason::disposition`](crate::Reason::disposition) keeps the two apart.
    async fn push_order(
        &self,
        order: &ForwardOrder,
        key: &OrderKey,
    ) -> Result<RemoteOrder, ConnectorError>;
}

/// A system we have a connector for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectorKind {
    /// ASystem, on the print house's own premises.
    Asystem,
    /// Keeps orders in memory: tests and demonstrations.
    Memory,
}

impl ConnectorKind {
    /// The only spelling of the system in addresses, rows and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asystem => "asystem",
            Self::Memory => "memory",
        }
    }
}

impl fmt::Display for ConnectorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a connection can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Orders can be sent.
    pub push_orders: bool,
    /// An order can be looked up. Without it an unknown outcome waits for a person.
    pub find_orders: bool,
    /// How long the system may take to show an order whose answer was lost; the look-up waits
    /// that long, because looking too early finds nothing and sends the order twice.
    pub settle: Duration,
}

/// What a successful check of the connection found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Probe {
    /// Lists that settings of the connection choose from.
    pub identifiers: Vec<IdentifierList>,
}

/// What one setting of a connection can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierList {
    /// The setting's name in the connection's configuration.
    pub setting: &'static str,
    /// Its possible values.
    pub identifiers: Vec<Identifier>,
}

/// A thing of the remote system that a setting can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The system's identifier.
    pub id: String,
    /// Its name, for people.
    pub name: String,
}

/// How one forwarding of one order is recognised, on both sides, over any number of attempts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrderKey {
    idempotency_key: String,
    external_number: String,
}

/// A text that cannot identify an order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part} `{}`: expected {expected}", found.escape_debug())]
pub struct InvalidOrderKey {
    /// Which part of the key.
    pub part: &'static str,
    /// What it should be.
    pub expected: &'static str,
    /// What it is.
    pub found: String,
}

impl OrderKey {
    /// A key of the idempotency key, which travels beside the order, and the order's number,
    /// which is written into it so that people find it too.
    ///
    /// # Errors
    /// When a part is empty, too long or not printable.
    pub fn new(
        idempotency_key: impl Into<String>,
        external_number: impl Into<String>,
    ) -> Result<Self, InvalidOrderKey> {
        let idempotency_key = idempotency_key.into();
        let external_number = external_number.into();
        let header_safe = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        if !(1..=255).contains(&idempotency_key.len()) || !header_safe(&idempotency_key) {
            return Err(InvalidOrderKey {
                part: "idempotency key",
                expected: "1 to 255 visible ASCII characters",
                found: idempotency_key,
            });
        }
        let printable = |text: &str| !text.chars().any(char::is_control);
        if !(1..=64).contains(&external_number.chars().count()) || !printable(&external_number) {
            return Err(InvalidOrderKey {
                part: "order number",
                expected: "1 to 64 printable characters",
                found: external_number,
            });
        }
        Ok(Self {
            idempotency_key,
            external_number,
        })
    }

    /// Stable over retries, restarts and resends of the same forwarding.
    #[must_use]
    pub fn idempotency_key(&self) -> &str {
        &self.idempotency_key
    }

    /// Our order number, as the remote system keeps it.
    #[must_use]
    pub fn external_number(&self) -> &str {
        &self.external_number
    }
}

/// An order as the remote system has it.
#[derive(Clone, PartialEq, Eq)]
pub struct RemoteOrder {
    /// The system's identifier of the order.
    pub id: String,
    /// The number its people know the order by, where it has one.
    pub number: Option<String>,
    /// The system's own price, which need not be ours.
    pub price: Option<Decimal>,
    /// The system's own word for the order's status.
    pub status: Option<String>,
    /// Identifiers of further orders with the same external number. There should be none.
    pub duplicates: Vec<String>,
    /// What the system said about the order, as JSON, for the administrator. The connection's
    /// key, should it be in there, is masked.
    pub raw: String,
}

// An answer may repeat the customer's name and phone, which have no place in a log.
impl fmt::Debug for RemoteOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteOrder")
            .field("id", &self.id)
            .field("number", &self.number)
            .field("price", &self.price)
            .field("status", &self.status)
            .field("duplicates", &self.duplicates)
            .field("raw", &format_args!("{} bytes", self.raw.len()))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_must_fit_into_a_header() {
        assert!(OrderKey::new("k-1", "T-1").is_ok());
        assert!(OrderKey::new("", "T-1").is_err());
        assert!(OrderKey::new("ключ", "T-1").is_err());
        assert!(OrderKey::new("a\r\nx: y", "T-1").is_err());
        assert!(OrderKey::new("k".repeat(256), "T-1").is_err());
    }

    #[test]
    fn a_number_may_be_in_any_script_but_not_hide_anything() {
        assert!(OrderKey::new("k", "Заказ №7").is_ok());
        assert!(OrderKey::new("k", "7\n8").is_err());
        assert!(OrderKey::new("k", "7".repeat(65)).is_err());
    }
}
