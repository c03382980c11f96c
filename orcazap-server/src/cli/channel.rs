//! `orcazap channel add`: a store's WhatsApp number.

use chrono::Utc;
use clap::Subcommand;
use orcazap_store::NewChannel;
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
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let Command::Add { tenant, number, name, token } = command;
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        let tenant = super::find_tenant(&store, tenant).await?;
        let new = NewChannel {
            phone_number_id: number.to_string(),
            display_name: name.clone(),
            access_token: token.clone(),
        };
        let mut tx = store.tenant(tenant.id).await?;
        tx.insert_channel(new, Utc::now()).await?;
        tx.commit().await?;
        let sends = if token.is_some() { "" } else { "; it has no access token and can't send" };
        super::say(&format!("{} has the number {number}{sends}", tenant.slug));
        Ok(())
    })
}
