//! The running programs, as process groups, and the signals that end them.
//!
//! The first SIGINT, SIGTERM or SIGHUP asks every group to end and lets the task clean up; the
//! second one kills them.

use std::collections::BTreeSet;
use std::process::{ChildStdout, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// How long a program may take to end when asked to, before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(10);

/// All running process groups of this run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Children {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    groups: Mutex<BTreeSet<i32>>,
    interrupted: AtomicBool,
}

impl Shared {
    fn groups(&self) -> MutexGuard<'_, BTreeSet<i32>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn signal_all(&self, signal: Signal) {
        for group in self.groups().iter() {
            signal_group(*group, signal);
        }
    }
}

impl Children {
    /// An empty set, and a thread that passes signals on to it.
    pub(crate) fn watching_for_signals() -> anyhow::Result<Children> {
        let children = Children::default();
        let shared = Arc::clone(&children.shared);
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot listen for signals")?;
        thread::spawn(move || {
            for _ in signals.forever() {
                if shared.interrupted.swap(true, Ordering::SeqCst) {
                    shared.signal_all(Signal::KILL);
                    std::process::exit(130);
                }
                shared.signal_all(Signal::TERM);
            }
        });
        Ok(children)
    }

    /// Whether a signal asked this run to end.
    pub(crate) fn interrupted(&self) -> bool {
        self.shared.interrupted.load(Ordering::SeqCst)
    }

    /// Takes responsibility for a started program, which must lead a process group of its own.
    pub(crate) fn adopt(&self, process: std::process::Child) -> anyhow::Result<Child> {
        let group = i32::try_from(process.id()).context("a process id beyond 31 bits")?;
        self.shared.groups().insert(group);
        let child = Child {
            process,
            group,
            shared: Arc::clone(&self.shared),
        };
        if self.interrupted() {
            // The signal came between the start and the registration.
            signal_group(group, Signal::TERM);
        }
        Ok(child)
    }
}

/// A running program; dropping it ends it and everything in its process group.
#[derive(Debug)]
pub(crate) struct Child {
    process: std::process::Child,
    group: i32,
    shared: Arc<Shared>,
}

impl Child {
    /// Its standard output, once, if piped.
    pub(crate) fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.process.stdout.take()
    }

    /// Waits until it ends by itself.
    pub(crate) fn wait(mut self) -> anyhow::Result<ExitStatus> {
        self.process.wait().context("cannot wait for a program")
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        self.process
            .try_wait()
            .context("cannot ask for a program's state")
    }

    fn ends_within(&mut self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        loop {
            match self.process.try_wait() {
                Ok(None) if Instant::now() < deadline => thread::sleep(POLL),
                Ok(None) => return false,
                Ok(Some(_)) | Err(_) => return true,
            }
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        signal_group(self.group, Signal::TERM);
        if !self.ends_within(PATIENCE) {
            signal_group(self.group, Signal::KILL);
            self.ends_within(PATIENCE);
        }
        self.shared.groups().remove(&self.group);
    }
}

fn signal_group(group: i32, signal: Signal) {
    if let Some(group) = Pid::from_raw(group) {
        // An error says that the group is gone already, which is what is wanted.
        let _gone = kill_process_group(group, signal);
    }
}
