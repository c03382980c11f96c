//! What the crate promises to its users, tested from outside.

#![cfg(test)]

mod answers;
mod approval;
mod architecture;
mod assent;
mod changes;
mod conversation;
mod corpus;
mod corrections;
mod guises;
mod json;
mod lists;
mod misspelt;
mod numbers;
mod order;
mod places;
mod pricing;
mod quantities;
mod reading;
mod scores;
mod sentences;
mod sizes;
mod stores;
mod trades;
mod words;
