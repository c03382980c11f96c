//! What the crate promises to its users, tested from outside.

mod conversation;
mod pricing;
