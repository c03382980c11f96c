//! A stand-in for the Graph API: an HTTP server on 127.0.0.1 that refuses what
//! Meta refuses, sends signed webhooks, and plays the customers.
//!
//! It is for trying things out and for tests. A server under test talks to it as
//! to the real thing: through [`Client`](crate::Client) with
//! [`GraphSim::base_url`], and gets its webhooks at the address given by
//! [`GraphSim::set_webhook`].
//!
//! | condition | what comes of it |
//! | --- | --- |
//! | no token, or an unknown one | 401, code 190 |
//! | a number that the token may not use | 400, code 100, subcode 33 |
//! | no JSON, a field missing, an unknown kind | 400, code 100 or 131008 |
//! | a length or a count beyond the platform's limit, a repeated id | 400, code 131009 |
//! | to the store's own number | 400, code 131021 |
//! | an unknown template, a wrong number of parameters | 404, code 132001; 400, code 132000 |
//! | a template that breaks a rule, or is there already | 400, code 100 with a subcode |
//! | a token without the permission, a wrong pin | 403, code 10; 400, code 133005 |
//! | too fast, with [`GraphSimConfig::limits`] | 400, code 130429 or 131056 |
//! | no word of the customer for 24 hours | 200, then status `failed`, code 131047 |
//! | a number without WhatsApp | 200, then status `failed`, code 131026 |
//! | a file that is not here, or 7 or 30 days old | 400, code 100; its address lives 5 minutes, then 404 |
//! | a webhook answered with anything but 200 | it comes again, later and later |
//!
//! It is a server in its own right too (`orcazap graph-sim`), for the clients of
//! other languages. What a test in Rust does through [`GraphSim`], they do through
//! its control API.
//!
//! # The control API
//!
#![doc = include_str!("control.md")]

mod accept;
mod check;
mod control;
mod customer;
mod fault;
mod handle;
mod manage;
mod media;
mod refusal;
mod routes;
mod state;
mod status;
mod templates;
mod upload;
mod webhook;
mod wire;

pub use customer::{Customer, CustomerMessage};
pub use fault::Fault;
pub use handle::{GraphSim, GraphSimConfig, SimError, SimNumber, SimTemplate};
pub use manage::{SimNumberState, SimToken};
pub use state::{SimEvent, SimSent};
pub use status::{Reached, StatusPlan};
pub use webhook::WebhookError;
