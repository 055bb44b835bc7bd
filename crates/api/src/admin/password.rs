//! Passwords: argon2id with OWASP's minimum (19 MiB, two passes, one lane).
//!
//! Hashing takes tens of milliseconds and much memory on purpose, so it runs beside the threads
//! that serve requests, and four at a time at most: a flood of logins cannot take the memory.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

use crate::entropy::Entropy;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const AT_ONCE: usize = 4;
const SALT_BYTES: usize = 16;
/// The shortest password, in characters. NIST asks for length, not for kinds of characters.
pub(crate) const SHORTEST: usize = 12;
/// Far beyond any passphrase; a longer one is an attack on the hashing.
const LONGEST_BYTES: usize = 1_024;

/// Hashes and checks passwords.
#[derive(Debug)]
pub(crate) struct Passwords {
    turns: Semaphore,
}

/// Why a password cannot be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PasswordFault {
    /// The stored hash or our own parameters are not argon2's.
    #[error("argon2: {0}")]
    Hash(argon2::password_hash::Error),
    /// The task that hashes was ended.
    #[error("the hashing was cut off")]
    CutOff,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self {
            turns: Semaphore::new(AT_ONCE),
        }
    }

    /// Whether a password may be chosen.
    pub(crate) fn is_acceptable(name: &str, password: &str) -> bool {
        password.chars().count() >= SHORTEST
            && password.len() <= LONGEST_BYTES
            && password.to_lowercase() != name.to_lowercase()
    }

    /// The hash to store.
    pub(crate) async fn hash(
        &self,
        password: SecretString,
        entropy: &Entropy,
    ) -> Result<String, PasswordFault> {
        let mut salt = [0; SALT_BYTES];
        entropy.with(|rng| rand::Rng::fill_bytes(rng, &mut salt));
        self.in_turn(move || {
            let hash =
                hasher()?.hash_password_with_salt(password.expose_secret().as_bytes(), &salt)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the one of the stored hash. Without one it takes as long, so that
    /// an answer's time does not tell which names exist.
    pub(crate) async fn verify(
        &self,
        password: SecretString,
        stored: Option<String>,
    ) -> Result<bool, PasswordFault> {
        if password.expose_secret().len() > LONGEST_BYTES {
            return Ok(false);
        }
        self.in_turn(move || {
            let bytes = password.expose_secret().as_bytes();
            let Some(stored) = stored else {
                hasher()?.hash_password_with_salt(bytes, &[0; SALT_BYTES])?;
                return Ok(false);
            };
            match hasher()?.verify_password(bytes, stored.as_str()) {
                Ok(()) => Ok(true),
                Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
    ) -> Result<T, PasswordFault> {
        let turn = self.turns.acquire().await;
        let _turn = turn.map_err(|_| PasswordFault::CutOff)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| PasswordFault::CutOff)?
            .map_err(PasswordFault::Hash)
    }
}

fn hasher() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(argon2::password_hash::Error::from)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_verified() {
        let passwords = Passwords::new();
        let entropy = Entropy::seeded(1);
        let secret = |text: &str| SecretString::from(text);
        let hash = passwords
            .hash(secret("correct horse"), &entropy)
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let again = passwords
            .hash(secret("correct horse"), &entropy)
            .await
            .unwrap();
        assert_ne!(hash, again, "the salt must be fresh");
        let verify = async |password, stored| passwords.verify(secret(password), stored).await;
        assert!(verify("correct horse", Some(hash.clone())).await.unwrap());
        assert!(!verify("Correct horse", Some(hash)).await.unwrap());
        assert!(!verify("correct horse", None).await.unwrap());
        assert!(
            verify("correct horse", Some("not a hash".to_owned()))
                .await
                .is_err()
        );
    }

    #[test]
    fn a_password_is_long_and_not_the_name() {
        assert!(Passwords::is_acceptable("anna", "twelve chars"));
        assert!(Passwords::is_acceptable("anna", "двенадцать б"));
        assert!(!Passwords::is_acceptable("anna", "eleven char"));
        assert!(!Passwords::is_acceptable(
            "Anna-Anna-Anna",
            "anna-anna-anna"
        ));
        assert!(!Passwords::is_acceptable("anna", &"x".repeat(1_025)));
    }
}
