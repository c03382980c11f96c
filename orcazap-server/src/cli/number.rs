//! A store's number on the command line: which one, its token, its account, and a
//! client to ask the platform with.

use anyhow::Context as _;
use orcazap_store::{Channel, ChannelWebhook, Store, Tenant};
use orcazap_whatsapp::client::{Client, ClientConfig};
use orcazap_whatsapp::{AccountId, PhoneNumberId};
use secrecy::SecretString;

use crate::config::{Graph, Source};

/// A client of the Graph API by the settings.
pub(super) fn client(source: &Source<'_>) -> anyhow::Result<Client> {
    let (url, version) = Graph::address(source)?;
    Ok(Client::new(&ClientConfig { version, ..ClientConfig::new(url) })?)
}

/// A number of the Cloud API with what calls about it need.
#[derive(Debug)]
pub(super) struct Number {
    pub(super) channel: Channel,
    pub(super) id: PhoneNumberId,
    pub(super) token: Option<SecretString>,
    pub(super) account: Option<AccountId>,
    pub(super) webhook: ChannelWebhook,
}

impl Number {
    /// Reads what is kept of a channel.
    pub(super) async fn read(
        store: &Store,
        tenant: &Tenant,
        channel: Channel,
    ) -> anyhow::Result<Self> {
        let webhook = store.find_channel_webhook(&channel.phone_number_id).await?;
        let webhook = webhook.with_context(|| format!("{} lost the number", tenant.slug))?;
        Ok(Self {
            id: channel.phone_number_id.parse().context("the number's id can't be read")?,
            token: store.find_channel_secret(&channel.phone_number_id).await?,
            account: webhook.account_id.as_ref().map(|account| account.parse()).transpose()?,
            webhook,
            channel,
        })
    }

    /// The store's number of an id; without one the store's only number.
    pub(super) async fn find(
        store: &Store,
        tenant: &Tenant,
        id: Option<&PhoneNumberId>,
    ) -> anyhow::Result<Self> {
        let mut tx = store.tenant(tenant.id).await?;
        let mut channels = tx.list_channels().await?;
        drop(tx);
        let slug = &tenant.slug;
        let channel = match id {
            Some(id) => channels
                .into_iter()
                .find(|channel| channel.phone_number_id == id.as_str())
                .with_context(|| format!("{slug} has no number {id}"))?,
            None => {
                anyhow::ensure!(
                    !channels.is_empty(),
                    "{slug} has no number; run `orcazap channel add`"
                );
                anyhow::ensure!(
                    channels.len() == 1,
                    "{slug} has {} numbers; say which with --number",
                    channels.len()
                );
                channels.remove(0)
            }
        };
        Self::read(store, tenant, channel).await
    }

    /// The path of the address for its webhooks: its own when an app of its own signs
    /// them, for the common one does not know that app's secret.
    pub(super) fn webhook_path(&self) -> String {
        let common = "/webhooks/whatsapp";
        if self.webhook.app_secrets.is_empty() {
            common.to_owned()
        } else {
            format!("{common}/{}", self.id)
        }
    }

    /// Its token, or what to do about there being none.
    pub(super) fn needs_token(&self) -> anyhow::Result<&SecretString> {
        self.token.as_ref().with_context(|| {
            format!(
                "the number {} has no access token; set WHATSAPP_API_TOKEN and run \
                 `orcazap channel resume`",
                self.id
            )
        })
    }

    /// Its account, and what is said now stands before what was kept; it is kept then.
    pub(super) async fn needs_account(
        &self,
        store: &Store,
        tenant: &Tenant,
        said: Option<&AccountId>,
    ) -> anyhow::Result<AccountId> {
        if let Some(said) = said {
            let mut tx = store.tenant(tenant.id).await?;
            tx.update_account(self.channel.id, said.as_str()).await?;
            tx.commit().await?;
            return Ok(said.clone());
        }
        self.account.clone().with_context(|| {
            format!(
                "the account (WABA) of the number {} is not known; name it with --account, as the \
                 WhatsApp manager shows it",
                self.id
            )
        })
    }
}
