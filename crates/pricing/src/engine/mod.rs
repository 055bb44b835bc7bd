//! The compiled template and its evaluation.
//!
//! A [`Program`] is made once by the template reader; pricing reads its words.
//!
//! | File | What happens there |
//! |---|---|
//! | `order.rs` | at load: which rule needs which, or the circle |
//! | `draft.rs`, `lower.rs` | at load: rules as trees, and the words made of them |
//! | `program.rs`, `words.rs` | what words there are, and reading them |
//! | `fixed.rs` | at load: what fails whatever is answered |
//! | `table.rs` | tables and their axes |
//! | `answers.rs`, `bounds.rs`, `keys.rs` | one answer against the kind of its parameter |
//! | `asked.rs` | the same for most answers, at a glance |
//! | `evaluate.rs`, `look_up.rs` | expressions |
//! | `functions.rs`, `power.rs`, `calendar.rs` | functions that are more than arithmetic |
//! | `settle.rs` | availability, defaults and what becomes of answers |
//! | `demand.rs` | what is required and what is forbidden |
//! | `price.rs` | lines |
//! | `cheaper.rs` | larger runs that cost less |
//! | `quote.rs` | the order of it all, over the runs |
//! | `fault.rs` | what goes wrong, put into a problem at the end |

mod answers;
mod asked;
mod bounds;
mod calendar;
mod cheaper;
mod demand;
#[cfg(feature = "compile")]
mod draft;
mod evaluate;
mod fault;
#[cfg(feature = "compile")]
mod fixed;
mod functions;
mod keys;
mod look_up;
#[cfg(feature = "compile")]
mod lower;
#[cfg(feature = "compile")]
mod order;
mod power;
mod price;
mod program;
mod quote;
mod settle;
mod table;
mod words;

pub(crate) use answers::Reading;
pub(crate) use asked::Asked;
#[cfg(feature = "compile")]
pub(crate) use bounds::check;
pub(crate) use calendar::Calendar;
pub use cheaper::Cheaper;
pub(crate) use cheaper::cheaper;
#[cfg(feature = "compile")]
pub(crate) use draft::{Ask, Charge, Draft, Forbid, Rule, Step};
#[cfg(feature = "compile")]
pub(crate) use fixed::{Fixed, Impossible, try_fixed};
pub(crate) use keys::Keys;
#[cfg(feature = "compile")]
pub(crate) use lower::lower;
#[cfg(feature = "compile")]
pub(crate) use order::{Graph, dependents, sort};
pub(crate) use program::{Program, head};
pub(crate) use quote::quote;
pub(crate) use table::{Cells, MOST_AXES};
