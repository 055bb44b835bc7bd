//! The database itself: opened again, opened at once, locked by somebody else, not ours.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};
use tirage_storage::{DatabaseConfig, Placed, Storage, StorageError};

use crate::on_both;
use crate::setup::{NOW, TestDb, new_order};

on_both! {
    opening_again_keeps_what_is_there,
    four_processes_may_open_a_database_at_once,
    a_submit_waits_while_another_process_holds_the_lock,
    a_migration_from_the_future_is_refused,
    a_migration_with_another_text_is_refused,
    what_is_acknowledged_is_seen_by_another_process,
    a_closed_storage_is_unavailable,
    the_probe_writes,
}

const DROP_EVERYTHING: &str = "drop table schema_migration; drop table probe; \
     drop table setup_token; drop table session; drop table admin_user; drop table inbox; \
     drop table target; drop table delivery_attempt; drop table delivery; \
     drop table order_event; drop table order_line; drop table orders; \
     drop table product_revision; drop table product; drop table template; drop table shop";

/// A connection past the storage, as another process would have.
async fn outside(db: &TestDb) -> AnyPool {
    use secrecy::ExposeSecret;
    let url = match &db.config {
        DatabaseConfig::Sqlite { path } => format!("sqlite://{}", path.display()),
        DatabaseConfig::Postgres { url } => url.expose_secret().to_owned(),
    };
    AnyPoolOptions::new()
        .max_connections(1)
        .connect(&url)
        .await
        .unwrap()
}

async fn opening_again_keeps_what_is_there(db: TestDb) {
    let order = db.order_for(&[], NOW).await;
    db.storage.close().await;
    for _ in 0..2 {
        let storage = Storage::open(&db.config).await.unwrap();
        assert!(storage.orders().by_id(&order.id).await.unwrap().is_some());
        storage.close().await;
    }
}

async fn four_processes_may_open_a_database_at_once(db: TestDb) {
    db.storage.close().await;
    outside(&db).await.execute(DROP_EVERYTHING).await.unwrap();
    for opened in open_four_times(&db.config).await {
        opened.unwrap();
    }
}

async fn open_four_times(config: &DatabaseConfig) -> Vec<Result<Storage, StorageError>> {
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let config = config.clone();
            tokio::spawn(async move { Storage::open(&config).await })
        })
        .collect();
    let mut opened = Vec::new();
    for task in tasks {
        opened.push(task.await.unwrap());
    }
    opened
}

async fn a_submit_waits_while_another_process_holds_the_lock(db: TestDb) {
    let other = outside(&db).await;
    let lock = match &db.config {
        DatabaseConfig::Sqlite { .. } => "begin immediate",
        DatabaseConfig::Postgres { .. } => "begin; lock table orders in exclusive mode",
    };
    other.execute(lock).await.unwrap();
    let storage = db.storage.clone();
    let submit = tokio::spawn(async move { storage.orders().place(new_order(NOW), NOW).await });
    let mut submit = Box::pin(submit);
    let early = tokio::time::timeout(Duration::from_millis(300), &mut submit).await;
    assert!(early.is_err(), "it did not wait: {early:?}");
    other.execute("rollback").await.unwrap();
    let placed = submit.await.unwrap();
    assert!(matches!(placed, Ok(Placed::New(_))), "{placed:?}");
}

async fn a_migration_from_the_future_is_refused(db: TestDb) {
    let insert = "insert into schema_migration (version, checksum) values (999, 'abc')";
    outside(&db).await.execute(insert).await.unwrap();
    let error = Storage::open(&db.config).await.unwrap_err();
    let told = "migration 999 is recorded as `abc`, expected `none`";
    assert_eq!(error.to_string(), told);
}

async fn a_migration_with_another_text_is_refused(db: TestDb) {
    let update = "update schema_migration set checksum = 'abc' where version = 1";
    outside(&db).await.execute(update).await.unwrap();
    let error = Storage::open(&db.config).await.unwrap_err();
    assert!(
        matches!(error, StorageError::Migration { version: 1, .. }),
        "{error:?}"
    );
}

async fn what_is_acknowledged_is_seen_by_another_process(db: TestDb) {
    let other = Storage::open(&db.config).await.unwrap();
    for _ in 0..20 {
        let order = db.order_for(&[], NOW).await;
        let found = other.orders().by_id(&order.id).await.unwrap();
        assert_eq!(found.unwrap().head, order);
    }
}

async fn a_closed_storage_is_unavailable(db: TestDb) {
    db.storage.close().await;
    let error = db
        .storage
        .orders()
        .place(new_order(NOW), NOW)
        .await
        .unwrap_err();
    assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}");
    assert!(error.is_temporary());
}

async fn the_probe_writes(db: TestDb) {
    db.storage.probe(NOW).await.unwrap();
    db.storage.probe(NOW + 1).await.unwrap();
    db.storage.close().await;
    db.storage.probe(NOW + 2).await.unwrap_err();
}

/// What only SQLite has: a file.
mod file {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn four_processes_may_create_the_file_at_once() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("заказы #1?.db");
        let config = DatabaseConfig::Sqlite { path: path.clone() };
        for opened in open_four_times(&config).await {
            opened.unwrap();
        }
        assert!(path.exists());
    }

    #[tokio::test]
    async fn a_directory_that_is_missing_is_unavailable() {
        let config = DatabaseConfig::Sqlite {
            path: "/nowhere/at/all.db".into(),
        };
        let error = Storage::open(&config).await.unwrap_err();
        assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}");
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("tirage.db");
        std::fs::write(
            &path,
            "this is certainly not a database, however long it may be",
        )
        .unwrap();
        let error = Storage::open(&DatabaseConfig::Sqlite { path })
            .await
            .unwrap_err();
        assert!(!error.is_temporary(), "{error:?}");
    }
}
