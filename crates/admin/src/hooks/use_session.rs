//! Who is logged in.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::client;
use crate::state::failure::Failure;
use crate::state::screen::Access;

/// Who is logged in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SessionStore(RwSignal<Access>);

impl SessionStore {
    /// Whether somebody is.
    pub(crate) fn access(self) -> Access {
        self.0.get()
    }

    /// The name of who is.
    pub(crate) fn name(self) -> Option<String> {
        match self.0.get() {
            Access::In(name) => Some(name),
            Access::Asking | Access::Failed(_) | Access::Out { .. } => None,
        }
    }

    /// Whether somebody is, asked once.
    pub(crate) fn is_inside(self) -> bool {
        self.0
            .with_untracked(|access| matches!(access, Access::In(_)))
    }

    /// Somebody logged in.
    pub(crate) fn enter(self, name: String) {
        self.0.set(Access::In(name));
    }

    /// Nobody is any more.
    pub(crate) fn leave(self) {
        self.0.set(Access::Out { ended: false });
    }

    /// Looks at a failed request: a session that has ended leads to the login.
    pub(crate) fn notice(self, failure: &Failure) {
        if failure.needs_login() {
            self.0.set(Access::Out { ended: true });
        }
    }

    /// Asks the service.
    pub(crate) fn ask(self) {
        spawn_local(async move {
            let access = match client::session().await {
                Ok(session) => Access::In(session.name),
                Err(failure) if failure.needs_login() => Access::Out { ended: false },
                Err(failure) => Access::Failed(failure),
            };
            self.0.set(access);
        });
    }
}

/// Begins without knowing who is logged in; somebody has to [`SessionStore::ask`].
pub(crate) fn provide_session() -> SessionStore {
    let session = SessionStore(RwSignal::new(Access::Asking));
    provide_context(session);
    session
}

/// Who is logged in.
pub(crate) fn use_session() -> SessionStore {
    expect_context()
}
