//! Short messages at the edge of the screen, which screen readers read out as they come.

use std::time::Duration;

use leptos::prelude::*;

const SHOWN_FOR: Duration = Duration::from_secs(6);

/// The message of the moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notices {
    message: RwSignal<Option<String>>,
    said: StoredValue<u32>,
}

impl Notices {
    /// Says something for a while; a later message takes its place.
    pub(crate) fn say(self, message: String) {
        let mine = self.said.get_value().wrapping_add(1);
        self.said.set_value(mine);
        self.message.set(Some(message));
        let end = move || {
            if self.said.get_value() == mine {
                self.message.set(None);
            }
        };
        set_timeout(end, SHOWN_FOR);
    }

    /// What is said now.
    pub(crate) fn message(self) -> Option<String> {
        self.message.get()
    }
}

/// Begins with nothing to say.
pub(crate) fn provide_notices() -> Notices {
    let notices = Notices {
        message: RwSignal::new(None),
        said: StoredValue::new(0),
    };
    provide_context(notices);
    notices
}

/// The messages at the edge of the screen.
pub(crate) fn use_notices() -> Notices {
    expect_context()
}
