//! Users, sessions and the set-up token.

use rand::SeedableRng;
use rand::rngs::StdRng;
use tirage_storage::{NewUser, Redeemed, SessionLimits, UserId};

use crate::on_both;
use crate::setup::{NOW, TestDb};

const MINUTE: i64 = 60_000;
const LIMITS: SessionLimits = SessionLimits {
    idle_ms: 30 * MINUTE,
    absolute_ms: 100 * MINUTE,
};

on_both! {
    a_setup_token_makes_one_user,
    a_setup_token_raced_for_makes_one_user,
    a_setup_token_expires,
    a_taken_name_does_not_use_the_setup_token_up,
    a_session_ends_when_idle_for_too_long,
    a_session_never_outlives_its_absolute_limit,
    a_session_ends_at_logout_and_when_the_user_is_disabled,
    a_new_password_ends_every_session,
    over_sessions_are_swept,
    a_user_is_found_by_name,
}

fn user(name: &str, seed: u64) -> NewUser {
    NewUser {
        id: UserId::random(NOW, &mut StdRng::seed_from_u64(seed)),
        name: name.to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        role: "owner".to_owned(),
    }
}

async fn a_setup_token_makes_one_user(db: TestDb) {
    let admin = db.storage.admin();
    admin
        .issue_setup_token("secret", NOW + 15 * MINUTE, NOW)
        .await
        .unwrap();
    let refused = admin
        .redeem_setup_token("guess", &user("eve", 1), NOW)
        .await
        .unwrap();
    assert_eq!(refused, Redeemed::Refused);
    let created = admin
        .redeem_setup_token("secret", &user("anna", 2), NOW)
        .await
        .unwrap();
    assert_eq!(created, Redeemed::Created);
    let again = admin
        .redeem_setup_token("secret", &user("eve", 3), NOW)
        .await
        .unwrap();
    assert_eq!(again, Redeemed::Refused);
    let names: Vec<_> = admin
        .users()
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.name)
        .collect();
    assert_eq!(names, ["anna"]);
}

async fn a_setup_token_raced_for_makes_one_user(db: TestDb) {
    db.storage
        .admin()
        .issue_setup_token("secret", NOW + MINUTE, NOW)
        .await
        .unwrap();
    let racers: Vec<_> = (0..10)
        .map(|index| {
            let storage = db.storage.clone();
            tokio::spawn(async move {
                let user = user(&format!("user {index}"), index);
                storage
                    .admin()
                    .redeem_setup_token("secret", &user, NOW)
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut created = 0;
    for racer in racers {
        created += i32::from(racer.await.unwrap() == Redeemed::Created);
    }
    assert_eq!(created, 1);
    assert_eq!(db.storage.admin().users().await.unwrap().len(), 1);
}

async fn a_setup_token_expires(db: TestDb) {
    let admin = db.storage.admin();
    admin
        .issue_setup_token("secret", NOW + MINUTE, NOW)
        .await
        .unwrap();
    let late = admin
        .redeem_setup_token("secret", &user("anna", 1), NOW + MINUTE)
        .await
        .unwrap();
    assert_eq!(late, Redeemed::Refused);
}

async fn a_taken_name_does_not_use_the_setup_token_up(db: TestDb) {
    let admin = db.storage.admin();
    assert!(admin.create_user(&user("anna", 1), NOW).await.unwrap());
    assert!(!admin.create_user(&user("anna", 2), NOW).await.unwrap());
    admin
        .issue_setup_token("secret", NOW + MINUTE, NOW)
        .await
        .unwrap();
    let taken = admin
        .redeem_setup_token("secret", &user("anna", 3), NOW)
        .await
        .unwrap();
    assert_eq!(taken, Redeemed::NameTaken);
    let created = admin
        .redeem_setup_token("secret", &user("ivan", 4), NOW)
        .await
        .unwrap();
    assert_eq!(created, Redeemed::Created);
}

/// Logs `anna` in under the token `session`.
async fn log_in(db: &TestDb) -> UserId {
    let anna = user("anna", 1);
    let admin = db.storage.admin();
    admin.create_user(&anna, NOW).await.unwrap();
    admin
        .open_session("session", &anna.id, LIMITS, NOW)
        .await
        .unwrap();
    anna.id
}

async fn is_open(db: &TestDb, now: i64) -> bool {
    let session = db
        .storage
        .admin()
        .session("session", LIMITS, now)
        .await
        .unwrap();
    session.is_some()
}

async fn a_session_ends_when_idle_for_too_long(db: TestDb) {
    let anna = log_in(&db).await;
    let session = db
        .storage
        .admin()
        .session("session", LIMITS, NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (session.user, session.name.as_str(), session.since),
        (anna, "anna", NOW)
    );
    assert!(is_open(&db, NOW + 29 * MINUTE).await);
    assert!(
        is_open(&db, NOW + 58 * MINUTE).await,
        "the look before kept it open"
    );
    assert!(!is_open(&db, NOW + 88 * MINUTE).await);
    let other = db
        .storage
        .admin()
        .session("other", LIMITS, NOW)
        .await
        .unwrap();
    assert_eq!(other, None);
}

async fn a_session_never_outlives_its_absolute_limit(db: TestDb) {
    log_in(&db).await;
    for minute in (0..100).step_by(10) {
        assert!(is_open(&db, NOW + minute * MINUTE).await, "{minute}");
    }
    assert!(!is_open(&db, NOW + 100 * MINUTE).await);
}

async fn a_session_ends_at_logout_and_when_the_user_is_disabled(db: TestDb) {
    let anna = log_in(&db).await;
    let admin = db.storage.admin();
    admin.end_session("session").await.unwrap();
    assert!(!is_open(&db, NOW).await);
    admin
        .open_session("session", &anna, LIMITS, NOW)
        .await
        .unwrap();
    assert!(is_open(&db, NOW).await);
    admin.disable_user(&anna, NOW).await.unwrap();
    assert!(!is_open(&db, NOW).await);
    let disabled = admin.user(&anna).await.unwrap().unwrap();
    assert_eq!(disabled.disabled_at, Some(NOW));
}

async fn a_new_password_ends_every_session(db: TestDb) {
    let anna = log_in(&db).await;
    db.storage
        .admin()
        .set_password(&anna, "new hash", NOW)
        .await
        .unwrap();
    assert!(!is_open(&db, NOW).await);
    let stored = db.storage.admin().user(&anna).await.unwrap().unwrap();
    assert_eq!(stored.password_hash, "new hash");
}

async fn over_sessions_are_swept(db: TestDb) {
    log_in(&db).await;
    assert_eq!(db.storage.admin().sweep(NOW).await.unwrap(), 0);
    assert_eq!(
        db.storage.admin().sweep(NOW + 31 * MINUTE).await.unwrap(),
        1
    );
}

async fn a_user_is_found_by_name(db: TestDb) {
    log_in(&db).await;
    let admin = db.storage.admin();
    let found = admin.user_by_name("anna").await.unwrap().unwrap();
    assert_eq!(found.role, "owner");
    assert!(
        !format!("{found:?}").contains("argon2id"),
        "hashes stay out of logs"
    );
    assert_eq!(admin.user_by_name("Anna").await.unwrap(), None);
}
