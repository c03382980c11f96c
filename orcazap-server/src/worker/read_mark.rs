//! What a customer sees while the assistant works: that their words were read, and
//! "typing…". Best effort: it runs beside the turn and never holds or fails it.

use orcazap_store::{ChannelId, TenantId, Turn};
use orcazap_whatsapp::MessageId;
use orcazap_whatsapp::client::Typing;
use orcazap_whatsapp::twilio::Sender;
use tracing::Instrument;

use crate::app::App;

/// Marks the last message of a turn, and so all before it, as read, and shows
/// "typing…" until the answer comes. Numbers of Twilio's have no such mark.
pub(super) fn mark(app: &App, turn: &Turn) {
    let Some(last) = turn.messages().last() else { return };
    let Ok(message) = last.provider_id.parse::<MessageId>() else { return };
    let (app, tenant, channel) = (app.clone(), turn.tenant(), turn.channel());
    let marking = async move {
        match tell(&app, tenant, channel, &message).await {
            Ok(()) => tracing::debug!("marked as read"),
            Err(error) => tracing::debug!(error = format!("{error:#}"), "not marked as read"),
        }
    };
    tokio::spawn(marking.in_current_span());
}

async fn tell(
    app: &App,
    tenant: TenantId,
    channel: ChannelId,
    message: &MessageId,
) -> anyhow::Result<()> {
    let Some(number) = app.store.find_channel_number(tenant, channel).await? else {
        return Ok(());
    };
    let usual = app.config.graph.default_channel.as_ref().filter(|(usual, _)| *usual == number);
    let own = app.store.find_channel_secret(&number).await?;
    let Some(token) = own.or_else(|| usual.map(|(_, token)| token.clone())) else { return Ok(()) };
    let number = number.parse()?;
    if Sender::of(&number).is_some() {
        return Ok(());
    }
    Ok(app.transports.graph.mark_read(&number, &token, message, Typing::Shown).await?)
}
