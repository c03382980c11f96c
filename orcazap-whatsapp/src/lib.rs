//! The WhatsApp Business Cloud API.
pub mod client;
pub mod error;
pub mod ids;
pub mod send;
pub mod webhook;

pub use client::{Client, ClientConfig, Sent};
pub use error::{Advice, Certainty, GraphError, SendError};
pub use ids::{AccountId, MediaId, MessageId, PhoneNumberId};
pub use send::{Message, Request};
