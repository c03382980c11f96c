//! Templates: what the platform approves once, and what goes out outside the
//! 24-hour window then.
//!
//! A [`Definition`] is a template as it is written and approved: it knows the
//! platform's rules ([`Definition::check`]), is read from and written as the
//! platform's JSON, and tells of a message whether its values fit and how it will
//! read ([`Definition::preview`]). [`ready`] are those that a store of building
//! materials starts with.

mod definition;
mod fill;
mod graph;
mod ready;
mod rules;
mod variables;

pub use definition::{ButtonDefinition, Definition, HeaderDefinition, TemplateCategory};
pub use fill::{Mismatch, Preview};
pub use ready::{Ready, ready};
pub use rules::RuleError;
pub use variables::Variables;
