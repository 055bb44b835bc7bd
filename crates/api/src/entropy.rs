//! Randomness as an argument.

use std::fmt;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// The service's one source of randomness: a cryptographic generator, seeded once.
pub struct Entropy(Mutex<StdRng>);

impl Entropy {
    /// Seeded by the operating system.
    #[must_use]
    pub fn of_the_system() -> Self {
        Self(Mutex::new(rand::make_rng()))
    }

    /// The same numbers on every run: tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// Draws from the generator.
    pub fn with<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Random bytes in hexadecimal digits, two for each.
    pub fn hex<const BYTES: usize>(&self) -> String {
        let mut bytes = [0; BYTES];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        hex(&bytes)
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

// The generator's state would tell every token to come.
impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entropy(…)")
    }
}
