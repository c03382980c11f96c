//! The store on a real PostgreSQL: one private server for this program, one
//! database a test.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, its fixture too"
)]

mod charges;
mod deliveries;
mod fixture;
mod identity;
mod ingest;
mod isolation;
mod lists;
mod media;
mod nudges;
mod object_store;
mod outage;
mod people;
mod private_server;
mod received;
mod redis;
mod rotation;
mod schema;
mod shop;
mod templates;
mod turns;
