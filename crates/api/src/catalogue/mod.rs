//! Products and the templates that price them.

mod cache;
mod publish;

pub(crate) use cache::{Stored, TemplateCache};
pub use publish::{PublishError, publish};
