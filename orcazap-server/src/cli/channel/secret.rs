//! `orcazap channel secret`: a number whose webhooks an app of its own signs.

use anyhow::Context as _;
use clap::Args as ClapArgs;
use orcazap_store::{Store, Tenant};
use orcazap_whatsapp::PhoneNumberId;
use orcazap_whatsapp::twilio::Sender;
use secrecy::{ExposeSecret as _, SecretString};

use crate::cli::number::Number;
use crate::cli::say;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Args {
    /// The store.
    #[arg(long, value_name = "SLUG")]
    pub(super) tenant: String,
    /// The platform's id of the number; of the store's only number without it.
    #[arg(long, value_name = "ID")]
    number: Option<PhoneNumberId>,
    /// Take them away: the number's webhooks are the installation's app's again.
    #[arg(long)]
    remove: bool,
    // Not the names of the server's own settings, which this command often finds in
    // its environment.
    #[arg(long, env = "WHATSAPP_CHANNEL_APP_SECRET", hide = true, hide_env_values = true)]
    app_secret: Option<SecretString>,
    #[arg(long, env = "WHATSAPP_CHANNEL_VERIFY_TOKEN", hide = true, hide_env_values = true)]
    verify_token: Option<SecretString>,
}

pub(super) async fn run(args: &Args, store: &Store, tenant: &Tenant) -> anyhow::Result<()> {
    let number = Number::find(store, tenant, args.number.as_ref()).await?;
    anyhow::ensure!(
        Sender::of(&number.id).is_none(),
        "webhooks of a number at Twilio are signed with its account's token"
    );
    let secrets = if args.remove {
        None
    } else {
        let secrets = args.app_secret.as_ref().filter(|secrets| holds_some(secrets));
        Some(secrets.context("set WHATSAPP_CHANNEL_APP_SECRET, or pass --remove")?)
    };
    let word = args.verify_token.as_ref().filter(|_| secrets.is_some());
    let mut tx = store.tenant(tenant.id).await?;
    tx.update_channel_webhook(number.channel.id, secrets, word).await?;
    tx.commit().await?;
    let (id, slug) = (&number.id, &tenant.slug);
    if secrets.is_none() {
        say(&format!("the number {id} of {slug} has no app of its own"));
        return Ok(());
    }
    say(&format!("the number {id} of {slug} has an app of its own"));
    say(&format!("next: orcazap channel connect --tenant {slug} --number {id} --callback"));
    Ok(())
}

/// Whether a list by commas holds a secret at all.
fn holds_some(secrets: &SecretString) -> bool {
    secrets.expose_secret().split(',').any(|secret| !secret.trim().is_empty())
}
