//! What staff does by hand with deliveries.

use tirage_storage::outbox::{
    Changed, Claim, Claimed, DeliveryState, Outcome, Report, Resend, Settlement, TargetHealth,
};

use crate::on_both;
use crate::setup::{NOW, TestDb, done};

on_both! {
    a_dead_delivery_is_sent_again_with_its_old_key,
    a_held_delivery_is_looked_up_unless_a_person_did,
    a_waiting_delivery_is_hurried_and_keeps_its_attempts,
    a_delivery_found_by_a_person_is_adopted,
    a_delivery_under_lease_cannot_be_touched,
    what_is_done_cannot_be_done_again,
    an_unknown_delivery_is_not_found,
}

/// Ends the only due delivery like this.
async fn end(db: &TestDb, outcome: Outcome) -> Claimed {
    let claimed = db.lease(&"asystem".into(), NOW).await;
    let settlement = Settlement {
        outcome,
        health: TargetHealth::Works,
        report: Report {
            class: "refused".to_owned(),
            ..Report::default()
        },
    };
    db.storage
        .outbox()
        .settle(&claimed, &settlement, NOW)
        .await
        .unwrap();
    claimed
}

async fn a_dead_delivery_is_sent_again_with_its_old_key(db: TestDb) {
    let target = db.target("asystem").await;
    let order = db.order_for(&["asystem"], NOW).await.id;
    let dead = end(&db, Outcome::Dead).await;
    let outbox = db.storage.outbox();
    let changed = outbox
        .retry_now(&dead.id, Resend::AfterCheck, "anna", NOW + 9)
        .await
        .unwrap();
    assert_eq!(changed, Changed::Yes);
    let again = db.lease(&target, NOW + 9).await;
    assert_eq!(again.idem_key, dead.idem_key);
    assert_eq!(
        (again.attempt, again.first_at, again.needs_check),
        (1, NOW + 9, false)
    );
    let events = db.storage.orders().events(&order).await.unwrap();
    let told = events.last().unwrap();
    assert_eq!((told.kind.as_str(), told.at), ("delivery_retried", NOW + 9));
    assert!(told.data.contains(r#""by":"anna""#), "{}", told.data);
}

async fn a_held_delivery_is_looked_up_unless_a_person_did(db: TestDb) {
    let target = db.target("asystem").await;
    let outbox = db.storage.outbox();
    for (resend, needs_check) in [(Resend::AfterCheck, true), (Resend::NotThere, false)] {
        db.order_for(&["asystem"], NOW).await;
        let held = end(&db, Outcome::Held).await;
        outbox
            .retry_now(&held.id, resend, "anna", NOW)
            .await
            .unwrap();
        let again = db.lease(&target, NOW).await;
        assert_eq!(again.needs_check, needs_check, "{resend:?}");
        outbox.settle(&again, &done("17"), NOW).await.unwrap();
    }
}

async fn a_waiting_delivery_is_hurried_and_keeps_its_attempts(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let waiting = end(
        &db,
        Outcome::Unknown {
            next_at: NOW + 65_000,
        },
    )
    .await;
    let outbox = db.storage.outbox();
    outbox
        .retry_now(&waiting.id, Resend::AfterCheck, "anna", NOW + 1)
        .await
        .unwrap();
    let again = db.lease(&target, NOW + 1).await;
    assert_eq!((again.attempt, again.needs_check), (2, true));
}

async fn a_delivery_found_by_a_person_is_adopted(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem", "asystem"], NOW).await;
    let held = end(&db, Outcome::Held).await;
    let outbox = db.storage.outbox();
    let changed = outbox
        .adopt(&held.id, ("17", Some("A-17")), "anna", NOW)
        .await
        .unwrap();
    assert_eq!(changed, Changed::Yes);
    let stored = outbox.delivery(&held.id).await.unwrap().unwrap();
    assert_eq!(stored.state, DeliveryState::Done);
    assert_eq!(stored.remote_number.as_deref(), Some("A-17"));
    assert_eq!((stored.needs_check, stored.error_class), (false, None));
    assert_eq!(db.lease(&target, NOW).await.seq, 2);
}

async fn a_delivery_under_lease_cannot_be_touched(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let id = db.lease(&target, NOW).await.id;
    let outbox = db.storage.outbox();
    let refused = Changed::NotAllowed(DeliveryState::Leased);
    assert_eq!(outbox.cancel(&id, "anna", NOW).await.unwrap(), refused);
    assert_eq!(
        outbox.adopt(&id, ("17", None), "anna", NOW).await.unwrap(),
        refused
    );
    let retried = outbox
        .retry_now(&id, Resend::NotThere, "anna", NOW)
        .await
        .unwrap();
    assert_eq!(retried, refused);
}

async fn what_is_done_cannot_be_done_again(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem", "asystem"], NOW).await;
    let first = db.lease(&target, NOW).await;
    let outbox = db.storage.outbox();
    outbox.settle(&first, &done("17"), NOW).await.unwrap();
    let retried = outbox
        .retry_now(&first.id, Resend::AfterCheck, "anna", NOW)
        .await
        .unwrap();
    assert_eq!(retried, Changed::NotAllowed(DeliveryState::Done));
    let second = outbox.of_order(&first.order_id).await.unwrap()[1]
        .id
        .clone();
    outbox.cancel(&second, "anna", NOW).await.unwrap();
    let retried = outbox
        .retry_now(&second, Resend::AfterCheck, "anna", NOW)
        .await
        .unwrap();
    assert_eq!(retried, Changed::NotAllowed(DeliveryState::Cancelled));
    assert!(matches!(db.claim(&target, NOW).await, Claim::Wait { .. }));
}

async fn an_unknown_delivery_is_not_found(db: TestDb) {
    let outbox = db.storage.outbox();
    let id = "none.asystem.1".into();
    assert_eq!(
        outbox.cancel(&id, "anna", NOW).await.unwrap(),
        Changed::NotFound
    );
    assert_eq!(outbox.delivery(&id).await.unwrap(), None);
    assert_eq!(outbox.attempts(&id).await.unwrap(), []);
}
