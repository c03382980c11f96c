//! Pricing: an oracle's cases, the trace in words, and what holds for any order.

mod by_hand;
mod cases;
mod lists;
mod properties;
mod rules;
mod stored;
mod trace;
mod what_if;
