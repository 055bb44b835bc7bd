//! Products and the templates that price them.

mod cache;
mod files;
mod publish;
mod shown;

pub(crate) use cache::{Stored, TemplateCache};
pub use publish::{PublishError, publish};
pub(crate) use shown::{Shown, category, options};
