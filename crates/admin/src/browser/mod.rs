//! What the pages need of the browser besides the document.

pub(crate) mod client;
pub(crate) mod dom;
pub(crate) mod intl;
