//! The inbox: events from targets, each kept once, so that a replay changes nothing.
//!
//! An event is only a hint that something changed; whoever processes it asks the target.

use sqlx::any::AnyRow;

use crate::db::RowExt;
use crate::{Millis, Storage, StorageError, TargetId};

/// An event waiting to be processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxEvent {
    /// Who sent it.
    pub target: TargetId,
    /// What makes it unique: the sender's event id, or a hash of what it said.
    pub key: String,
    /// When it came.
    pub received: Millis,
    /// What it said.
    pub body: String,
}

/// How the processing of an event ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Processed {
    /// As it should.
    Done,
    /// It did not; the reconciliation will heal it. With a note for staff.
    Failed(String),
}

/// The received events.
#[derive(Debug, Clone, Copy)]
pub struct Inbox<'s>(pub(crate) &'s Storage);

impl Inbox<'_> {
    /// Keeps an event. `false`: it is known already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receive(&self, event: &InboxEvent) -> Result<bool, StorageError> {
        let result = sqlx::query(
            "insert into inbox (target, event_key, received, body, state) \
             values ($1, $2, $3, $4, 'new') on conflict (target, event_key) do nothing",
        )
        .bind(event.target.as_str())
        .bind(event.key.as_str())
        .bind(event.received)
        .bind(event.body.as_str())
        .execute(&self.0.db.writer)
        .await?;
        let new = result.rows_affected() == 1;
        if new {
            self.0.wake();
        }
        Ok(new)
    }

    /// The events to process, the oldest first. Two processes may see the same event, which is
    /// why processing one must be harmless to repeat.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&self, limit: i64) -> Result<Vec<InboxEvent>, StorageError> {
        sqlx::query(
            "select target, event_key, received, body from inbox where state = 'new' \
             order by received, event_key limit $1",
        )
        .bind(limit)
        .fetch_all(&self.0.db.reader)
        .await?
        .iter()
        .map(event)
        .collect()
    }

    /// Remembers how the processing of an event ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn processed(
        &self,
        event: &InboxEvent,
        processed: &Processed,
        now: Millis,
    ) -> Result<(), StorageError> {
        let (state, note) = match processed {
            Processed::Done => ("done", None),
            Processed::Failed(note) => ("failed", Some(note.clone())),
        };
        sqlx::query(
            "update inbox set state = $3, ended = $4, note = $5 \
             where target = $1 and event_key = $2",
        )
        .bind(event.target.as_str())
        .bind(event.key.as_str())
        .bind(state)
        .bind(now)
        .bind(note)
        .execute(&self.0.db.writer)
        .await?;
        Ok(())
    }
}

fn event(row: &AnyRow) -> Result<InboxEvent, StorageError> {
    Ok(InboxEvent {
        target: TargetId::new(row.text("target")?),
        key: row.text("event_key")?,
        received: row.number("received")?,
        body: row.text("body")?,
    })
}
