//! What the crate promises to its users, tested from outside.

mod price_cases;

mod conversation;
