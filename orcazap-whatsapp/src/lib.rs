//! The WhatsApp Business Cloud API for a store: webhooks in, messages out, the
//! assistant's words in four languages, and a stand-in for the platform to try it all on.
//!
//! Reads a webhook and answers it:
//!
//! ```
//! use orcazap_whatsapp::webhook::{MessageKind, Update, parse, verify_signature};
//! use orcazap_whatsapp::{Client, Message, Request, send::Text};
//! # use orcazap_whatsapp::PhoneNumberId;
//! # use secrecy::SecretString;
//!
//! async fn echo(
//!     client: &Client,
//!     app_secrets: &[SecretString],
//!     token: &SecretString,
//!     body: &[u8],
//!     signature: Option<&str>,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     verify_signature(app_secrets, body, signature)?;
//!     for update in parse(body)? {
//!         let Update::Message(message) = update else { continue };
//!         let MessageKind::Text { body } = message.kind else { continue };
//!         let (Some(to), Some(from)) = (message.customer.contact, message.origin.phone_number_id)
//!         else {
//!             continue;
//!         };
//!         let request = Request::new(to, Message::Text(Text::new(body)?));
//!         client.send(&from, token, &request).await?;
//!     }
//!     Ok(())
//! }
//! ```
//!
//! | module | what it does |
//! | --- | --- |
//! | [`webhook`] | the handshake, the signature over raw bytes, and every kind of update as a type |
//! | [`send`] | messages that are built within the platform's limits, or not at all |
//! | [`client`] | the calls: send, mark as read, fetch files, submit templates, connect a number |
//! | [`templates`] | templates as they are written: the platform's rules, previews, and ready ones in pt-BR |
//! | [`window`] | what may be sent now |
//! | [`cost`] | what it costs, by a dated price list |
//! | [`limits`] | how fast a number may send, and how many people it may reach |
//! | [`error`] | what to do about each error, and whether the message may have gone out all the same |
//! | [`transport`], [`twilio`] | what every way to a customer has in common, and the second such way |
//! | [`wording`] | what the assistant of `orcazap-core` says, as messages, in four languages and a store's own words |
//! | `graph_sim` | with the feature `graph-sim`: an HTTP server that refuses what Meta refuses |
//!
//! # What holds
//!
//! * A webhook is never refused for what is new in it: unknown fields, kinds and
//!   values are kept as they came, and an entry that makes no sense spoils
//!   nothing beside it.
//! * A message that the platform would refuse for a length or a count can't be built.
//! * A call is made once. The client never tries again by itself; an error says
//!   whether to.
//! * Ids are opaque; a user id is never made into a phone number, nor a phone
//!   number changed before it is answered.
//! * Neither tokens nor phone numbers reach an error's text.
//!
//! It keeps nothing: outbox, windows and retries belong to who embeds it.

pub mod client;
pub mod cost;
pub mod error;
#[cfg(feature = "graph-sim")]
pub mod graph_sim;
pub mod ids;
mod json;
pub mod limits;
pub mod send;
pub mod templates;
mod text;
pub mod transport;
pub mod twilio;
pub mod webhook;
pub mod window;
pub mod wording;

pub use client::{Client, ClientConfig, Sent};
pub use error::{Advice, Certainty, GraphError, SendError};
pub use ids::{AccountId, MediaId, MessageId, PhoneNumberId, TemplateId};
pub use send::{Message, Request};
pub use transport::Transport;
