//! The WhatsApp Business Cloud API.
pub mod client;
pub mod error;
#[cfg(feature = "graph-sim")]
pub mod graph_sim;
pub mod ids;
pub mod send;
pub mod webhook;
pub mod wording;

pub use client::{Client, ClientConfig, Sent};
pub use error::{Advice, Certainty, GraphError, SendError};
pub use ids::{AccountId, MediaId, MessageId, PhoneNumberId};
pub use send::{Message, Request};
