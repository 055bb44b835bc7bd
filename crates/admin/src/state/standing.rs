//! Where a delivery stands, as an operator sees it, and what may be done about it.
//!
//! The wire knows six states; an operator knows two more: `pending` after a failed attempt waits
//! for a retry, which is not the same as waiting for the first one, and what waits for a paused
//! target waits for somebody.

use tirage_wire::admin::{Delivery, DeliveryAction, DeliveryState};
use tirage_wire::order::OrderStatus;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Waits for its first attempt.
    Queued,
    /// Waits for another attempt.
    Retrying,
    /// Waits, but nothing is sent to its target until somebody tries again.
    Paused,
    /// Is being sent now.
    Sending,
    /// Was sent with an unknown outcome; is looked up before it is sent again.
    Checking,
    /// The target has it.
    Arrived,
    /// Given up.
    Failed,
    /// Called off by an operator.
    CalledOff,
}

/// How something feels: the colour of its badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say about it.
    Neutral,
    /// At work.
    Busy,
    /// Not as it should be, but taken care of.
    Warn,
    /// Well.
    Good,
    /// Somebody has to do something.
    Bad,
}

impl Tone {
    /// The tone's name in the style sheet.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Busy => "busy",
            Self::Warn => "warn",
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }
}

impl Standing {
    /// Where this delivery stands.
    #[must_use]
    pub fn of(delivery: &Delivery) -> Self {
        match delivery.state {
            DeliveryState::Pending | DeliveryState::Unknown if delivery.paused.is_some() => {
                Self::Paused
            }
            DeliveryState::Pending if delivery.attempt == 0 => Self::Queued,
            DeliveryState::Pending => Self::Retrying,
            DeliveryState::Leased => Self::Sending,
            DeliveryState::Unknown => Self::Checking,
            DeliveryState::Done => Self::Arrived,
            DeliveryState::Dead => Self::Failed,
            DeliveryState::Cancelled => Self::CalledOff,
        }
    }

    /// The colour of its badge.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Queued | Self::CalledOff => Tone::Neutral,
            Self::Sending => Tone::Busy,
            Self::Retrying | Self::Checking => Tone::Warn,
            Self::Arrived => Tone::Good,
            Self::Failed | Self::Paused => Tone::Bad,
        }
    }

    /// Whether the service will not go on by itself.
    #[must_use]
    pub fn needs_operator(self) -> bool {
        matches!(self, Self::Failed | Self::Paused)
    }

    /// Whether the time of the next attempt means anything.
    #[must_use]
    pub fn has_next_attempt(self) -> bool {
        matches!(self, Self::Queued | Self::Retrying | Self::Checking)
    }

    /// Whether the last error is still of interest.
    #[must_use]
    pub fn shows_error(self) -> bool {
        matches!(
            self,
            Self::Retrying | Self::Checking | Self::Failed | Self::Paused
        )
    }

    /// What an operator may do: nothing while it is under way or after it has ended well.
    #[must_use]
    pub fn actions(self) -> &'static [DeliveryAction] {
        match self {
            Self::Queued | Self::Retrying | Self::Paused | Self::Checking | Self::Failed => {
                &[DeliveryAction::Retry, DeliveryAction::Cancel]
            }
            Self::Sending | Self::Arrived | Self::CalledOff => &[],
        }
    }
}

/// The colour of an order's status: only what waits for somebody, went wrong or is finished has one.
#[must_use]
pub fn status_tone(status: OrderStatus) -> Tone {
    match status {
        OrderStatus::Draft
        | OrderStatus::Placed
        | OrderStatus::InDesign
        | OrderStatus::Approved
        | OrderStatus::InProduction
        | OrderStatus::Shipped
        | OrderStatus::Cancelled => Tone::Neutral,
        OrderStatus::AwaitingPayment => Tone::Warn,
        OrderStatus::Ready | OrderStatus::Delivered => Tone::Good,
        OrderStatus::Refused => Tone::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(state: DeliveryState, attempt: u32) -> Delivery {
        Delivery {
            id: "d".to_owned(),
            target: "asystem".to_owned(),
            state,
            attempt,
            next_at: None,
            remote_number: None,
            error: None,
            paused: None,
        }
    }

    fn standing(state: DeliveryState, attempt: u32) -> Standing {
        Standing::of(&delivery(state, attempt))
    }

    #[test]
    fn waiting_for_a_retry_is_not_the_same_as_waiting_for_the_first_attempt() {
        assert_eq!(standing(DeliveryState::Pending, 0), Standing::Queued);
        assert_eq!(standing(DeliveryState::Pending, 3), Standing::Retrying);
    }

    #[test]
    fn nothing_can_be_done_to_a_delivery_under_way_or_ended_but_for_a_dead_one() {
        for &state in DeliveryState::ALL {
            let expected = match state {
                DeliveryState::Leased | DeliveryState::Done | DeliveryState::Cancelled => 0,
                DeliveryState::Pending | DeliveryState::Unknown | DeliveryState::Dead => 2,
            };
            assert_eq!(standing(state, 1).actions().len(), expected, "{state:?}");
        }
    }

    #[test]
    fn what_waits_for_a_paused_target_waits_for_somebody() {
        for (state, expected) in [
            (DeliveryState::Pending, Standing::Paused),
            (DeliveryState::Unknown, Standing::Paused),
            (DeliveryState::Dead, Standing::Failed),
        ] {
            let delivery = Delivery {
                paused: Some("credentials".to_owned()),
                ..delivery(state, 1)
            };
            let standing = Standing::of(&delivery);
            assert_eq!(standing, expected);
            assert!(standing.needs_operator());
        }
    }

    #[test]
    fn of_deliveries_to_a_running_target_only_a_dead_one_needs_an_operator() {
        for &state in DeliveryState::ALL {
            let expected = state == DeliveryState::Dead;
            assert_eq!(standing(state, 1).needs_operator(), expected, "{state:?}");
        }
    }
}
