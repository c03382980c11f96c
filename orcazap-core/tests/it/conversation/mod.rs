//! Conversations driven as a caller drives them: events in, effects out.

mod after;
mod asking;
mod buyer_and_place;
mod closing;
mod dialogues;
mod edits;
mod four_eyes;
mod page;
mod people;
mod properties;
mod questions;
mod saved;
mod stage;
mod swaps;
mod whole;
mod words;
