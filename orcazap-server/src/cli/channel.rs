//! `orcazap channel add` and `resume`: a store's WhatsApp number, and its way back
//! after the platform refused it.

use anyhow::Context as _;
use chrono::Utc;
use clap::Subcommand;
use orcazap_store::{NewChannel, Store, Tenant};
use orcazap_whatsapp::PhoneNumberId;
use secrecy::SecretString;

use crate::config::{Database, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Give a store a WhatsApp number. Its access token is read from
    /// `WHATSAPP_API_TOKEN`; without one the number receives but can't send.
    Add {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// The platform's id of the number (`phone_number_id`).
        #[arg(long, value_name = "ID")]
        number: PhoneNumberId,
        /// How the store calls it.
        #[arg(long)]
        name: String,
        #[arg(long, env = "WHATSAPP_API_TOKEN", hide = true, hide_env_values = true)]
        token: Option<SecretString>,
    },
    /// Let a paused number send again, what waits first. A new access token is
    /// read from `WHATSAPP_API_TOKEN`; without one the number keeps the token it has.
    Resume {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// The platform's id of the number (`phone_number_id`).
        #[arg(long, value_name = "ID")]
        number: PhoneNumberId,
        #[arg(long, env = "WHATSAPP_API_TOKEN", hide = true, hide_env_values = true)]
        token: Option<SecretString>,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        let (Command::Add { tenant, .. } | Command::Resume { tenant, .. }) = command;
        let tenant = super::find_tenant(&store, tenant).await?;
        let said = match command {
            Command::Add { number, name, token, .. } => {
                add(&store, &tenant, number, name, token.clone()).await?
            }
            Command::Resume { number, token, .. } => {
                resume(&store, &tenant, number, token.as_ref()).await?
            }
        };
        super::say(&said);
        Ok(())
    })
}

async fn add(
    store: &Store,
    tenant: &Tenant,
    number: &PhoneNumberId,
    name: &str,
    access_token: Option<SecretString>,
) -> anyhow::Result<String> {
    let sends = if access_token.is_some() { "" } else { "; it has no access token and can't send" };
    let new = NewChannel {
        phone_number_id: number.to_string(),
        display_name: name.to_owned(),
        access_token,
    };
    let mut tx = store.tenant(tenant.id).await?;
    tx.insert_channel(new, Utc::now()).await?;
    tx.commit().await?;
    Ok(format!("{} has the number {number}{sends}", tenant.slug))
}

async fn resume(
    store: &Store,
    tenant: &Tenant,
    number: &PhoneNumberId,
    token: Option<&SecretString>,
) -> anyhow::Result<String> {
    let mut tx = store.tenant(tenant.id).await?;
    let mut channels = tx.list_channels().await?.into_iter();
    let channel = channels
        .find(|channel| channel.phone_number_id == number.as_str())
        .with_context(|| format!("{} has no number {number}", tenant.slug))?;
    match token {
        Some(token) => tx.update_access_token(channel.id, token).await?,
        None => tx.resume_channel(channel.id).await?,
    }
    tx.commit().await?;
    let with = if token.is_some() { " with a new access token" } else { "" };
    Ok(format!("the number {number} of {} sends again{with}", tenant.slug))
}
