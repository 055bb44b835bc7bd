//! Storage tests: one body each, run on SQLite always and on PostgreSQL with `postgres-tests`.
//!
//! No test sleeps or reads a clock: time is an argument, and so every wait is a number.

// Says so to the lints, which allow `unwrap` in tests only.
#![cfg(test)]

mod admin;
mod catalogue;
mod database;
mod delivery;
mod gates;
mod inbox;
mod leases;
mod operator;
mod orders;
mod setup;

/// Declares tests by the names of async functions that take a [`setup::TestDb`].
macro_rules! on_both {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::setup::TestDb::sqlite().await).await;
            })+
        }
        #[cfg(feature = "postgres-tests")]
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::setup::TestDb::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both;

/// A server that nobody uses would be a green test that tested nothing.
#[cfg(not(feature = "postgres-tests"))]
#[test]
fn no_server_is_given_without_the_feature_that_uses_it() {
    assert_eq!(
        setup::postgres_url(),
        None,
        "add `--features postgres-tests`"
    );
}
