//! The thin layer between the widget and the page.
//!
//! Leptos's model without its types, which would cost more than half of the widget's budget
//! (`docs/decisions/0002-size-of-the-widget.md`).

pub(crate) mod browser;
mod element;
mod figures;
mod live;
pub(crate) mod paper;

pub(crate) use element::{El, LINES, alike, el, el_of, entry, flush, lines};
pub(crate) use figures::{Figures, digits};
pub(crate) use live::{Live, Owner, watch};
