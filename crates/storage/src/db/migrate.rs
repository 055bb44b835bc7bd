//! Brings the schema up to date when the database is opened.
//!
//! Every migration is one text for both databases and is recorded with its checksum. All pending
//! ones run in one transaction behind a lock, so several processes may start at once. Own code
//! and not sqlx's migrator, because that neither locks SQLite nor takes one text for two databases.

use super::{Db, Dialect, RowExt, Tx};
use crate::StorageError;
use crate::ids::sha256_hex;

/// In order; the text of a released migration never changes.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../../migrations/0001_start.sql")),
    (2, include_str!("../../migrations/0002_shipping.sql")),
    (3, include_str!("../../migrations/0003_groups.sql")),
];

/// Any number that no other program on this server uses for an advisory lock.
const LOCK: &str = "select pg_advisory_xact_lock(7402618355)";

pub(super) async fn run(db: &Db) -> Result<(), StorageError> {
    let mut tx = db.begin().await?;
    if db.dialect == Dialect::Postgres {
        sqlx::raw_sql(LOCK).execute(&mut *tx).await?;
    }
    sqlx::raw_sql(
        "create table if not exists schema_migration (\
           version bigint not null primary key, checksum text not null)",
    )
    .execute(&mut *tx)
    .await?;
    let done = recorded(&mut tx).await?;
    check(&done)?;
    for (version, text) in MIGRATIONS.iter().skip(done.len()) {
        sqlx::raw_sql(*text).execute(&mut *tx).await?;
        sqlx::query("insert into schema_migration (version, checksum) values ($1, $2)")
            .bind(*version)
            .bind(checksum(text))
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn recorded(tx: &mut Tx) -> Result<Vec<(i64, String)>, StorageError> {
    sqlx::query("select version, checksum from schema_migration order by version")
        .fetch_all(&mut **tx)
        .await?
        .iter()
        .map(|row| Ok((row.number("version")?, row.text("checksum")?)))
        .collect()
}

/// What is recorded must be the beginning of what we know, text by text.
fn check(done: &[(i64, String)]) -> Result<(), StorageError> {
    for (index, (version, found)) in done.iter().enumerate() {
        let expected = MIGRATIONS
            .get(index)
            .filter(|(known, _)| known == version)
            .map_or_else(|| "none".to_owned(), |(_, text)| checksum(text));
        if *found != expected {
            return Err(StorageError::Migration {
                version: *version,
                found: found.clone(),
                expected,
            });
        }
    }
    Ok(())
}

fn checksum(text: &str) -> String {
    sha256_hex(text.as_bytes())
}
