//! What a connector has to be put into for the checks.

use async_trait::async_trait;

use crate::connector::Connector;
use crate::error::Disposition;

/// A connector together with the system behind it, which can be made to fail.
#[async_trait]
pub trait Rig: Send + Sync {
    /// The connector.
    fn connector(&self) -> &dyn Connector;

    /// The next order sent meets this situation.
    async fn arrange(&self, situation: Situation);

    /// The system is in good health again, and still has the orders it took.
    async fn recover(&self);

    /// How many orders the system has under a number.
    async fn orders(&self, external_number: &str) -> usize;

    /// Texts that no error may tell, such as the key.
    fn secrets(&self) -> Vec<String>;
}

/// What an order can meet on its way.
///
/// Exhaustive on purpose: a new situation has to be arranged by every rig.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    /// Nothing listens at the address.
    Unreachable,
    /// Too many calls.
    TooMany,
    /// The key is not accepted.
    WrongKey,
    /// The template the order refers to is not there as it was.
    Changed,
    /// The order is refused for what it says.
    Refused,
    /// A server error, without the order being taken.
    ErrorBefore,
    /// Silence, without the order being taken.
    SilenceBefore,
    /// A reset connection, without the order being taken.
    ResetBefore,
    /// A server error, after the order was taken.
    ErrorAfter,
    /// Silence, after the order was taken.
    SilenceAfter,
    /// A reset connection, after the order was taken.
    ResetAfter,
    /// An answer nobody can read, after the order was taken.
    GarbageAfter,
}

/// What has to be done about a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Retry,
    Check,
    Operator,
    GiveUp,
    Pause,
}

impl Situation {
    /// Every situation.
    pub const ALL: [Self; 12] = [
        Self::Unreachable,
        Self::TooMany,
        Self::WrongKey,
        Self::Changed,
        Self::Refused,
        Self::ErrorBefore,
        Self::SilenceBefore,
        Self::ResetBefore,
        Self::ErrorAfter,
        Self::SilenceAfter,
        Self::ResetAfter,
        Self::GarbageAfter,
    ];

    /// Whether the system takes the order all the same.
    #[must_use]
    pub fn takes_the_order(self) -> bool {
        match self {
            Self::ErrorAfter | Self::SilenceAfter | Self::ResetAfter | Self::GarbageAfter => true,
            Self::Unreachable
            | Self::TooMany
            | Self::WrongKey
            | Self::Changed
            | Self::Refused
            | Self::ErrorBefore
            | Self::SilenceBefore
            | Self::ResetBefore => false,
        }
    }

    pub(super) fn expected(self) -> Expected {
        match self {
            Self::Unreachable | Self::TooMany => Expected::Retry,
            Self::WrongKey => Expected::Pause,
            Self::Changed => Expected::Operator,
            Self::Refused => Expected::GiveUp,
            // From outside these look the same whether the order was taken or not.
            Self::ErrorBefore
            | Self::SilenceBefore
            | Self::ResetBefore
            | Self::ErrorAfter
            | Self::SilenceAfter
            | Self::ResetAfter
            | Self::GarbageAfter => Expected::Check,
        }
    }
}

impl Expected {
    pub(super) fn is(self, disposition: Disposition) -> bool {
        let actual = match disposition {
            Disposition::Retry { .. } => Self::Retry,
            Disposition::CheckThenRetry => Self::Check,
            Disposition::NeedsOperator => Self::Operator,
            Disposition::GiveUp => Self::GiveUp,
            Disposition::Pause => Self::Pause,
        };
        self == actual
    }
}
