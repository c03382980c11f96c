//! `orcazap channel`: a store's WhatsApp numbers, from the first to the way back
//! after the platform refused one.

mod check;
mod connect;
mod findings;
mod list;
mod secret;

use anyhow::Context as _;
use chrono::Utc;
use clap::Subcommand;
use orcazap_store::{NewChannel, Store, Tenant};
use orcazap_whatsapp::{AccountId, PhoneNumberId};
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
        /// The platform's id of its account (WABA): news of templates finds the
        /// store by it.
        #[arg(long, value_name = "ID")]
        account: Option<AccountId>,
        /// How the store calls it.
        #[arg(long)]
        name: String,
        #[arg(long, env = "WHATSAPP_API_TOKEN", hide = true, hide_env_values = true)]
        token: Option<SecretString>,
    },
    /// Connect a number to this server: subscribe the app to its account, register
    /// it, give its webhooks an address of their own. What is done already is done
    /// again without harm.
    Connect(connect::Args),
    /// Tell with which secret an app of a number's own signs its webhooks: read from
    /// `WHATSAPP_CHANNEL_APP_SECRET` (the old and the new one by a comma while it is
    /// rotated), and the word of its handshake from `WHATSAPP_CHANNEL_VERIFY_TOKEN`.
    Secret(secret::Args),
    /// Say in plain words what is wrong with a store's numbers, and how to mend it.
    Check(check::Args),
    /// List a store's numbers.
    List {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
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

impl Command {
    fn tenant(&self) -> &str {
        match self {
            Self::Add { tenant, .. } | Self::List { tenant } | Self::Resume { tenant, .. } => {
                tenant
            }
            Self::Connect(args) => &args.tenant,
            Self::Secret(args) => &args.tenant,
            Self::Check(args) => &args.tenant,
        }
    }
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        let tenant = super::find_tenant(&store, command.tenant()).await?;
        match command {
            Command::Add { number, account, name, token, .. } => {
                add(&store, &tenant, number, account.as_ref(), name, token.clone()).await
            }
            Command::Connect(args) => connect::run(args, &store, &tenant, source).await,
            Command::Secret(args) => secret::run(args, &store, &tenant).await,
            Command::Check(args) => check::run(args, &store, &tenant, source).await,
            Command::List { .. } => list::run(&store, &tenant).await,
            Command::Resume { number, token, .. } => {
                resume(&store, &tenant, number, token.as_ref()).await
            }
        }
    })
}

async fn add(
    store: &Store,
    tenant: &Tenant,
    number: &PhoneNumberId,
    account: Option<&AccountId>,
    name: &str,
    access_token: Option<SecretString>,
) -> anyhow::Result<()> {
    let sends = if access_token.is_some() { "" } else { "; it has no access token and can't send" };
    let new = NewChannel {
        phone_number_id: number.to_string(),
        display_name: name.to_owned(),
        access_token,
    };
    let mut tx = store.tenant(tenant.id).await?;
    let channel = tx.insert_channel(new, Utc::now()).await?;
    if let Some(account) = account {
        tx.update_account(channel, account.as_str()).await?;
    }
    tx.commit().await?;
    let slug = &tenant.slug;
    super::say(&format!("{slug} has the number {number}{sends}"));
    super::say(&format!("next: orcazap channel connect --tenant {slug} --number {number}"));
    Ok(())
}

async fn resume(
    store: &Store,
    tenant: &Tenant,
    number: &PhoneNumberId,
    token: Option<&SecretString>,
) -> anyhow::Result<()> {
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
    super::say(&format!("the number {number} of {} sends again{with}", tenant.slug));
    Ok(())
}
