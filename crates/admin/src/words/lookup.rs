//! From a state, a status or a stable word to the text that says it.

use tirage_wire::admin::{DeliveryAction, DeliveryState};
use tirage_wire::order::OrderStatus;
use tirage_wire::problem::ProblemCode;

use super::{Attempts, Delivery, Door, Events, Failures, Statuses, Words};
use crate::state::failure::Failure;
use crate::state::password::Strength;
use crate::state::standing::Standing;

impl Statuses {
    /// The status in words.
    #[must_use]
    pub fn of(&self, status: OrderStatus) -> &'static str {
        match status {
            OrderStatus::Draft => self.draft,
            OrderStatus::Placed => self.placed,
            OrderStatus::AwaitingPayment => self.awaiting_payment,
            OrderStatus::InDesign => self.in_design,
            OrderStatus::Approved => self.approved,
            OrderStatus::InProduction => self.in_production,
            OrderStatus::Ready => self.ready,
            OrderStatus::Shipped => self.shipped,
            OrderStatus::Delivered => self.delivered,
            OrderStatus::Cancelled => self.cancelled,
            OrderStatus::Refused => self.refused,
        }
    }
}

impl Delivery {
    /// A state as the service knows it.
    fn state(&self, state: DeliveryState) -> &'static str {
        match state {
            DeliveryState::Pending => self.queued,
            DeliveryState::Leased => self.sending,
            DeliveryState::Unknown => self.checking,
            DeliveryState::Done => self.arrived,
            DeliveryState::Dead => self.failed,
            DeliveryState::Cancelled => self.called_off,
        }
    }

    /// Where a delivery stands, for its badge.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> &'static str {
        match standing {
            Standing::Queued => self.queued,
            Standing::Retrying => self.retrying,
            Standing::Paused => self.paused,
            Standing::Sending => self.sending,
            Standing::Checking => self.checking,
            Standing::Arrived => self.arrived,
            Standing::Failed => self.failed,
            Standing::CalledOff => self.called_off,
        }
    }

    /// What that means and what comes next.
    #[must_use]
    pub fn standing_hint(&self, standing: Standing) -> &'static str {
        match standing {
            Standing::Queued => self.queued_hint,
            Standing::Retrying => self.retrying_hint,
            Standing::Paused => self.paused_hint,
            Standing::Sending => self.sending_hint,
            Standing::Checking => self.checking_hint,
            Standing::Arrived => self.arrived_hint,
            Standing::Failed => self.failed_hint,
            Standing::CalledOff => self.called_off_hint,
        }
    }

    /// What the button of an action says; what a retry does depends on where the delivery stands.
    #[must_use]
    pub fn action(&self, action: DeliveryAction, standing: Standing) -> &'static str {
        match (action, standing) {
            (DeliveryAction::Cancel, _) => self.cancel,
            (DeliveryAction::Retry, Standing::Checking) => self.check_now,
            (DeliveryAction::Retry, Standing::Queued) => self.send_now,
            (DeliveryAction::Retry, _) => self.send_again,
        }
    }
}

impl Words {
    /// The particulars of an event, which the service joins with ` · `: the words it knows are
    /// said in this language, names stay as they are.
    #[must_use]
    pub fn event_detail(&self, detail: &str) -> String {
        let said = detail.split(" · ").map(|word| {
            let status = OrderStatus::from_name(word).map(|status| self.statuses.of(status));
            let state = DeliveryState::from_name(word).map(|state| self.delivery.state(state));
            status.or(state).unwrap_or_else(|| self.attempts.of(word))
        });
        said.collect::<Vec<_>>().join(" · ")
    }
}

impl Events {
    /// What happened, in words; a kind that is not known yet stays as it is.
    #[must_use]
    pub fn of<'a>(&self, kind: &'a str) -> &'a str {
        match kind {
            "placed" => self.placed,
            "status" => self.status,
            "delivered" => self.delivered,
            "delivery_dead" => self.delivery_dead,
            "delivery_retried" => self.delivery_retried,
            "delivery_cancelled" => self.delivery_cancelled,
            "delivery_adopted" => self.delivery_adopted,
            "delivery_duplicated" => self.delivery_duplicated,
            other => other,
        }
    }
}

impl Attempts {
    /// How an attempt ended, in words; a class that is not known yet stays as it is.
    #[must_use]
    pub fn of<'a>(&self, class: &'a str) -> &'a str {
        match class {
            "running" => self.running,
            "" | "done" => self.done,
            "unauthorized" | "credentials" => self.unauthorized,
            "blocked" => self.blocked,
            "not_found" => self.not_found,
            "conflict" => self.conflict,
            "not_supported" => self.not_supported,
            "rejected" => self.rejected,
            "rate_limited" => self.rate_limited,
            "unavailable" => self.unavailable,
            "outcome_unknown" => self.outcome_unknown,
            "bad_response" => self.bad_response,
            "failing" => self.failing,
            "no_look_up" => self.no_look_up,
            "pace" => self.pace,
            "stopping" => self.stopping,
            "interrupted" => self.interrupted,
            other => other,
        }
    }
}

impl Door {
    /// A password's strength in words.
    #[must_use]
    pub fn strength_word(&self, strength: Strength) -> &'static str {
        match strength {
            Strength::Weak => self.weak,
            Strength::Fair => self.fair,
            Strength::Strong => self.strong,
        }
    }
}

impl Failures {
    /// What went wrong and what can be done about it.
    #[must_use]
    pub fn of(&self, failure: &Failure) -> String {
        let problem = match failure {
            Failure::NoAnswer => return self.no_answer.to_owned(),
            Failure::Unreadable { status } => return format!("{} ({status})", self.unreadable),
            Failure::Refused(problem) => problem,
        };
        match problem.code {
            ProblemCode::RateLimited => self.rate_limited.to_owned(),
            ProblemCode::Unauthorized | ProblemCode::Forbidden => self.forbidden.to_owned(),
            ProblemCode::Conflict => self.conflict.to_owned(),
            ProblemCode::NotFound => self.not_found.to_owned(),
            ProblemCode::Unavailable => self.unavailable.to_owned(),
            ProblemCode::Internal => self.internal.to_owned(),
            // Only a fault of these pages leads here: the service's own words help most.
            ProblemCode::Malformed
            | ProblemCode::Validation
            | ProblemCode::IdempotencyKeyMissing
            | ProblemCode::IdempotencyKeyReused
            | ProblemCode::PriceChanged
            | ProblemCode::TemplateChanged
            | ProblemCode::NotPriced
            | ProblemCode::DayChanged
            | ProblemCode::SourceUnavailable
            | ProblemCode::EngineNotServed
            | ProblemCode::MethodNotAllowed
            | ProblemCode::TooLarge
            | ProblemCode::UnsupportedMediaType => {
                format!("{} {}", self.refused, problem.detail)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::state::failure::Failure;
    use crate::words::Language;

    #[test]
    fn a_word_of_a_newer_service_is_shown_as_it_is() {
        for language in Language::ALL {
            let words = language.words();
            assert_eq!(words.events.of("comment"), "comment");
            assert_eq!(words.attempts.of("eclipse"), "eclipse");
        }
    }

    #[test]
    fn the_particulars_of_an_event_are_said_in_the_language() {
        let words = Language::English.words();
        let told = words.event_detail("anna · asystem · unavailable");
        assert_eq!(told, "anna · asystem · the print house is out of reach");
        let told = words.event_detail("anna · asystem · dead");
        assert_eq!(told, "anna · asystem · Not sent");
        let told = words.event_detail("placed · in_production");
        assert_eq!(told, "Placed · In production");
    }

    #[test]
    fn an_unreadable_answer_is_shown_with_its_status() {
        let words = Language::English.words();
        let text = words.failures.of(&Failure::Unreadable { status: 502 });
        assert!(text.ends_with("(502)"), "{text}");
    }
}
