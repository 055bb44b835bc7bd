//! The Tirage widget: a calculator, a cart and an order's page as elements of any web page.
//!
//! `state` and `locale` are plain Rust and tested natively; `ui`, `components` and `embed` exist
//! in a browser only. Prices are computed here, by the same engine as on the server.

pub mod error;
pub mod locale;
pub mod state;

#[cfg(target_arch = "wasm32")]
mod api;
#[cfg(target_arch = "wasm32")]
mod chunks;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
pub mod embed;
#[cfg(target_arch = "wasm32")]
mod ui;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
