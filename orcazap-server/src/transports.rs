//! Which way a store's number goes: Meta's Cloud API, or Twilio.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use orcazap_store::{ChannelId, Store, StoreError, TenantId};
use orcazap_whatsapp::client::{Client, ClientConfig, ClientError};
use orcazap_whatsapp::twilio::{self, Sender, TwilioConfig};
use orcazap_whatsapp::{PhoneNumberId, Transport};

use crate::config::Config;

/// The transports of the process; a clone shares their connections.
#[derive(Debug, Clone)]
pub struct Transports {
    /// The Cloud API.
    pub graph: Client,
    /// Twilio.
    pub twilio: twilio::Client,
    /// The numbers of channels, which never change.
    numbers: Arc<RwLock<HashMap<ChannelId, PhoneNumberId>>>,
}

impl Transports {
    /// The transports by the settings.
    ///
    /// # Errors
    ///
    /// A [`ClientError`] when one can't be called under its address.
    pub(crate) fn new(config: &Config) -> Result<Self, ClientError> {
        let graph = Client::new(&ClientConfig {
            version: config.graph.version.clone(),
            ..ClientConfig::new(config.graph.url.clone())
        })?;
        let mut addresses = TwilioConfig::new(config.twilio_webhook());
        if let Some(stand_in) = &config.twilio.stand_in {
            addresses.api = stand_in.clone();
            addresses.content = stand_in.clone();
        }
        let twilio = twilio::Client::new(addresses)?;
        Ok(Self { graph, twilio, numbers: Arc::default() })
    }

    /// The transport of a number.
    #[must_use]
    pub fn of(&self, number: &PhoneNumberId) -> &dyn Transport {
        match Sender::of(number) {
            Some(_) => &self.twilio,
            None => &self.graph,
        }
    }

    /// The transport of a store's channel. The database is asked once a channel.
    ///
    /// # Errors
    ///
    /// A [`StoreError`]; [`StoreError::Missing`] when there is no such channel.
    pub(crate) async fn of_channel(
        &self,
        store: &Store,
        tenant: TenantId,
        channel: ChannelId,
    ) -> Result<&dyn Transport, StoreError> {
        if let Some(transport) = self.known(channel) {
            return Ok(transport);
        }
        let missing = StoreError::Missing { what: "channel" };
        let number = store.find_channel_number(tenant, channel).await?;
        let number: PhoneNumberId = number.and_then(|number| number.parse().ok()).ok_or(missing)?;
        let transport = self.of(&number);
        let mut numbers = self.numbers.write().unwrap_or_else(PoisonError::into_inner);
        numbers.insert(channel, number);
        Ok(transport)
    }

    fn known(&self, channel: ChannelId) -> Option<&dyn Transport> {
        let numbers = self.numbers.read().unwrap_or_else(PoisonError::into_inner);
        numbers.get(&channel).map(|number| self.of(number))
    }
}
