//! The compiled template and its evaluation.
//!
//! A [`Program`] is made once by the template reader; pricing walks it with indices only.
//!
//! | File | What happens there |
//! |---|---|
//! | `order.rs` | at load: which rule needs which, or the circle |
//! | `table.rs` | tables and their axes |
//! | `answers.rs` | one answer against the kind of its parameter |
//! | `evaluate.rs` | expressions |
//! | `settle.rs` | availability, defaults and what becomes of answers |
//! | `price.rs` | lines |
//! | `quote.rs` | the order of it all, over the runs |
//! | `fault.rs` | what goes wrong, put into a problem at the end |

mod answers;
mod evaluate;
mod fault;
mod order;
mod price;
mod program;
mod quote;
mod settle;
mod table;

pub(crate) use answers::{Reading, misfit};
pub(crate) use order::{Graph, dependents, sort};
pub(crate) use program::{Ask, Charge, Forbid, Program, Requirement, Rule, Step};
pub(crate) use quote::quote;
pub(crate) use table::{Axis, Keys, Table};
