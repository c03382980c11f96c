//! `orcazap channel connect`: what the platform has to be told so that a number's
//! messages come in and go out.

use anyhow::Context as _;
use clap::Args as ClapArgs;
use orcazap_store::{Store, Tenant};
use orcazap_whatsapp::client::{Callback, Pin};
use orcazap_whatsapp::{AccountId, PhoneNumberId, SendError};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::cli::number::{Number, client};
use crate::cli::say;
use crate::config::{Http, Source};

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Args {
    /// The store.
    #[arg(long, value_name = "SLUG")]
    pub(super) tenant: String,
    /// The platform's id of the number; of the store's only number without it.
    #[arg(long, value_name = "ID")]
    number: Option<PhoneNumberId>,
    /// The platform's id of its account (WABA); kept for the next time.
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
    /// An address for this number's webhooks in the place of the app's: this server's
    /// for the number when none is said.
    #[arg(long, value_name = "URL", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "how clap tells an option without its value")]
    callback: Option<Option<Url>>,
    #[arg(long, env = "WHATSAPP_VERIFY_TOKEN", hide = true, hide_env_values = true)]
    verify_token: Option<SecretString>,
    /// The six digits of two-step verification; without them the number is not
    /// registered, which one that sends already does not need.
    #[arg(long, env = "WHATSAPP_PIN", hide_env_values = true)]
    pin: Option<SecretString>,
}

pub(super) async fn run(
    args: &Args,
    store: &Store,
    tenant: &Tenant,
    source: &Source<'_>,
) -> anyhow::Result<()> {
    let pin = args.pin.as_ref().map(|pin| Pin::new(pin.expose_secret())).transpose()?;
    let client = client(source)?;
    let number = Number::find(store, tenant, args.number.as_ref()).await?;
    let callback = match &args.callback {
        Some(url) => Some(callback(args, &number, url.as_ref(), source)?),
        None => None,
    };
    let token = number.needs_token()?;
    let account = number.needs_account(store, tenant, args.account.as_ref()).await?;
    client.subscribe(&account, token, None).await.map_err(said)?;
    say(&format!("o app recebe as mensagens da conta {account}"));
    if let Some(pin) = &pin {
        client.register(&number.id, token, pin).await.map_err(said)?;
        say(&format!("o número {} está registrado na Cloud API", number.id));
    }
    if let Some(callback) = &callback {
        client.set_callback(&number.id, token, Some(callback)).await.map_err(said)?;
        say("o webhook deste número tem um endereço próprio");
    }
    let slug = &tenant.slug;
    say(&format!("confira tudo com: orcazap channel check --tenant {slug}"));
    Ok(())
}

/// An address and the word that is asked for there: the number's own before the
/// installation's.
fn callback(
    args: &Args,
    number: &Number,
    url: Option<&Url>,
    source: &Source<'_>,
) -> anyhow::Result<Callback> {
    let url = match url {
        Some(url) => url.clone(),
        None => Http::base_domain(source)?.url("api", &number.webhook_path()).parse()?,
    };
    let word = number.webhook.verify_token.as_ref().or(args.verify_token.as_ref());
    let word = word.context(
        "set WHATSAPP_VERIFY_TOKEN, or give the number a word of its own with \
         `orcazap channel secret`",
    )?;
    Ok(Callback::new(url, word.clone())?)
}

/// The platform's refusal, with what to do about it first.
fn said(error: SendError) -> anyhow::Error {
    let explained = error.explain();
    anyhow::Error::from(error).context(explained)
}
