#![doc = include_str!("../README.md")]

#[cfg(feature = "cases")]
mod cases;
#[cfg(all(feature = "cases", not(target_arch = "wasm32")))]
mod files;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(all(feature = "cases", not(target_arch = "wasm32")))]
mod random;
#[cfg(all(feature = "cases", not(target_arch = "wasm32")))]
pub mod records;
mod written;

#[cfg(feature = "cases")]
pub use cases::{compile, run_cases, run_compiled};
#[cfg(all(feature = "cases", not(target_arch = "wasm32")))]
pub use files::{CaseFile, case_files};
#[cfg(target_arch = "wasm32")]
pub use page::{load, quote, room};
#[cfg(all(feature = "cases", not(target_arch = "wasm32")))]
pub use random::{Sample, sample, seeds};
pub use written::written;

/// The widget's allocator, so that the engine is weighed and measured as pages have it.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
