//! The OrcaZap reference server: what reads webhooks, runs the workers, shows a
//! store its dashboard, and the `orcazap` command line over all of it.
//!
//! It stays thin. Reading, pricing, approval and the conversation are in
//! [`orcazap_core`]; what is remembered is in [`orcazap_store`]; what is said to
//! WhatsApp is in [`orcazap_whatsapp`]. A handler here parses, calls one of them,
//! and renders.
//!
//! Invariants:
//!
//! * a webhook is answered 200 only after what it brought is committed;
//! * no database transaction is open while something is sent;
//! * nothing from the `Host` header is trusted but a known shape of host;
//! * no log line holds a phone number, a name, a message's text or a token.

pub mod acts;
mod app;
mod assistant;
pub mod cli;
pub mod clock;
pub mod config;
pub mod connect;
pub mod demo;
mod heard;
mod http;
pub mod limits;
mod media;
pub mod password;
pub mod server;
pub mod shops;
mod telemetry;
pub mod transports;
mod views;
pub mod worker;

pub use app::{App, AppError};
pub use http::{Web, service};
pub use views::ViewError;
