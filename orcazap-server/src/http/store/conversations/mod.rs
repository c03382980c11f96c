//! Conversations: the list, one of them, and what a person does to it.

pub(super) mod act;
pub(super) mod list;
pub(super) mod prices;
pub(super) mod show;
pub(super) mod unsent;
