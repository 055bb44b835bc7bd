//! Who may administer: users, their sessions, and the token that makes the first user.
//!
//! Session and set-up tokens come in as they are and are stored as hashes. They are random and
//! long, so a plain SHA-256 is enough; passwords are hashed by the api, slowly.

mod sessions;
mod setup;
mod users;

use crate::Storage;

pub use sessions::{SessionLimits, SessionUser};
pub use setup::Redeemed;
pub use users::{NewUser, User};

/// Users, sessions and set-up tokens.
#[derive(Debug, Clone, Copy)]
pub struct Admin<'s>(pub(crate) &'s Storage);
