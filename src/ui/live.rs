//! Values on the screen: set by what the buyer does, watched by the elements that show them.
//!
//! What Leptos's signals, immediate effects and owners do, in the one form that the widget needs:
//! on one thread, and run at once. See `docs/decisions/0002-size-of-the-widget.md`.

use std::cell::{Cell, RefCell};
use std::mem::{ManuallyDrop, replace};
use std::rc::{Rc, Weak};

thread_local! {
    /// The watcher that runs now: what it reads, it watches; what it makes, it owns.
    /// Never dropped: what has to be would be asked at every access whether it has been.
    static RUNNING: RefCell<ManuallyDrop<Option<Rc<Watcher>>>> =
        const { RefCell::new(ManuallyDrop::new(None)) };
}

fn running() -> Option<Rc<Watcher>> {
    RUNNING.with_borrow(|running| (**running).clone())
}

/// Makes another watcher the one that runs, and returns the one before.
fn enter(watcher: Option<Rc<Watcher>>) -> Option<Rc<Watcher>> {
    RUNNING.with_borrow_mut(|running| replace(&mut **running, watcher))
}

/// A value that tells its watchers when it has become another one.
#[derive(Debug)]
pub(crate) struct Live<T> {
    value: Rc<RefCell<T>>,
    watchers: Watchers,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        Self {
            value: Rc::clone(&self.value),
            watchers: self.watchers.clone(),
        }
    }
}

impl<T: PartialEq> Live<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            value: Rc::new(RefCell::new(value)),
            watchers: Watchers::default(),
        }
    }

    /// Shows another value; nothing happens when it is the same.
    pub(crate) fn set(&self, value: T) {
        self.change(value);
    }

    /// The same, and says whether it is another one.
    pub(crate) fn change(&self, value: T) -> bool {
        if *self.value.borrow() == value {
            return false;
        }
        *self.value.borrow_mut() = value;
        self.watchers.notify();
        true
    }

    /// Reads the value; inside [`watch`], runs it again when the value changes.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.watchers.track();
        read(&self.value.borrow())
    }
}

/// Who watches a value, without its type: the code is there once for all types.
#[derive(Debug, Clone, Default)]
struct Watchers(Rc<RefCell<Vec<Weak<Watcher>>>>);

impl Watchers {
    fn track(&self) {
        let Some(running) = running() else {
            return;
        };
        let running = Rc::downgrade(&running);
        let mut watchers = self.0.borrow_mut();
        if !watchers.iter().any(|known| known.ptr_eq(&running)) {
            watchers.push(running);
        }
    }

    fn notify(&self) {
        let mut watchers = self.0.borrow_mut();
        watchers.retain(|watcher| watcher.strong_count() > 0);
        let now = watchers.clone();
        drop(watchers);
        for watcher in now {
            // One that ran before may have taken this one away.
            if let Some(watcher) = watcher.upgrade() {
                watcher.run();
            }
        }
    }
}

/// What shows something. A trait of our own: for each closure behind `dyn Fn` the compiler keeps ways
/// to call it that nobody takes.
trait Show {
    fn show(&self);
}

impl<F: Fn()> Show for F {
    fn show(&self) {
        self();
    }
}

/// Something shown, and everything that was made while it was shown last.
struct Watcher {
    /// None for the root of an owner, which shows nothing by itself.
    show: Option<Box<dyn Show>>,
    owned: RefCell<Vec<Rc<Watcher>>>,
    is_running: Cell<bool>,
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watcher")
    }
}

impl Watcher {
    fn new(show: Option<Box<dyn Show>>) -> Rc<Self> {
        Rc::new(Self {
            show,
            owned: RefCell::default(),
            is_running: Cell::new(false),
        })
    }

    /// Shows it; what it changes itself does not start it anew.
    fn run(self: &Rc<Self>) {
        let Some(show) = &self.show else {
            return;
        };
        if self.is_running.replace(true) {
            return;
        }
        drop(self.owned.take());
        let before = enter(Some(Rc::clone(self)));
        show.show();
        enter(before);
        self.is_running.set(false);
    }
}

/// Runs `show` now and whenever something it read has changed, until what made it is gone.
pub(crate) fn watch(show: impl Fn() + 'static) {
    watch_boxed(Box::new(show));
}

fn watch_boxed(show: Box<dyn Show>) {
    let watcher = Watcher::new(Some(show));
    let owner = running();
    if let Some(owner) = owner {
        owner.owned.borrow_mut().push(Rc::clone(&watcher));
    }
    watcher.run();
}

/// Keeps what is watched alive: dropping it ends all of it.
#[derive(Debug)]
pub(crate) struct Owner(Rc<Watcher>);

impl Owner {
    /// Makes something, and owns what it watches.
    pub(crate) fn of<T>(make: impl FnOnce() -> T) -> (Self, T) {
        let owner = Self(Watcher::new(None));
        let made = owner.more(make);
        (owner, made)
    }

    /// Makes something more, and owns what it watches too.
    pub(crate) fn more<T>(&self, make: impl FnOnce() -> T) -> T {
        let root = Some(Rc::clone(&self.0));
        let before = enter(root);
        let made = make();
        enter(before);
        made
    }
}
