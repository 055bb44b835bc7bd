//! The life of a delivery: claimed, settled, looked up, ended, and shown.

use std::collections::HashSet;

use tirage_storage::outbox::{Claim, DeliveryState, Outcome, Settled, Waiting};
use tirage_storage::{DeliveryId, NewDelivery};

use crate::on_both;
use crate::setup::{LEASE, NOW, TestDb, delivery, done, failed, refused_connection};

on_both! {
    a_delivery_is_claimed_once_and_done,
    four_workers_share_a_hundred_deliveries_without_overlap,
    a_delivery_is_not_claimed_before_its_time,
    deliveries_of_one_order_to_one_target_go_out_in_order,
    a_dead_delivery_blocks_the_later_ones_of_its_order_only,
    an_added_delivery_comes_after_the_ones_before,
    an_unknown_outcome_is_looked_up_before_sending_again,
    a_check_that_was_due_stays_due_after_a_harmless_failure,
    the_idempotency_key_stays_over_all_attempts,
    a_dead_delivery_is_told_in_the_orders_history,
    every_attempt_is_recorded,
    a_long_excerpt_is_cut_at_a_character,
    the_backlog_counts_per_target_and_state,
}

async fn a_delivery_is_claimed_once_and_done(db: TestDb) {
    let target = db.target("asystem").await;
    let order = db.order_for(&["asystem"], NOW).await.id;
    let claimed = db.lease(&target, NOW).await;
    assert_eq!(
        (&claimed.order_id, claimed.attempt, claimed.needs_check),
        (&order, 1, false)
    );
    assert_eq!((claimed.first_at, claimed.lease_until), (NOW, NOW + LEASE));
    let again = db.claim(&target, NOW).await;
    let nothing = Claim::Wait {
        waiting: Waiting::NothingDue,
        until: Some(NOW + LEASE),
    };
    assert_eq!(again, nothing);
    let settled = db
        .storage
        .outbox()
        .settle(&claimed, &done("17"), NOW + 9)
        .await
        .unwrap();
    assert_eq!(settled, Settled::Applied(DeliveryState::Done));
    let stored = db.storage.outbox().of_order(&order).await.unwrap();
    assert_eq!(stored[0].state, DeliveryState::Done);
    assert_eq!(stored[0].remote_id.as_deref(), Some("17"));
    assert_eq!(db.storage.outbox().next_due(&target).await.unwrap(), None);
    let events = db.storage.orders().events(&order).await.unwrap();
    assert_eq!(events[1].kind, "delivered");
}

async fn four_workers_share_a_hundred_deliveries_without_overlap(db: TestDb) {
    let target = db.target("asystem").await;
    for _ in 0..100 {
        db.order_for(&["asystem"], NOW).await;
    }
    let db = std::sync::Arc::new(db);
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let (db, target) = (db.clone(), target.clone());
            tokio::spawn(async move {
                let mut mine = Vec::new();
                while let Claim::Leased(claimed) = db.claim(&target, NOW).await {
                    let settled = db
                        .storage
                        .outbox()
                        .settle(&claimed, &done(claimed.id.as_str()), NOW)
                        .await
                        .unwrap();
                    assert_eq!(settled, Settled::Applied(DeliveryState::Done));
                    mine.push(claimed.id);
                }
                mine
            })
        })
        .collect();
    let mut all: Vec<DeliveryId> = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    assert_eq!(all.len(), 100);
    assert_eq!(all.into_iter().collect::<HashSet<_>>().len(), 100);
}

async fn a_delivery_is_not_claimed_before_its_time(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let claimed = db.lease(&target, NOW).await;
    let retry = failed(Outcome::Retry {
        next_at: NOW + 5_000,
    });
    db.storage
        .outbox()
        .settle(&claimed, &retry, NOW)
        .await
        .unwrap();
    let early = db.claim(&target, NOW + 4_999).await;
    let until = Some(NOW + 5_000);
    assert_eq!(
        early,
        Claim::Wait {
            waiting: Waiting::NothingDue,
            until
        }
    );
    let again = db.lease(&target, NOW + 5_000).await;
    assert_eq!(
        (again.attempt, again.needs_check, again.first_at),
        (2, false, NOW)
    );
}

async fn deliveries_of_one_order_to_one_target_go_out_in_order(db: TestDb) {
    let target = db.target("asystem").await;
    db.target("bitrix24").await;
    db.order_for(&["asystem", "bitrix24", "asystem"], NOW).await;
    let first = db.lease(&target, NOW).await;
    assert_eq!(first.seq, 1);
    assert!(matches!(db.claim(&target, NOW).await, Claim::Wait { .. }));
    let other = db.lease(&"bitrix24".into(), NOW).await;
    assert_eq!(other.seq, 1);
    db.storage
        .outbox()
        .settle(&first, &done("17"), NOW)
        .await
        .unwrap();
    assert_eq!(db.lease(&target, NOW).await.seq, 2);
}

async fn a_dead_delivery_blocks_the_later_ones_of_its_order_only(db: TestDb) {
    let target = db.target("asystem").await;
    let blocked = db.order_for(&["asystem", "asystem"], NOW).await.id;
    let free = db.order_for(&["asystem"], NOW + 1).await.id;
    let claimed = db.lease(&target, NOW + 1).await;
    assert_eq!(claimed.order_id, blocked);
    let outbox = db.storage.outbox();
    outbox
        .settle(&claimed, &failed(Outcome::Dead), NOW + 1)
        .await
        .unwrap();
    let next = db.lease(&target, NOW + 1).await;
    assert_eq!(next.order_id, free);
    outbox.settle(&next, &done("18"), NOW + 1).await.unwrap();
    assert_eq!(outbox.next_due(&target).await.unwrap(), None);
    outbox.cancel(&claimed.id, "anna", NOW + 2).await.unwrap();
    assert_eq!(db.lease(&target, NOW + 2).await.seq, 2);
}

async fn an_added_delivery_comes_after_the_ones_before(db: TestDb) {
    let target = db.target("asystem").await;
    let order = db.order_for(&["asystem"], NOW).await.id;
    let outbox = db.storage.outbox();
    let added = outbox.add(&order, &delivery("asystem"), NOW).await.unwrap();
    assert_eq!(added.as_str(), format!("{order}.asystem.2"));
    let other = NewDelivery {
        target: "bitrix24".into(),
        kind: "comment".to_owned(),
        payload: "{}".to_owned(),
    };
    let other = outbox.add(&order, &other, NOW).await.unwrap();
    assert_eq!(other.as_str(), format!("{order}.bitrix24.1"));
    assert_eq!(db.lease(&target, NOW).await.seq, 1);
    assert!(
        outbox
            .add(&"none".into(), &delivery("asystem"), NOW)
            .await
            .is_err()
    );
}

async fn an_unknown_outcome_is_looked_up_before_sending_again(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let claimed = db.lease(&target, NOW).await;
    let next_at = NOW + 65_000;
    let unknown = failed(Outcome::Unknown { next_at });
    let outbox = db.storage.outbox();
    let settled = outbox.settle(&claimed, &unknown, NOW).await.unwrap();
    assert_eq!(settled, Settled::Applied(DeliveryState::Unknown));
    assert!(matches!(
        db.claim(&target, next_at - 1).await,
        Claim::Wait { .. }
    ));
    assert!(db.lease(&target, next_at).await.needs_check);
}

async fn a_check_that_was_due_stays_due_after_a_harmless_failure(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let outbox = db.storage.outbox();
    let first = db.lease(&target, NOW).await;
    outbox
        .settle(&first, &failed(Outcome::Unknown { next_at: NOW + 1 }), NOW)
        .await
        .unwrap();
    let second = db.lease(&target, NOW + 1).await;
    // The look-up itself was turned away: nothing was found out.
    outbox
        .settle(
            &second,
            &failed(Outcome::Retry { next_at: NOW + 2 }),
            NOW + 1,
        )
        .await
        .unwrap();
    let third = db.lease(&target, NOW + 2).await;
    assert!(third.needs_check);
}

async fn the_idempotency_key_stays_over_all_attempts(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem", "asystem"], NOW).await;
    let first = db.lease(&target, NOW).await;
    let second = db.lease(&target, NOW + LEASE).await;
    assert_eq!(first.idem_key, second.idem_key);
    db.storage
        .outbox()
        .settle(&second, &done("17"), NOW + LEASE)
        .await
        .unwrap();
    let other = db.lease(&target, NOW + LEASE).await;
    assert_ne!(other.idem_key, first.idem_key);
}

async fn a_dead_delivery_is_told_in_the_orders_history(db: TestDb) {
    let target = db.target("asystem").await;
    let order = db.order_for(&["asystem"], NOW).await.id;
    let claimed = db.lease(&target, NOW).await;
    let outbox = db.storage.outbox();
    outbox
        .settle(&claimed, &failed(Outcome::Held), NOW)
        .await
        .unwrap();
    let events = db.storage.orders().events(&order).await.unwrap();
    assert_eq!(events[1].kind, "delivery_dead");
    assert!(
        events[1].data.contains(r#""class":"refused""#),
        "{}",
        events[1].data
    );
    let dead = outbox.dead(None, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert!(
        dead[0].needs_check,
        "a held delivery may have had its effect"
    );
    assert_eq!(dead[0].error.as_deref(), Some("no such paper"));
    assert_eq!(outbox.dead(Some(&"bitrix24".into()), 10).await.unwrap(), []);
}

async fn every_attempt_is_recorded(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let outbox = db.storage.outbox();
    db.lease(&target, NOW).await;
    let second = db.lease(&target, NOW + LEASE).await;
    let next_at = NOW + LEASE + 5;
    outbox
        .settle(&second, &refused_connection(next_at), NOW + LEASE + 3)
        .await
        .unwrap();
    let third = db.lease(&target, next_at).await;
    outbox
        .settle(&third, &done("17"), next_at + 7)
        .await
        .unwrap();
    let attempts = outbox.attempts(&third.id).await.unwrap();
    let told: Vec<_> = attempts
        .iter()
        .map(|attempt| (attempt.attempt, attempt.ended, attempt.outcome.as_deref()))
        .collect();
    let expected = [
        (1, None, None),
        (2, Some(NOW + LEASE + 3), Some("retry")),
        (3, Some(next_at + 7), Some("done")),
    ];
    assert_eq!(told, expected);
    assert_eq!(attempts[1].excerpt.as_deref(), Some("connection refused"));
    assert_eq!(attempts[2].remote_id.as_deref(), Some("17"));
}

async fn a_long_excerpt_is_cut_at_a_character(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let claimed = db.lease(&target, NOW).await;
    let mut dead = failed(Outcome::Dead);
    dead.report.excerpt = Some(format!("x{}", "ы".repeat(4_000)));
    db.storage
        .outbox()
        .settle(&claimed, &dead, NOW)
        .await
        .unwrap();
    let attempts = db.storage.outbox().attempts(&claimed.id).await.unwrap();
    assert_eq!(attempts[0].excerpt.as_ref().map(String::len), Some(4_095));
}

async fn the_backlog_counts_per_target_and_state(db: TestDb) {
    let target = db.target("asystem").await;
    db.target("bitrix24").await;
    for second in 0..3 {
        db.order_for(&["asystem", "bitrix24"], NOW + second * 1_000)
            .await;
    }
    let outbox = db.storage.outbox();
    let first = db.lease(&target, NOW + 9_000).await;
    outbox
        .settle(&first, &failed(Outcome::Dead), NOW + 9_000)
        .await
        .unwrap();
    let second = db.lease(&target, NOW + 9_000).await;
    outbox
        .settle(&second, &done("17"), NOW + 9_000)
        .await
        .unwrap();
    let backlog = outbox.backlog().await.unwrap();
    let told: Vec<_> = backlog
        .iter()
        .map(|one| {
            (
                one.target.as_str(),
                one.state,
                one.deliveries,
                one.oldest - NOW,
            )
        })
        .collect();
    let expected = [
        ("asystem", DeliveryState::Dead, 1, 0),
        ("asystem", DeliveryState::Pending, 1, 2_000),
        ("bitrix24", DeliveryState::Pending, 3, 0),
    ];
    assert_eq!(told, expected);
}
