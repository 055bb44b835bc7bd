//! A database of its own for every test.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestDatabase {
    /// A file in a temporary directory.
    Sqlite,
    /// A schema on the server that `TEST_POSTGRES_URL` names.
    Postgres,
}

/// Tells the schemas of one test run apart.
static SCHEMA: AtomicU64 = AtomicU64::new(1);

impl TestDatabase {
    /// The `[database]` section of the settings.
    pub(crate) async fn settings(self, directory: &Path) -> String {
        match self {
            Self::Sqlite => {
                let path = directory.join("tirage.db");
                format!("[database]\nkind = \"sqlite\"\npath = {path:?}\n")
            }
            Self::Postgres => {
                let url = schema().await;
                format!("[database]\nkind = \"postgres\"\nurl = {url:?}\n")
            }
        }
    }
}

async fn schema() -> String {
    let server = postgres_url().expect("TEST_POSTGRES_URL names a server");
    let number = SCHEMA.fetch_add(1, Ordering::Relaxed);
    let schema = format!("api{}_{number}", std::process::id());
    let mut connection = PgConnection::connect(&server).await.expect("a server");
    let create = format!("drop schema if exists {schema} cascade; create schema {schema}");
    let created = connection.execute(AssertSqlSafe(create)).await;
    created.expect("a schema");
    let separator = if server.contains('?') { '&' } else { '?' };
    format!("{server}{separator}options=-csearch_path%3D{schema}")
}

/// The server to test on, from the environment.
#[must_use]
pub fn postgres_url() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test runner names the server, there is no configuration to read it from"
    )]
    std::env::var("TEST_POSTGRES_URL").ok()
}
