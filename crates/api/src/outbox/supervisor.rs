//! The loop of one target: claims while there is room, sleeps while there is nothing to do.
//!
//! It wakes up when this process stores or settles something, when the next delivery is due, and
//! now and then anyway, because another process may have stored something.

use std::sync::Arc;
use std::time::Duration;

use tirage_storage::outbox::{Claim, Claimed};
use tirage_storage::{Millis, StorageError};
use tokio::task::JoinSet;

use super::worker::Worker;

/// Runs until the service stops, and then until everything under way is settled.
pub(super) async fn run(worker: Arc<Worker>) {
    let room = worker.app.config.outbox.workers as usize;
    let mut changes = worker.app.storage.outbox().changes();
    let mut phase = worker.app.phase.clone();
    let mut running = JoinSet::new();
    loop {
        // Before looking, so that what comes while we look is not missed.
        changes.mark_unchanged();
        let pause = if running.len() < room {
            match worker.claim().await {
                Ok(Claim::Leased(claimed)) => {
                    running.spawn(attempt(Arc::clone(&worker), *claimed));
                    continue;
                }
                Ok(Claim::Wait { until, .. }) => until_then(&worker, until),
                Err(error) => after_failure(&worker, &error),
            }
        } else {
            worker.app.config.outbox.poll()
        };
        tokio::select! {
            biased;
            () = phase.stopping() => break,
            Some(ended) = running.join_next() => note(ended),
            _ = changes.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    while let Some(ended) = running.join_next().await {
        note(ended);
    }
}

async fn attempt(worker: Arc<Worker>, claimed: Claimed) {
    let delivery = claimed.id.clone();
    if let Err(error) = worker.work(claimed).await {
        // The lease runs out, and whoever claims it next looks it up first.
        let error = anyhow::Error::from(error);
        tracing::error!(%delivery, error = format!("{error:#}"), "cannot settle");
    }
}

fn until_then(worker: &Worker, until: Option<Millis>) -> Duration {
    let poll = worker.app.config.outbox.poll();
    let Some(until) = until else { return poll };
    let wait = (until - worker.app.clock.now()).max(1);
    Duration::from_millis(u64::try_from(wait).unwrap_or(1)).min(poll)
}

fn after_failure(worker: &Worker, error: &StorageError) -> Duration {
    tracing::error!(%error, target = %worker.target.id, "cannot look for deliveries");
    worker.app.config.outbox.poll()
}

fn note(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "an attempt failed; it counts as of unknown outcome");
    }
}
