//! Webhooks in: the handshake, the signature, and what a body tells.
//!
//! In this order: [`verify_signature`] over the raw bytes, [`parse`], store what
//! it gives, answer 200. Bodies come again until they are answered, in any
//! order, and the same update may come twice: keep message ids for good.

mod challenge;
mod content;
mod fields;
mod kind;
mod message;
mod notice;
mod parse;
mod person;
mod signature;
mod status;
mod update;

pub use challenge::{ChallengeError, verify_challenge};
pub(crate) use kind::media_code;
pub use kind::{Card, Location, Media, MessageKind, OrderLine, SystemChange};
pub use notice::{
    AdEvent, Ban, BookEntry, Call, CategoryChange, GroupEvent, News, Notice, Preference,
    Restriction, Template, Urgency,
};
pub use parse::{MAX_BODY_BYTES, MAX_UPDATES, ParseError, parse};
pub use signature::{SIGNATURE_HEADER, SignatureError, sign, verify_signature};
pub use status::{DeliveryStatus, Pricing, StatusUpdate};
pub use update::{
    Context, InboundMessage, Origin, PastMessage, Person, PlatformError, Referral, Unreadable,
    Update,
};
