//! The names of things: ids as types of their own, and how random ones are made.
//!
//! Ids that we invent begin with their time, so that an index on them grows at its end. Tokens
//! carry 160 random bits and hide themselves from `Debug`, so that no log line opens an order.

use std::fmt;

use rand::Rng;
use sha2::{Digest, Sha256};

use crate::Millis;

/// Crockford's alphabet in lower case: no `i`, `l`, `o`, `u`, so it survives being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id! {
    /// A shop, as the administrator named it.
    ShopId
}
text_id! {
    /// An order: 26 characters, sorted by time.
    OrderId
}
text_id! {
    /// A delivery: `<order>.<target>.<seq>`, so its place is seen in any log line.
    DeliveryId
}
text_id! {
    /// A configured connection, as the administrator named it (`asystem`).
    TargetId
}
text_id! {
    /// A user of the administration.
    UserId
}
text_id! {
    /// SHA-256 of a template's text, in lower case hex: the template's own name.
    Revision
}

impl OrderId {
    /// A new id for an order placed at `now`.
    pub fn random(now: Millis, rng: &mut impl Rng) -> Self {
        Self(timed_id(now, rng))
    }
}

impl UserId {
    /// A new id for a user created at `now`.
    pub fn random(now: Millis, rng: &mut impl Rng) -> Self {
        Self(timed_id(now, rng))
    }
}

impl Revision {
    /// The revision of a template's text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(sha256_hex(text.as_bytes()))
    }
}

/// The unguessable part of an order's status page. Whoever has it sees the order.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OrderToken(String);

impl OrderToken {
    /// A new token of 160 random bits.
    pub fn random(rng: &mut impl Rng) -> Self {
        let mut bytes = [0; 20];
        rng.fill_bytes(&mut bytes);
        Self(base32(&bytes))
    }

    /// A token that came with a request.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The token itself, to build the address of the status page.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OrderToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OrderToken(…)")
    }
}

/// SHA-256 in lower case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a `String` cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// The key under which a target recognises a repeated delivery: 26 characters, a pure function
/// of what the delivery is, so it is the same after a restart and after a replay by hand.
pub(crate) fn idem_key(order: &OrderId, target: &TargetId, kind: &str, seq: i64) -> String {
    let identity = format!("{order}\n{target}\n{kind}\n{seq}");
    base32(&Sha256::digest(identity.as_bytes())[..16])
}

/// 48 bits of time and 80 random bits, in 26 characters.
fn timed_id(now: Millis, rng: &mut impl Rng) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    bytes[..6].copy_from_slice(&now.to_be_bytes()[2..]);
    base32(&bytes)
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(symbol(held >> bits));
        }
    }
    if bits > 0 {
        text.push(symbol(held << (5 - bits)));
    }
    text
}

fn symbol(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn ids_of_a_later_millisecond_sort_later() {
        let mut rng = StdRng::seed_from_u64(1);
        let earlier = OrderId::random(1_790_000_000_000, &mut rng);
        let later = OrderId::random(1_790_000_000_001, &mut rng);
        assert_eq!(earlier.as_str().len(), 26);
        assert!(earlier < later);
    }

    #[test]
    fn a_token_is_long_and_never_shown_by_debug() {
        let token = OrderToken::random(&mut StdRng::seed_from_u64(2));
        assert_eq!(token.reveal().len(), 32);
        assert!(!format!("{token:?}").contains(token.reveal()));
    }

    #[test]
    fn the_revision_is_the_sha_256_of_the_text() {
        let revision = Revision::of("abc");
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(revision.as_str(), known);
    }

    #[test]
    fn the_idempotency_key_depends_on_every_part() {
        let key = |order: &str, target: &str, kind, seq| {
            idem_key(&order.into(), &target.into(), kind, seq)
        };
        let first = key("o", "t", "create", 1);
        assert_eq!(first.len(), 26);
        assert_eq!(first, key("o", "t", "create", 1));
        for other in [key("p", "t", "create", 1), key("o", "u", "create", 1)] {
            assert_ne!(first, other);
        }
        assert_ne!(first, key("o", "t", "update", 1));
        assert_ne!(first, key("o", "t", "create", 2));
    }
}
