//! The path of a message (design, 5.2): in by [`ingest`], through a
//! [`Turn`](turn::Turn), out by a [`Delivery`](delivery::Delivery).
//!
//! | table | a row is | read across stores because |
//! | --- | --- | --- |
//! | `jobs` | a contact with something new | a worker serves every store |
//! | `retries` | a contact whose turn failed, and when it is tried again | the same |
//! | `timers` | a conversation to be woken | the same |
//! | `deliveries` | an outgoing message that is not settled | a sender serves every store |
//! | `media_fetches` | a file that is to be fetched | the same |
//!
//! These five hold ids and times only. Everything else is read after the tenant
//! has been set. All turns, acts of people and deliveries of one contact exclude
//! each other: turns and acts by a lock on the contact's row, deliveries because
//! only the oldest may go out.

pub(crate) mod act;
pub(crate) mod body;
pub(crate) mod callback;
pub(crate) mod candidates;
pub(crate) mod delivery;
pub(crate) mod failure;
pub(crate) mod fetch;
pub(crate) mod ingest;
pub(crate) mod low_water;
pub(crate) mod nudge;
pub(crate) mod outcome;
pub(crate) mod save;
pub(crate) mod statuses;
pub(crate) mod turn;
pub(crate) mod waiting;
