//! How far the shutdown has come, told to everybody who has to act on it.

use tokio::sync::watch;

/// How far the shutdown has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not at all.
    Running,
    /// Still serving, but `/readyz` says no, so that a balancer sends nothing new.
    Draining,
    /// Nothing new is accepted or claimed; what runs may finish.
    Stopping,
}

/// Advances the phase.
#[derive(Debug)]
pub struct PhaseControl(watch::Sender<Phase>);

/// Sees the phase.
#[derive(Debug, Clone)]
pub struct PhaseWatch(watch::Receiver<Phase>);

impl PhaseControl {
    /// A process that runs.
    #[must_use]
    pub fn new() -> Self {
        Self(watch::Sender::new(Phase::Running))
    }

    /// A view of the phase.
    #[must_use]
    pub fn watch(&self) -> PhaseWatch {
        PhaseWatch(self.0.subscribe())
    }

    /// Goes on to a later phase; never back.
    pub fn advance(&self, to: Phase) {
        self.0.send_if_modified(|phase| {
            let later = to > *phase;
            if later {
                *phase = to;
            }
            later
        });
    }
}

impl Default for PhaseControl {
    fn default() -> Self {
        Self::new()
    }
}

impl PhaseWatch {
    /// How far the shutdown has come.
    #[must_use]
    pub fn current(&self) -> Phase {
        *self.0.borrow()
    }

    /// Waits for [`Phase::Stopping`].
    pub async fn stopping(&mut self) {
        // An error means that the control is gone, which is the end as well.
        let _ = self.0.wait_for(|phase| *phase == Phase::Stopping).await;
    }
}
