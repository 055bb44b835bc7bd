//! The emulators over real sockets: one binary for all of them.

// The attribute is what lets helpers, not only test functions, unwrap.
#[cfg(test)]
mod asystem;
