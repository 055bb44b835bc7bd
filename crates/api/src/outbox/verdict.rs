//! What a failed call means: for the delivery, and for the target. Pure.
//!
//! The connector says what kind of failure it was, the storage's policy says when to try again;
//! this is the translation between them, and the one place where *it may have arrived* and *it
//! surely did not* must never be mixed up.

use tirage_connectors::{Disposition, Reason};
use tirage_storage::outbox::{self, TargetHealth, Wait};

/// Which call failed. After a failed look-up the question whether it arrived is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    LookUp,
    Push,
}

/// What to do about a failed call, in the policy's words.
pub(super) fn disposition(reason: &Reason, call: Call, can_look_up: bool) -> outbox::Disposition {
    match (reason.disposition(), call) {
        (Disposition::Pause, _) => outbox::Disposition::Pause,
        (Disposition::Retry { retry_after }, _) => outbox::Disposition::Retry(match retry_after {
            Some(told) => Wait::AsTold(i64::try_from(told.as_millis()).unwrap_or(i64::MAX)),
            None if matches!(reason, Reason::RateLimited { .. }) => Wait::Patiently,
            None => Wait::Scheduled,
        }),
        (Disposition::CheckThenRetry, _) if can_look_up => outbox::Disposition::CheckThenRetry,
        // Nobody can be asked whether it arrived.
        (Disposition::CheckThenRetry, _) => outbox::Disposition::NeedsOperator,
        // A refused look-up leaves open what it was to find out.
        (Disposition::NeedsOperator | Disposition::GiveUp, Call::LookUp) => {
            outbox::Disposition::NeedsOperator
        }
        // Refused before anything was done: dead until a person revives it, but not in doubt.
        (Disposition::NeedsOperator | Disposition::GiveUp, Call::Push) => {
            outbox::Disposition::GiveUp
        }
    }
}

/// What a failed call says about the target.
pub(super) fn health(reason: &Reason) -> TargetHealth {
    match reason {
        Reason::Rejected { .. } | Reason::Conflict | Reason::NotFound => TargetHealth::Works,
        Reason::Unavailable | Reason::OutcomeUnknown | Reason::BadResponse => TargetHealth::Fault,
        // It asked for patience, or it was never asked.
        _ => TargetHealth::Unproven,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outbox::Disposition as Policy;

    #[test]
    fn what_may_have_arrived_is_never_simply_sent_again() {
        let unknown = Reason::OutcomeUnknown;
        for call in [Call::LookUp, Call::Push] {
            assert_eq!(disposition(&unknown, call, true), Policy::CheckThenRetry);
            assert_eq!(disposition(&unknown, call, false), Policy::NeedsOperator);
        }
    }

    #[test]
    fn a_refused_look_up_leaves_the_order_in_doubt() {
        for reason in [
            Reason::NotFound,
            Reason::NotSupported,
            Reason::Rejected { errors: Vec::new() },
        ] {
            assert_eq!(
                disposition(&reason, Call::LookUp, true),
                Policy::NeedsOperator
            );
            assert_eq!(disposition(&reason, Call::Push, true), Policy::GiveUp);
        }
    }

    #[test]
    fn a_target_that_asks_for_patience_gets_it() {
        let told = |seconds| Reason::RateLimited {
            retry_after: Some(std::time::Duration::from_secs(seconds)),
        };
        let push = |reason: &Reason| disposition(reason, Call::Push, true);
        assert_eq!(push(&told(7)), Policy::Retry(Wait::AsTold(7_000)));
        let untold = Reason::RateLimited { retry_after: None };
        assert_eq!(push(&untold), Policy::Retry(Wait::Patiently));
        assert_eq!(push(&Reason::Unavailable), Policy::Retry(Wait::Scheduled));
        assert_eq!(health(&untold), TargetHealth::Unproven);
    }

    #[test]
    fn a_refusal_of_one_order_is_no_fault_of_the_target() {
        assert_eq!(
            health(&Reason::Rejected { errors: Vec::new() }),
            TargetHealth::Works
        );
        assert_eq!(health(&Reason::Unavailable), TargetHealth::Fault);
        assert_eq!(push_pause(&Reason::Unauthorized), Policy::Pause);
        assert_eq!(push_pause(&Reason::Blocked), Policy::Pause);
    }

    fn push_pause(reason: &Reason) -> Policy {
        disposition(reason, Call::Push, true)
    }
}
