//! The crate from outside: webhooks in, messages out, and both against the stand-in.

#![cfg(test)]

mod faults;
mod hostile;
mod inbound;
mod kinds;
mod limits;
mod outbound;
mod refusals;
mod schema;
mod shop;
mod statuses;
mod store;
mod twilio;
mod wording;
