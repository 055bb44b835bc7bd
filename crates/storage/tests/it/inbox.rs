//! Events from targets are kept once and processed once.

use tirage_storage::{InboxEvent, Processed};

use crate::on_both;
use crate::setup::{NOW, TestDb};

on_both! {
    an_event_replayed_a_hundred_times_is_kept_once,
    events_wait_oldest_first_until_they_are_processed,
}

fn event(key: &str, received: i64) -> InboxEvent {
    InboxEvent {
        target: "bitrix24".into(),
        key: key.to_owned(),
        received,
        body: "{}".to_owned(),
    }
}

async fn an_event_replayed_a_hundred_times_is_kept_once(db: TestDb) {
    let replays: Vec<_> = (0..100)
        .map(|_| {
            let storage = db.storage.clone();
            tokio::spawn(async move { storage.inbox().receive(&event("1", NOW)).await.unwrap() })
        })
        .collect();
    let mut new = 0;
    for replay in replays {
        new += i32::from(replay.await.unwrap());
    }
    assert_eq!(new, 1);
    assert_eq!(
        db.storage.inbox().waiting(10).await.unwrap(),
        [event("1", NOW)]
    );
}

async fn events_wait_oldest_first_until_they_are_processed(db: TestDb) {
    let inbox = db.storage.inbox();
    for (key, received) in [("b", NOW + 1), ("a", NOW), ("c", NOW + 2)] {
        inbox.receive(&event(key, received)).await.unwrap();
    }
    inbox
        .processed(&event("a", NOW), &Processed::Done, NOW + 5)
        .await
        .unwrap();
    let failed = Processed::Failed("no such deal".to_owned());
    inbox
        .processed(&event("c", NOW + 2), &failed, NOW + 5)
        .await
        .unwrap();
    assert_eq!(inbox.waiting(10).await.unwrap(), [event("b", NOW + 1)]);
    assert!(!inbox.receive(&event("a", NOW + 9)).await.unwrap());
}
