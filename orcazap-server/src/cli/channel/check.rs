//! `orcazap channel check`: what is wrong with a store's numbers, in plain words.

use chrono::Utc;
use clap::Args as ClapArgs;
use orcazap_store::{Allowance, ChannelStatus, Store, Tenant};
use orcazap_whatsapp::PhoneNumberId;
use orcazap_whatsapp::client::Client;
use orcazap_whatsapp::limits::Daily;
use orcazap_whatsapp::twilio::Sender;

use super::findings::{Facts, Finding, Level, findings};
use crate::cli::number::{Number, client};
use crate::cli::say;
use crate::config::{Http, Source};

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Args {
    /// The store.
    #[arg(long, value_name = "SLUG")]
    pub(super) tenant: String,
    /// The platform's id of one number; all numbers of the store without it.
    #[arg(long, value_name = "ID")]
    number: Option<PhoneNumberId>,
}

pub(super) async fn run(
    args: &Args,
    store: &Store,
    tenant: &Tenant,
    source: &Source<'_>,
) -> anyhow::Result<()> {
    let domain = Http::base_domain(source)?;
    let client = client(source)?;
    let mut tx = store.tenant(tenant.id).await?;
    let mut channels = tx.list_channels().await?;
    drop(tx);
    if let Some(id) = &args.number {
        channels.retain(|channel| channel.phone_number_id == id.as_str());
        anyhow::ensure!(!channels.is_empty(), "{} has no number {id}", tenant.slug);
    }
    anyhow::ensure!(
        !channels.is_empty(),
        "{} has no number; run `orcazap channel add`",
        tenant.slug
    );
    let mut wrong = 0;
    for channel in channels {
        say(&format!("{} ({})", channel.display_name, channel.phone_number_id));
        let number = Number::read(store, tenant, channel).await?;
        let found = if Sender::of(&number.id).is_some() {
            vec![Finding::new(Level::Note, "número da Twilio: confira-o no console da Twilio")]
        } else {
            // Where the platform has to send webhooks; on a developer's machine anywhere.
            let callback = (!domain.is_local()).then(|| domain.url("api", &number.webhook_path()));
            let facts = ask(&client, &number, callback).await;
            keep(store, tenant, &number, &facts).await?;
            findings(&facts, Utc::now())
        };
        for finding in &found {
            say(&finding.to_string());
        }
        wrong += found.iter().filter(|finding| finding.level == Level::Wrong).count();
    }
    match wrong {
        0 => {
            say("Tudo certo.");
            Ok(())
        }
        1 => anyhow::bail!("1 problema a resolver"),
        many => anyhow::bail!("{many} problemas a resolver"),
    }
}

/// Keeps what the platform allows the number, for those who send by it.
async fn keep(
    store: &Store,
    tenant: &Tenant,
    number: &Number,
    facts: &Facts,
) -> anyhow::Result<()> {
    let Some(Ok(details)) = &facts.number else { return Ok(()) };
    let daily = details.messaging_limit.as_deref().and_then(Daily::from_code);
    let allowance = Allowance {
        coexistence: details.on_phone_app,
        daily_limit: daily.map(|daily| match daily {
            Daily::People(people) => people,
            Daily::Unlimited => u32::MAX,
        }),
    };
    let mut tx = store.tenant(tenant.id).await?;
    tx.update_allowance(number.channel.id, allowance).await?;
    tx.commit().await?;
    Ok(())
}

async fn ask(client: &Client, number: &Number, callback: Option<String>) -> Facts {
    let paused = match &number.channel.status {
        ChannelStatus::Active => None,
        ChannelStatus::Paused { reason } => Some(reason.clone()),
    };
    let mut facts = Facts { paused, callback, ..Facts::default() };
    let Some(token) = &number.token else { return facts };
    facts.token = Some(client.token_details(token).await);
    facts.number = Some(client.number(&number.id, token).await);
    if let Some(account) = &number.account {
        facts.subscriptions = Some(client.subscriptions(account, token).await);
    }
    facts
}
