//! Group commit for SQLite: orders that wait together are stored with one sync to disk.
//!
//! A task owns the work, so a client that hangs up cannot roll back its neighbours. An order that
//! fails takes the batch down with it, and then each of the batch is tried alone; that is rare,
//! and it keeps savepoints out of the usual path.

use tokio::sync::{mpsc, oneshot};

use super::number::Counter;
use super::place::{existing, insert};
use super::{NewOrder, Placed};
use crate::db::Db;
use crate::{Millis, StorageError};

/// Bounds how long a single commit, and so everybody else's wait for the writer, may take.
const LARGEST_BATCH: usize = 64;
/// Beyond this, submits wait to enter the queue; the api sheds load before.
const QUEUE: usize = 1024;

/// The way to the task. The task ends when the last copy is gone.
#[derive(Debug, Clone)]
pub(crate) struct Batcher(mpsc::Sender<Job>);

/// One order on its way, and who waits for it.
#[derive(Debug)]
struct Job {
    order: NewOrder,
    now: Millis,
    reply: oneshot::Sender<Result<Placed, StorageError>>,
}

impl Batcher {
    pub(crate) fn start(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(run(db, receiver));
        Self(sender)
    }

    pub(super) async fn place(&self, order: NewOrder, now: Millis) -> Result<Placed, StorageError> {
        let (reply, answer) = oneshot::channel();
        let job = Job { order, now, reply };
        self.0.send(job).await.map_err(|_| StorageError::Closing)?;
        answer.await.map_err(|_| StorageError::Closing)?
    }
}

async fn run(db: Db, mut queue: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(LARGEST_BATCH);
    while queue.recv_many(&mut jobs, LARGEST_BATCH).await > 0 {
        match place_all(&db, &jobs).await {
            Ok(placed) => {
                for (job, placed) in jobs.drain(..).zip(placed) {
                    job.answer(Ok(placed));
                }
            }
            Err(error) if jobs.len() == 1 || error.is_temporary() => {
                for job in jobs.drain(..) {
                    job.answer(Err(error.clone()));
                }
            }
            Err(_) => {
                for job in jobs.drain(..) {
                    let result = place_all(&db, std::slice::from_ref(&job)).await;
                    job.answer(
                        result.and_then(|mut placed| placed.pop().ok_or(StorageError::Closing)),
                    );
                }
            }
        }
    }
}

impl Job {
    fn answer(self, result: Result<Placed, StorageError>) {
        // Whoever asked may have gone; the order is stored all the same.
        let _ = self.reply.send(result);
    }
}

/// All of them in one transaction, or none.
async fn place_all(db: &Db, jobs: &[Job]) -> Result<Vec<Placed>, StorageError> {
    let mut tx = db.begin().await?;
    let mut counter = Counter::default();
    let mut placed = Vec::with_capacity(jobs.len());
    for Job { order, now, .. } in jobs {
        let number = counter.peek(&mut tx, &order.shop).await?;
        if let Some(head) = insert(&mut tx, order, number, *now).await? {
            counter.advance(&order.shop);
            placed.push(Placed::New(head));
        } else {
            let earlier = existing(&mut tx, order).await?;
            placed.push(earlier.ok_or(StorageError::Vanished { table: "orders" })?);
        }
    }
    counter.save(&mut tx).await?;
    tx.commit().await?;
    Ok(placed)
}
