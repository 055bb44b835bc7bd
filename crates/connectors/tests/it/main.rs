//! The connectors over real sockets: one binary for all of them.

// The attributes are what lets helpers, not only test functions, unwrap.
#[cfg(test)]
mod asystem;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod poly1c;
#[cfg(test)]
mod script;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod transport;
