//! The handle everything hangs on.

use std::sync::Arc;

use tokio::sync::watch;

use crate::db::{Db, Dialect};
use crate::orders::{Batcher, Blocks};
use crate::{
    Admin, DatabaseConfig, Inbox, Millis, Orders, Outbox, Products, Shops, StorageError, Templates,
};

/// An open database. Cheap to clone; all clones share the connections.
#[derive(Debug, Clone)]
pub struct Storage {
    pub(crate) db: Db,
    /// Present on SQLite, where submits share commits.
    pub(crate) batcher: Option<Batcher>,
    /// Used on PostgreSQL, where order numbers are reserved in blocks.
    pub(crate) blocks: Arc<Blocks>,
    pub(crate) woken: Arc<watch::Sender<u64>>,
}

impl Storage {
    /// Connects, refuses versions and settings that lose data, and brings the schema up to date.
    /// Call it inside a tokio runtime.
    ///
    /// # Errors
    /// When the database cannot be reached, is unsafe, or holds a schema we do not know.
    pub async fn open(config: &DatabaseConfig) -> Result<Self, StorageError> {
        let db = Db::open(config).await?;
        let batcher = match db.dialect {
            Dialect::Sqlite => Some(Batcher::start(db.clone())),
            Dialect::Postgres => None,
        };
        Ok(Self {
            db,
            batcher,
            blocks: Arc::default(),
            woken: Arc::new(watch::Sender::new(0)),
        })
    }

    /// The stored template texts.
    #[must_use]
    pub fn templates(&self) -> Templates<'_> {
        Templates(self)
    }

    /// The shops.
    #[must_use]
    pub fn shops(&self) -> Shops<'_> {
        Shops(self)
    }

    /// The products.
    #[must_use]
    pub fn products(&self) -> Products<'_> {
        Products(self)
    }

    /// The orders.
    #[must_use]
    pub fn orders(&self) -> Orders<'_> {
        Orders(self)
    }

    /// The deliveries.
    #[must_use]
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox(self)
    }

    /// The events received from targets.
    #[must_use]
    pub fn inbox(&self) -> Inbox<'_> {
        Inbox(self)
    }

    /// Users, sessions and set-up tokens of the administration.
    #[must_use]
    pub fn admin(&self) -> Admin<'_> {
        Admin(self)
    }

    /// Writes one row, as readiness means: a full disk or a read-only file system shows here.
    ///
    /// # Errors
    /// When writing does not work.
    pub async fn probe(&self, now: Millis) -> Result<(), StorageError> {
        sqlx::query(
            "insert into probe (id, at) values (1, $1) \
             on conflict (id) do update set at = excluded.at",
        )
        .bind(now)
        .execute(&self.db.writer)
        .await?;
        Ok(())
    }

    /// Finishes what runs and closes every connection.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// Tells this process's workers that there may be something to forward.
    pub(crate) fn wake(&self) {
        self.woken
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}
