//! PostgreSQL: one pool for everything, and a refusal of settings that lose what was acknowledged.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, Connection, Executor, Row};

use super::{Db, Dialect};
use crate::StorageError;

const OLDEST: (&str, i64) = ("14.0", 140_000);
const CONNECTIONS: u32 = 16;
const POOL_WAIT: Duration = Duration::from_secs(15);

/// A connection that rested for longer is tested before it is used: the server may have restarted.
const IDLE_BEFORE_TEST: Duration = Duration::from_secs(1);

/// A lock is waited for as long as SQLite's busy timeout; a statement that takes longer than any
/// of ours ever should is ended by the server, so a pool cannot be drained by one bad plan.
const SETTINGS: &str = "set lock_timeout = '10s'; set statement_timeout = '30s'; \
     set idle_in_transaction_session_timeout = '60s'";

pub(super) async fn open(url: &SecretString) -> Result<Db, StorageError> {
    // A pool tries again until it times out, which would hide why the server refuses us.
    let mut first = AnyConnection::connect(url.expose_secret()).await?;
    assert_settings(&mut first).await?;
    first.close().await?;
    let pool = AnyPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(POOL_WAIT)
        .test_before_acquire(false)
        .before_acquire(|connection, used| {
            Box::pin(async move {
                // A question before every statement would cost a round trip each.
                if used.idle_for > IDLE_BEFORE_TEST {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(SETTINGS).await?;
                Ok(())
            })
        })
        .connect(url.expose_secret())
        .await?;
    Ok(Db {
        dialect: Dialect::Postgres,
        writer: pool.clone(),
        reader: pool,
    })
}

async fn assert_settings(server: &mut AnyConnection) -> Result<(), StorageError> {
    let version: String = read(server, "select current_setting('server_version_num')").await?;
    if version.parse().unwrap_or(0) < OLDEST.1 {
        return Err(StorageError::Version {
            database: "PostgreSQL",
            found: version,
            expected: OLDEST.0,
        });
    }
    for (name, statement) in [
        ("fsync", "select current_setting('fsync')"),
        (
            "synchronous_commit",
            "select current_setting('synchronous_commit')",
        ),
    ] {
        let found = read(server, statement).await?;
        if found == "off" {
            return Err(StorageError::Setting {
                name,
                found,
                expected: "anything but `off`",
            });
        }
    }
    Ok(())
}

async fn read(server: &mut AnyConnection, statement: &'static str) -> Result<String, StorageError> {
    let row = sqlx::query(statement).fetch_one(server).await?;
    Ok(row.try_get(0)?)
}
