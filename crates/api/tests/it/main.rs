//! The service as its clients see it: real router, real storage, an emulated print house on a real
//! socket. Time is a manual clock; whatever is not in this process is waited for with a deadline.

// Says so to the lints, which allow `unwrap` in tests only.
#![cfg(test)]

mod admin;
mod calculators;
mod categories;
mod embeds;
mod forwarding;
mod http;
mod killed;
mod log;
mod prices;
mod quote;
mod sockets;
mod submit;
mod tampering;
mod today;

/// Declares tests by the names of async functions that take a `TestDatabase`: on SQLite always, on
/// PostgreSQL with the feature.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(tirage_testkit::TestDatabase::Sqlite).await;
            })+
        }
        #[cfg(feature = "postgres-tests")]
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(tirage_testkit::TestDatabase::Postgres).await;
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
        tirage_testkit::postgres_url(),
        None,
        "add `--features postgres-tests`"
    );
}
