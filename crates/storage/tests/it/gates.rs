//! What holds deliveries back: pace, breaker, pause, and how many may be under way.

use tirage_storage::outbox::{
    Claim, Claimed, Outcome, Phase, RateToken, Report, Settlement, TargetHealth, Waiting,
};
use tirage_storage::{Millis, TargetId};

use crate::on_both;
use crate::setup::{LEASE, NOW, TestDb, done, refused_connection};

const DAY: Millis = 24 * 3_600 * 1_000;

on_both! {
    four_tasks_draw_from_one_bucket,
    a_claim_takes_a_token_only_when_it_gives_a_delivery,
    a_claim_says_when_the_pace_allows_the_next,
    a_target_without_a_row_gives_nothing,
    no_more_are_under_way_than_the_target_takes,
    an_expired_lease_frees_its_place,
    five_faults_open_the_breaker_and_one_probe_passes,
    a_failed_probe_costs_the_delivery_no_attempt,
    an_outage_of_seventy_hours_loses_no_delivery_and_ends_in_minutes,
    two_successes_close_the_breaker_and_pull_waiting_deliveries_forward,
    a_refused_order_does_not_trip_the_breaker,
    refused_credentials_pause_the_target_and_cost_nothing,
    five_days_of_faults_pause_the_target,
    a_resumed_target_starts_afresh,
    changed_settings_keep_the_state_of_a_target,
}

fn waits(claim: &Claim) -> Option<(Waiting, Option<Millis>)> {
    match claim {
        Claim::Wait { waiting, until } => Some((*waiting, *until)),
        Claim::Leased(_) => None,
    }
}

async fn fail(db: &TestDb, claimed: &Claimed, next_at: Millis, now: Millis) {
    let settlement = refused_connection(next_at);
    db.storage
        .outbox()
        .settle(claimed, &settlement, now)
        .await
        .unwrap();
}

/// Fails so many deliveries one after another, at one instant.
async fn fail_often(db: &TestDb, target: &TargetId, times: usize) -> Vec<Claimed> {
    let mut failed = Vec::new();
    for _ in 0..times {
        let claimed = db.lease(target, NOW).await;
        fail(db, &claimed, NOW + 5_000, NOW).await;
        failed.push(claimed);
    }
    failed
}

async fn four_tasks_draw_from_one_bucket(db: TestDb) {
    // Two a second, ten at once.
    let target = db.limited_target("asystem", (500, 4_500), 4).await;
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (storage, target) = (db.storage.clone(), target.clone());
            tokio::spawn(async move {
                let mut granted = 0;
                for _ in 0..20 {
                    match storage
                        .outbox()
                        .take_rate_token(&target, NOW)
                        .await
                        .unwrap()
                    {
                        RateToken::Granted => granted += 1,
                        RateToken::NotBefore(at) => assert_eq!(at, NOW + 500),
                    }
                }
                granted
            })
        })
        .collect();
    let mut granted = 0;
    for task in tasks {
        granted += task.await.unwrap();
    }
    assert_eq!(granted, 10);
    let outbox = db.storage.outbox();
    let later = NOW + 500;
    let token = outbox.take_rate_token(&target, later).await.unwrap();
    assert_eq!(token, RateToken::Granted);
    let token = outbox.take_rate_token(&target, later).await.unwrap();
    assert_eq!(token, RateToken::NotBefore(later + 500));
}

async fn a_claim_takes_a_token_only_when_it_gives_a_delivery(db: TestDb) {
    let target = db.limited_target("asystem", (1_000, 0), 4).await;
    assert_eq!(
        waits(&db.claim(&target, NOW).await),
        Some((Waiting::NothingDue, None))
    );
    db.order_for(&["asystem"], NOW).await;
    db.lease(&target, NOW).await;
    let token = db
        .storage
        .outbox()
        .take_rate_token(&target, NOW)
        .await
        .unwrap();
    assert_eq!(token, RateToken::NotBefore(NOW + 1_000));
}

async fn a_claim_says_when_the_pace_allows_the_next(db: TestDb) {
    let target = db.limited_target("asystem", (1_000, 0), 4).await;
    for _ in 0..2 {
        db.order_for(&["asystem"], NOW).await;
    }
    db.lease(&target, NOW).await;
    let wait = db.claim(&target, NOW + 1).await;
    assert_eq!(waits(&wait), Some((Waiting::Rate, Some(NOW + 1_000))));
    db.lease(&target, NOW + 1_000).await;
}

async fn a_target_without_a_row_gives_nothing(db: TestDb) {
    db.order_for(&["unheard-of"], NOW).await;
    let wait = db.claim(&"unheard-of".into(), NOW).await;
    assert_eq!(waits(&wait), Some((Waiting::NoTarget, None)));
    assert_eq!(db.storage.outbox().backlog().await.unwrap().len(), 1);
}

async fn no_more_are_under_way_than_the_target_takes(db: TestDb) {
    let target = db.limited_target("asystem", (0, 0), 2).await;
    for _ in 0..3 {
        db.order_for(&["asystem"], NOW).await;
    }
    let first = db.lease(&target, NOW).await;
    db.lease(&target, NOW).await;
    assert_eq!(
        waits(&db.claim(&target, NOW).await),
        Some((Waiting::InFlight, None))
    );
    db.storage
        .outbox()
        .settle(&first, &done("17"), NOW)
        .await
        .unwrap();
    db.lease(&target, NOW).await;
}

async fn an_expired_lease_frees_its_place(db: TestDb) {
    let target = db.limited_target("asystem", (0, 0), 1).await;
    db.order_for(&["asystem"], NOW).await;
    let first = db.lease(&target, NOW).await;
    let second = db.lease(&target, NOW + LEASE).await;
    assert_eq!(first.id, second.id);
}

async fn five_faults_open_the_breaker_and_one_probe_passes(db: TestDb) {
    let target = db.target("asystem").await;
    for _ in 0..8 {
        db.order_for(&["asystem"], NOW).await;
    }
    fail_often(&db, &target, 5).await;
    let wait = db.claim(&target, NOW).await;
    assert_eq!(waits(&wait), Some((Waiting::Breaker, Some(NOW + 30_000))));
    db.lease(&target, NOW + 30_000).await;
    let wait = db.claim(&target, NOW + 30_000).await;
    assert_eq!(waits(&wait), Some((Waiting::InFlight, None)));
}

async fn a_failed_probe_costs_the_delivery_no_attempt(db: TestDb) {
    let target = db.target("asystem").await;
    for _ in 0..6 {
        db.order_for(&["asystem"], NOW).await;
    }
    fail_often(&db, &target, 5).await;
    let probe = db.lease(&target, NOW + 30_000).await;
    assert_eq!(probe.attempt, 1);
    fail(&db, &probe, NOW + 35_000, NOW + 31_000).await;
    let stored = db
        .storage
        .outbox()
        .delivery(&probe.id)
        .await
        .unwrap()
        .unwrap();
    // Open for a minute now; that, and not its own schedule, says when it goes on.
    assert_eq!((stored.attempt, stored.next_at), (0, NOW + 91_000));
    let wait = db.claim(&target, NOW + 90_999).await;
    assert_eq!(waits(&wait), Some((Waiting::Breaker, Some(NOW + 91_000))));
}

async fn an_outage_of_seventy_hours_loses_no_delivery_and_ends_in_minutes(db: TestDb) {
    let target = db.limited_target("asystem", (667, 6_003), 4).await;
    for _ in 0..10 {
        db.order_for(&["asystem"], NOW).await;
    }
    let outage_ends = NOW + 70 * 3_600 * 1_000;
    let (mut now, mut sent_in_outage, mut delivered) = (NOW, 0, 0);
    while delivered < 10 {
        assert!(now < outage_ends + 15 * 60_000, "{delivered} delivered");
        match db.claim(&target, now).await {
            Claim::Leased(claimed) if now < outage_ends => {
                sent_in_outage += 1;
                fail(&db, &claimed, now + 5_000, now).await;
            }
            Claim::Leased(claimed) => {
                delivered += 1;
                let settlement = done(claimed.id.as_str());
                db.storage
                    .outbox()
                    .settle(&claimed, &settlement, now)
                    .await
                    .unwrap();
            }
            Claim::Wait { until, .. } => now = until.unwrap().max(now + 1),
        }
    }
    // One probe in ten minutes is 420; a few more while the pauses were still growing.
    assert!((420..440).contains(&sent_in_outage), "{sent_in_outage}");
    assert_eq!(db.storage.outbox().dead(None, 10).await.unwrap(), []);
}

async fn two_successes_close_the_breaker_and_pull_waiting_deliveries_forward(db: TestDb) {
    let target = db.target("asystem").await;
    for _ in 0..7 {
        db.order_for(&["asystem"], NOW).await;
    }
    let far = db.lease(&target, NOW).await;
    fail(&db, &far, NOW + 6 * 3_600_000, NOW).await;
    fail_often(&db, &target, 4).await;
    let probed = NOW + 30_000;
    for remote in ["17", "18"] {
        let claimed = db.lease(&target, probed).await;
        db.storage
            .outbox()
            .settle(&claimed, &done(remote), probed)
            .await
            .unwrap();
    }
    let stored = db.storage.outbox().target(&target).await.unwrap().unwrap();
    assert_eq!(stored.breaker.phase, Phase::Closed { faults: 0 });
    assert_eq!(stored.failing_since, None);
    let pulled = db
        .storage
        .outbox()
        .delivery(&far.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(pulled.next_at, probed);
}

async fn a_refused_order_does_not_trip_the_breaker(db: TestDb) {
    let target = db.target("asystem").await;
    let refused = Settlement {
        outcome: Outcome::Dead,
        health: TargetHealth::Works,
        report: Report::default(),
    };
    for _ in 0..10 {
        db.order_for(&["asystem"], NOW).await;
        let claimed = db.lease(&target, NOW).await;
        db.storage
            .outbox()
            .settle(&claimed, &refused, NOW)
            .await
            .unwrap();
    }
    let stored = db.storage.outbox().target(&target).await.unwrap().unwrap();
    assert_eq!(stored.breaker.phase, Phase::Closed { faults: 0 });
}

async fn refused_credentials_pause_the_target_and_cost_nothing(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let claimed = db.lease(&target, NOW).await;
    let paused = Settlement {
        outcome: Outcome::Paused {
            reason: "credentials".to_owned(),
        },
        health: TargetHealth::Unproven,
        report: Report::default(),
    };
    let outbox = db.storage.outbox();
    outbox.settle(&claimed, &paused, NOW + 1).await.unwrap();
    assert_eq!(
        waits(&db.claim(&target, NOW + 2).await),
        Some((Waiting::Paused, None))
    );
    let pause = outbox
        .target(&target)
        .await
        .unwrap()
        .unwrap()
        .paused
        .unwrap();
    assert_eq!((pause.at, pause.reason.as_str()), (NOW + 1, "credentials"));
    assert!(outbox.resume(&target).await.unwrap());
    let again = db.lease(&target, NOW + 3).await;
    assert_eq!((again.attempt, again.needs_check), (1, false));
}

async fn five_days_of_faults_pause_the_target(db: TestDb) {
    let target = db.target("asystem").await;
    db.order_for(&["asystem"], NOW).await;
    let claimed = db.lease(&target, NOW).await;
    fail(&db, &claimed, NOW + 5 * DAY - 1, NOW).await;
    let claimed = db.lease(&target, NOW + 5 * DAY - 1).await;
    fail(&db, &claimed, NOW + 5 * DAY, NOW + 5 * DAY - 1).await;
    let outbox = db.storage.outbox();
    assert_eq!(outbox.target(&target).await.unwrap().unwrap().paused, None);
    let claimed = db.lease(&target, NOW + 5 * DAY).await;
    fail(&db, &claimed, NOW + 6 * DAY, NOW + 5 * DAY).await;
    let stored = outbox.target(&target).await.unwrap().unwrap();
    assert_eq!(stored.paused.unwrap().reason, "failing");
    assert_eq!(stored.failing_since, Some(NOW));
}

async fn a_resumed_target_starts_afresh(db: TestDb) {
    let target = db.target("asystem").await;
    for _ in 0..6 {
        db.order_for(&["asystem"], NOW).await;
    }
    fail_often(&db, &target, 5).await;
    let outbox = db.storage.outbox();
    assert!(outbox.pause(&target, "stocktaking", NOW).await.unwrap());
    assert_eq!(
        waits(&db.claim(&target, NOW).await),
        Some((Waiting::Paused, None))
    );
    assert!(outbox.resume(&target).await.unwrap());
    db.lease(&target, NOW).await;
    assert!(!outbox.pause(&"none".into(), "x", NOW).await.unwrap());
    assert!(!outbox.resume(&"none".into()).await.unwrap());
}

async fn changed_settings_keep_the_state_of_a_target(db: TestDb) {
    let target = db.target("asystem").await;
    let outbox = db.storage.outbox();
    outbox.pause(&target, "stocktaking", NOW).await.unwrap();
    db.limited_target("asystem", (667, 6_003), 2).await;
    let stored = outbox.target(&target).await.unwrap().unwrap();
    assert_eq!(
        (stored.settings.rate_ms, stored.settings.max_inflight),
        (667, 2)
    );
    assert!(stored.paused.is_some());
    assert_eq!(outbox.targets().await.unwrap(), [stored]);
}
