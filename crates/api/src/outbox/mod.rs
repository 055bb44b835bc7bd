//! Forwards stored orders to the print houses, for as long as it takes.
//!
//! One supervisor per target claims deliveries and lets workers send them; what happens to a
//! delivery is decided by `attempt` (the calls), `verdict` (what a failure means) and the policy
//! of the storage (when to try again). A target that is down takes nobody else with it.

mod attempt;
mod supervisor;
mod targets;
mod verdict;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::app::App;

pub use targets::{Target, targets};
pub use worker::{Step, Worker};

/// The running supervisors.
#[derive(Debug)]
pub struct Supervisors(JoinSet<()>);

/// Starts forwarding to every target; the phase of the app ends it.
pub fn start(app: &Arc<App>, targets: Vec<Target>) -> Supervisors {
    let mut running = JoinSet::new();
    for (index, target) in targets.into_iter().enumerate() {
        let owner = format!("{}-{index}", app.entropy.hex::<4>());
        let worker = Worker::new(Arc::clone(app), target, owner);
        running.spawn(supervisor::run(Arc::new(worker)));
    }
    Supervisors(running)
}

impl Supervisors {
    /// Waits until everything under way is settled or given back. What takes longer than the
    /// limit is cut off: its lease runs out, and then it is looked up.
    pub async fn finish(mut self, limit: Duration) {
        let ended = tokio::time::timeout(limit, self.join()).await;
        if ended.is_err() {
            tracing::warn!("some deliveries are cut off and will be looked up");
            self.0.shutdown().await;
        }
    }

    async fn join(&mut self) {
        while let Some(ended) = self.0.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a supervisor failed");
            }
        }
    }
}
