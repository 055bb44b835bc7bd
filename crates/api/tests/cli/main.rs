//! The template tools as their users run them: the real binary on real files.

// Says so to the lints, which allow `unwrap` in tests only.
#![cfg(test)]

mod bind;
mod check;
mod document;
mod import_csv;
mod lints;
mod prices;
mod promises;
mod quote;
mod reprice;
mod serve;
mod support;
mod worked;
