//! The queue: quotes that wait for a person.

pub(super) mod approve;
mod card;
pub(super) mod edit;
pub(super) mod list;
mod outcome;
pub(super) mod reject;
pub(super) mod search;
