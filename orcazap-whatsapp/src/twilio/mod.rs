//! Twilio, the second transport: the same messages and webhooks by another door.
//!
//! ```
//! use orcazap_whatsapp::twilio::{Form, parse, sender, sign, verify_signature};
//! use orcazap_whatsapp::webhook::{MessageKind, Update};
//!
//! let (token, url) = ("token-inventado".into(), "https://api.loja.example/webhooks/twilio".parse()?);
//! let form = Form::read(
//!     b"AccountSid=AC0123456789abcdef0123456789abcdef&MessageSid=SM1&From=whatsapp%3A%2B5511900000001\
//!       &To=whatsapp%3A%2B5511940028922&Body=10+sacos+de+cimento&NumMedia=0",
//! );
//! let signature = sign(&token, &url, &form); // as it comes in `X-Twilio-Signature`
//!
//! let sender = sender(&form).expect("a number of ours");
//! verify_signature(&[token], &url, &form, Some(&signature))?;
//! let now = "2026-03-10T12:00:00Z".parse()?;
//! let updates = parse(&sender, &form, None, now)?;
//! let [Update::Message(message)] = updates.as_slice() else { panic!() };
//! assert_eq!(message.kind, MessageKind::Text { body: "10 sacos de cimento".into() });
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | | Cloud API | Twilio |
//! | --- | --- | --- |
//! | a webhook | JSON, many updates | a form, one update |
//! | signed with | the app's secret, over the body | the account's auth token, over address and parameters |
//! | comes again when it was not taken | for days | not unless told so in the console |
//! | a plain text | 4,096 characters | 1,600: longer ones are [split](crate::Transport::fit) |
//! | buttons and lists | in the message | as content objects, made once a shape |
//! | our own data in a status | `biz_opaque_callback_data` | in the status callback's address |
//!
//! Reactions, contact cards, catalogue messages, flows, payments and files by id are
//! not sent; a location request and a button with an address go as words.

mod client;
mod content;
mod form;
mod media;
mod outgoing;
mod sender;
mod signature;
#[cfg(feature = "graph-sim")]
pub mod sim;
mod webhook;

pub use client::{Client, TwilioConfig};
pub use form::{Form, MAX_FORM_BYTES};
pub use sender::{AccountSid, Sender, SenderError};
pub use signature::{SIGNATURE_HEADER, sign, verify_signature};
pub use webhook::{parse, sender};
