//! What every way to a customer's WhatsApp has in common, so that a store chooses
//! one per number: Meta's Cloud API ([`Client`]), or Twilio
//! ([`twilio::Client`](crate::twilio::Client)).

use std::pin::Pin;

use secrecy::SecretString;

use crate::client::{Client, Sent};
use crate::error::SendError;
use crate::ids::PhoneNumberId;
use crate::send::{Message, Request};

/// A send on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Sent, SendError>> + Send + 'a>>;

/// A way to a customer's WhatsApp.
pub trait Transport: std::fmt::Debug + Send + Sync {
    /// Sends a message, once. The number it goes out from, and that number's
    /// secret, come with each call: one transport serves all stores.
    fn send<'a>(
        &'a self,
        from: &'a PhoneNumberId,
        secret: &'a SecretString,
        request: &'a Request,
    ) -> Sending<'a>;

    /// The same message as the fewest that this transport takes, nothing of its
    /// words left out. To be asked before messages are queued, so that one row of
    /// an outbox is one call.
    fn fit(&self, message: Message) -> Vec<Message>;
}

impl Transport for Client {
    fn send<'a>(
        &'a self,
        from: &'a PhoneNumberId,
        secret: &'a SecretString,
        request: &'a Request,
    ) -> Sending<'a> {
        Box::pin(Self::send(self, from, secret, request))
    }

    /// [`Message`] keeps to the Cloud API's limits already.
    fn fit(&self, message: Message) -> Vec<Message> {
        vec![message]
    }
}
