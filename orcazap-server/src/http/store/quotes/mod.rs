//! Quotes: the list, and one with the trace of its price.

pub(super) mod list;
pub(super) mod show;
