//! Values on the screen: set by what the buyer does, watched by the elements that show them.

use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::effect::ImmediateEffect;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track, WithValue};

/// A value that tells its watchers when it has become another one.
///
/// A trigger beside a plain cell, because a signal of its own for every type is heavy.
#[derive(Debug)]
pub(crate) struct Live<T> {
    value: Rc<RefCell<T>>,
    changed: ArcTrigger,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        Self {
            value: Rc::clone(&self.value),
            changed: self.changed.clone(),
        }
    }
}

impl<T: PartialEq> Live<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            value: Rc::new(RefCell::new(value)),
            changed: ArcTrigger::new(),
        }
    }

    /// Shows another value; nothing happens when it is the same.
    pub(crate) fn set(&self, value: T) {
        if *self.value.borrow() == value {
            return;
        }
        *self.value.borrow_mut() = value;
        self.changed.notify();
    }

    /// Reads the value; inside [`watch`], runs it again when the value changes.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        read(&self.value.borrow())
    }
}

/// Runs `show` now and whenever something it read has changed, until the owner is disposed of.
pub(crate) fn watch(show: impl Fn() + 'static) {
    watch_boxed(Box::new(show));
}

fn watch_boxed(show: Box<dyn Fn()>) {
    // Elements belong to this thread; a stored value is how they pass for `Send`.
    let show = StoredValue::new_local(show);
    ImmediateEffect::new_scoped(move || {
        show.try_with_value(|show| show());
    });
}
