//! Who may administer: passwords, sessions, and what keeps strangers out.

pub(crate) mod origin;
mod password;
pub(crate) mod session;
mod setup;
mod throttle;

pub(crate) use password::Passwords;
pub(crate) use setup::create_first;
pub use setup::{SetupLink, offer_setup};
pub(crate) use throttle::Throttle;

/// What the doors of the administration remember.
#[derive(Debug)]
pub(crate) struct Doors {
    pub(crate) passwords: Passwords,
    pub(crate) throttle: Throttle,
}

impl Doors {
    pub(crate) fn new() -> Self {
        Self {
            passwords: Passwords::new(),
            throttle: Throttle::new(),
        }
    }
}
