//! The first administrator: made through a link that is printed at start, works once, and for a
//! quarter of an hour. There is no default account and no default password.

use secrecy::{ExposeSecret as _, SecretString};
use tirage_storage::{Millis, NewUser, Redeemed, StorageError, UserId};
use tirage_wire::admin::Setup;
use tirage_wire::problem::{FieldError, ProblemCode};

use http::StatusCode;

use super::password::{Passwords, SHORTEST};
use crate::app::App;
use crate::error::ApiError;

const VALID_MS: Millis = 15 * 60_000;
const LONGEST_NAME: usize = 64;
const OWNER: &str = "owner";

/// The printed link. Not for the log.
#[derive(Debug)]
pub struct SetupLink(SecretString);

impl SetupLink {
    /// The link itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

/// The new administrator.
#[derive(Debug)]
pub(crate) struct Created {
    pub(crate) id: UserId,
    pub(crate) name: String,
}

/// A link that makes the first administrator, as long as there is none.
///
/// # Errors
/// When the database fails.
pub async fn offer_setup(app: &App) -> Result<Option<SetupLink>, StorageError> {
    let admin = app.storage.admin();
    if !admin.users().await?.is_empty() {
        return Ok(None);
    }
    let token = app.entropy.hex::<32>();
    let now = app.clock.now();
    admin.issue_setup_token(&token, now + VALID_MS, now).await?;
    // Behind the `#`, so that it never reaches a server's log on the way.
    let link = format!("{}/admin/setup#token={token}", app.config.server.public_url);
    Ok(Some(SetupLink(link.into())))
}

/// Makes the first administrator with the token of the link.
pub(crate) async fn create_first(app: &App, setup: Setup) -> Result<Created, ApiError> {
    let name = setup.name.trim().to_owned();
    check(&name, &setup.password)?;
    let admin = app.storage.admin();
    if !admin.users().await?.is_empty() {
        return Err(over());
    }
    let password = SecretString::from(setup.password);
    let hash = app.doors.passwords.hash(password, &app.entropy).await;
    let now = app.clock.now();
    let user = NewUser {
        id: app.entropy.with(|rng| UserId::random(now, rng)),
        name: name.clone(),
        password_hash: hash.map_err(ApiError::internal)?,
        role: OWNER.to_owned(),
    };
    match admin.redeem_setup_token(&setup.token, &user, now).await? {
        Redeemed::Created => Ok(Created { id: user.id, name }),
        Redeemed::Refused | Redeemed::NameTaken => Err(over()),
    }
}

fn over() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        ProblemCode::Forbidden,
        "this link is used up or too old; a restart of the service prints a new one as long as \
         there is no administrator",
    )
}

fn check(name: &str, password: &str) -> Result<(), ApiError> {
    let mut errors = Vec::new();
    let error = |pointer: &str, expected: String| FieldError {
        pointer: pointer.to_owned(),
        expected,
        found: "another text".to_owned(),
    };
    let printable = !name.chars().any(char::is_control);
    if !(1..=LONGEST_NAME).contains(&name.chars().count()) || !printable {
        let expected = format!("a name of 1 to {LONGEST_NAME} characters");
        errors.push(error("/name", expected));
    }
    if !Passwords::is_acceptable(name, password) {
        let expected = format!("at least {SHORTEST} characters, and not the name");
        errors.push(error("/password", expected));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::validation(errors))
    }
}
