//! Leases: what an attempt may still say after its time, and what it may not.

use tirage_storage::outbox::{Claim, DeliveryState, Outcome, Settled, TargetHealth};

use crate::on_both;
use crate::setup::{LEASE, NOW, TestDb, done, failed};

on_both! {
    an_expired_lease_must_be_looked_up_by_the_next_worker,
    a_renewed_lease_does_not_expire,
    a_lease_that_ran_out_cannot_be_renewed,
    a_settle_after_the_lease_was_taken_over_is_fenced,
    a_late_settle_counts_while_nobody_took_over,
    a_late_success_is_kept_for_whoever_took_over,
    a_late_success_ends_a_delivery_nobody_is_at,
    two_remote_ids_raise_an_alarm,
    a_released_lease_costs_no_attempt,
}

async fn an_expired_lease_must_be_looked_up_by_the_next_worker(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let first = db.lease(&target, NOW).await;
    assert!(matches!(
        db.claim(&target, NOW + LEASE - 1).await,
        Claim::Wait { .. }
    ));
    let second = db.lease(&target, NOW + LEASE).await;
    assert_eq!(second.id, first.id);
    assert!(second.needs_check);
    assert!(second.lease_token > first.lease_token);
    assert_eq!(second.attempt, 2);
}

async fn a_renewed_lease_does_not_expire(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let mut claimed = db.lease(&target, NOW).await;
    let renewed = db
        .storage
        .outbox()
        .renew(&mut claimed, NOW + 30_000, LEASE)
        .await
        .unwrap();
    assert!(renewed);
    assert_eq!(claimed.lease_until, NOW + 30_000 + LEASE);
    assert!(matches!(
        db.claim(&target, NOW + LEASE).await,
        Claim::Wait { .. }
    ));
}

async fn a_lease_that_ran_out_cannot_be_renewed(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let mut claimed = db.lease(&target, NOW).await;
    let outbox = db.storage.outbox();
    assert!(
        !outbox
            .renew(&mut claimed, NOW + LEASE, LEASE)
            .await
            .unwrap()
    );
    db.lease(&target, NOW + LEASE).await;
    assert!(!outbox.renew(&mut claimed, NOW + 1, LEASE).await.unwrap());
}

async fn a_settle_after_the_lease_was_taken_over_is_fenced(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let zombie = db.lease(&target, NOW).await;
    let owner = db.lease(&target, NOW + LEASE).await;
    let outbox = db.storage.outbox();
    let dead = failed(Outcome::Dead);
    assert_eq!(
        outbox
            .settle(&zombie, &dead, NOW + LEASE + 1)
            .await
            .unwrap(),
        Settled::Fenced
    );
    let stored = outbox.delivery(&owner.id).await.unwrap().unwrap();
    assert_eq!(stored.state, DeliveryState::Leased);
    let settled = outbox
        .settle(&owner, &done("17"), NOW + LEASE + 2)
        .await
        .unwrap();
    assert_eq!(settled, Settled::Applied(DeliveryState::Done));
    // Settling twice is fenced too: the lease is over.
    assert_eq!(
        outbox.settle(&owner, &dead, NOW + LEASE + 3).await.unwrap(),
        Settled::Fenced
    );
}

async fn a_late_settle_counts_while_nobody_took_over(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let claimed = db.lease(&target, NOW).await;
    let late = NOW + 2 * LEASE;
    let settled = db
        .storage
        .outbox()
        .settle(&claimed, &done("17"), late)
        .await
        .unwrap();
    assert_eq!(settled, Settled::Applied(DeliveryState::Done));
}

async fn a_late_success_is_kept_for_whoever_took_over(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let zombie = db.lease(&target, NOW).await;
    let owner = db.lease(&target, NOW + LEASE).await;
    let outbox = db.storage.outbox();
    let late = outbox
        .settle(&zombie, &done("17"), NOW + LEASE + 1)
        .await
        .unwrap();
    assert_eq!(late, Settled::Fenced);
    let next_at = NOW + LEASE + 2;
    let retry = failed(Outcome::Retry { next_at });
    outbox.settle(&owner, &retry, next_at).await.unwrap();
    let next = db.lease(&target, next_at).await;
    assert_eq!(next.known_remote.as_deref(), Some("17"));
}

async fn a_late_success_ends_a_delivery_nobody_is_at(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let zombie = db.lease(&target, NOW).await;
    let owner = db.lease(&target, NOW + LEASE).await;
    let outbox = db.storage.outbox();
    let next_at = NOW + 2 * LEASE;
    outbox
        .settle(&owner, &failed(Outcome::Unknown { next_at }), NOW + LEASE)
        .await
        .unwrap();
    outbox
        .settle(&zombie, &done("17"), NOW + LEASE + 1)
        .await
        .unwrap();
    let stored = outbox.delivery(&owner.id).await.unwrap().unwrap();
    assert_eq!(stored.state, DeliveryState::Done);
    assert_eq!(stored.remote_id.as_deref(), Some("17"));
}

async fn two_remote_ids_raise_an_alarm(db: TestDb) {
    let target = db.target("asystem").await;
    let order = db.order_for(&["asystem"], NOW).await.id;
    let zombie = db.lease(&target, NOW).await;
    let owner = db.lease(&target, NOW + LEASE).await;
    let outbox = db.storage.outbox();
    outbox
        .settle(&owner, &done("18"), NOW + LEASE)
        .await
        .unwrap();
    let late = outbox
        .settle(&zombie, &done("17"), NOW + LEASE + 1)
        .await
        .unwrap();
    assert_eq!(late, Settled::Duplicated);
    let stored = outbox.delivery(&owner.id).await.unwrap().unwrap();
    assert_eq!(stored.remote_id.as_deref(), Some("18"));
    let events = db.storage.orders().events(&order).await.unwrap();
    let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["placed", "delivered", "delivery_duplicated"]);
}

async fn a_released_lease_costs_no_attempt(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let claimed = db.lease(&target, NOW).await;
    let mut released = failed(Outcome::Released);
    released.health = TargetHealth::Unproven;
    db.storage
        .outbox()
        .settle(&claimed, &released, NOW + 1)
        .await
        .unwrap();
    let again = db.lease(&target, NOW + 1).await;
    assert_eq!((again.attempt, again.needs_check), (1, false));
}
