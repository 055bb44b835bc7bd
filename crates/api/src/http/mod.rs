//! HTTP around the routes: bodies in and out, and what every answer gets.

pub(crate) mod assets;
pub(crate) mod body;
pub(crate) mod headers;
pub(crate) mod observe;
pub(crate) mod protect;
