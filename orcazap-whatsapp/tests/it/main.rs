//! The crate from outside: webhooks in, messages out, and both against the stand-in.

#![cfg(test)]

mod codes;
mod control;
mod faults;
mod foreign;
mod hostile;
mod inbound;
mod kinds;
mod limits;
mod manage;
mod outbound;
mod refusals;
mod says;
mod schema;
mod shop;
mod statuses;
mod store;
mod templates;
mod twilio;
mod wording;
