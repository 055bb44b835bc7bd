//! SQLite: one connection that writes, several that read, and settings that survive a power cut.
//!
//! Versions before 3.51.3 lose committed transactions when the write-ahead log is reset while a
//! second connection is open (sqlite.org/wal.html, read 2026-11), so they are refused.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row};

use super::{Db, Dialect};
use crate::StorageError;

const OLDEST: (&str, [u32; 3]) = ("3.51.3", [3, 51, 3]);
const READERS: u32 = 4;
/// How long a caller waits for its turn at the one writer before it is told "busy".
const WRITER_WAIT: Duration = Duration::from_secs(15);
/// Between two tries to make the file write ahead.
const LOCKED_PAUSE: Duration = Duration::from_millis(20);

/// Per connection. The busy timeout covers other processes (a backup, `sqlite3` by hand); our own
/// writers queue at the pool. A shared commit touches many index pages: in the 2 MB cache SQLite
/// has by default they would be written and read again within one transaction.
const WRITER_SETTINGS: &str = "pragma busy_timeout = 10000; pragma journal_mode = wal; \
     pragma synchronous = full; pragma foreign_keys = on; pragma wal_autocheckpoint = 4000; \
     pragma cache_size = -16384; pragma temp_store = memory";
const READER_SETTINGS: &str = "pragma busy_timeout = 10000; pragma query_only = on";

pub(super) async fn open(path: &Path) -> Result<Db, StorageError> {
    let url = url_of(path)?;
    // A pool tries again until it times out, which would hide what is wrong with the file.
    let mut first = AnyConnection::connect(&format!("{url}?mode=rwc")).await?;
    settle(&mut first).await?;
    first.close().await?;
    let writer = AnyPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(WRITER_WAIT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(WRITER_SETTINGS).await?;
                Ok(())
            })
        })
        .connect(&format!("{url}?mode=rwc"))
        .await?;
    assert_settings(&writer).await?;
    let reader = AnyPoolOptions::new()
        .max_connections(READERS)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(READER_SETTINGS).await?;
                Ok(())
            })
        })
        .connect(&url)
        .await?;
    Ok(Db {
        dialect: Dialect::Sqlite,
        writer,
        reader,
    })
}

/// Makes the file write ahead. SQLite does not wait for its turn at that: who comes while another
/// process does the same is told "locked" at once, so this is tried again for a while.
async fn settle(first: &mut AnyConnection) -> Result<(), StorageError> {
    let until = Instant::now() + WRITER_WAIT;
    loop {
        match first
            .execute(WRITER_SETTINGS)
            .await
            .map_err(StorageError::from)
        {
            Err(StorageError::Busy(_)) if Instant::now() < until => {
                tokio::time::sleep(LOCKED_PAUSE).await;
            }
            settled => return settled.map(drop),
        }
    }
}

/// Reads every setting back: a pragma that SQLite does not like is ignored silently.
async fn assert_settings(writer: &AnyPool) -> Result<(), StorageError> {
    let mut connection = writer.acquire().await?;
    let version = read(&mut connection, "select sqlite_version()").await?;
    if numbers(&version) < OLDEST.1.to_vec() {
        return Err(StorageError::Version {
            database: "SQLite",
            found: version,
            expected: OLDEST.0,
        });
    }
    for (name, statement, expected) in [
        ("journal_mode", "pragma journal_mode", "wal"),
        ("synchronous", "pragma synchronous", "2"),
        ("busy_timeout", "pragma busy_timeout", "10000"),
        ("foreign_keys", "pragma foreign_keys", "1"),
    ] {
        let found = read(&mut connection, statement).await?;
        if found != expected {
            return Err(StorageError::Setting {
                name,
                found,
                expected,
            });
        }
    }
    Ok(())
}

/// The first column of the only row, as text, whether SQLite answers a number or a text.
async fn read(
    connection: &mut AnyConnection,
    statement: &'static str,
) -> Result<String, StorageError> {
    let row = sqlx::query(statement).fetch_one(connection).await?;
    let text: Result<String, _> = row.try_get(0);
    match text {
        Ok(text) => Ok(text),
        Err(_) => Ok(row.try_get::<i64, _>(0)?.to_string()),
    }
}

fn numbers(version: &str) -> Vec<u32> {
    version
        .split('.')
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}

/// sqlx takes the path out of a URL and decodes it, so what a URL would swallow is encoded.
fn url_of(path: &Path) -> Result<String, StorageError> {
    let text = path
        .to_str()
        .ok_or_else(|| StorageError::Path(path.to_owned()))?;
    let mut url = "sqlite://".to_owned();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_for_the_url() {
        let url = url_of(Path::new("/tmp/заказы #1?.db")).unwrap();
        assert!(url.starts_with("sqlite:///tmp/%D0%B7"), "{url}");
        assert!(url.ends_with("%20%231%3F.db"), "{url}");
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("3.9.0") < numbers("3.51.3"));
        assert!(numbers("3.51.3") >= OLDEST.1.to_vec());
        assert!(numbers("3.51.2") < OLDEST.1.to_vec());
    }
}
