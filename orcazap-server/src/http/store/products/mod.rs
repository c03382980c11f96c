//! The catalogue: a list to look things up in, and what a store says of a product
//! beside its price.

pub(super) mod edit;
pub(super) mod list;
pub(super) mod search;
