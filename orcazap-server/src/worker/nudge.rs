//! What goes out in the place of a message outside the window: an approved
//! template that asks the customer to write, upon which the message itself follows.
//!
//! | message | template |
//! | --- | --- |
//! | a quote | `orcamento_pronto` |
//! | a question, a person's words | `atendente_responde` |
//! | a courtesy | none: it waits for a person |
//!
//! They are among the ready templates ([`orcazap_whatsapp::templates::ready`]); a
//! store may have changed their words. Variables that are filled: `cliente`,
//! `numero`, and of a quote `total` and `validade`. A template that asks for more,
//! or that a value makes too long, is left alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use orcazap_store::{ApprovedTemplate, ConversationEntry, Delivery, Nudge, OutgoingKind};
use orcazap_whatsapp::Message;
use orcazap_whatsapp::send::{Parameter, Template, VariableName};
use orcazap_whatsapp::templates::Definition;
use serde_json::json;

use crate::app::App;
use crate::views::format;
use crate::views::words;

const LANGUAGE: &str = "pt_BR";

/// The template for a kind of message.
fn name(kind: OutgoingKind) -> Option<&'static str> {
    match kind {
        OutgoingKind::Quote => Some("orcamento_pronto"),
        OutgoingKind::Question | OutgoingKind::Person => Some("atendente_responde"),
        OutgoingKind::Courtesy | OutgoingKind::Template => None,
    }
}

/// Puts a template in the place of a message; `false` when the store has none that
/// fits, and nothing was done.
pub(super) async fn nudge(
    app: &App,
    delivery: &Delivery,
    now: DateTime<Utc>,
) -> anyhow::Result<bool> {
    let Some(name) = name(delivery.kind) else { return Ok(false) };
    let zone = app.shops.get(delivery.tenant).await?.time_zone();
    let mut tx = app.store.tenant(delivery.tenant).await?;
    let template = tx.find_approved_template(delivery.channel, name, LANGUAGE).await?;
    let conversation = tx.find_conversation(delivery.conversation).await?;
    drop(tx);
    let (Some(template), Some(conversation)) = (template, conversation) else { return Ok(false) };
    let Some((message, summary)) = fill(&template, &values(&conversation, zone)) else {
        tracing::warn!(template.name = name, "a template asks for what is not known");
        return Ok(false);
    };
    let nudge = Nudge {
        payload: serde_json::to_value(&message)?,
        summary,
        reason: format!(
            "passaram 24 horas desde a última mensagem do cliente. Enviamos o modelo {name} no \
             lugar, e esta mensagem sai assim que ele responder"
        ),
    };
    app.store.nudge(delivery, nudge, now).await?;
    Ok(true)
}

fn values(entry: &ConversationEntry, zone: chrono_tz::Tz) -> BTreeMap<&'static str, String> {
    let mut values = BTreeMap::from([
        ("cliente", words::customer(&entry.contact)),
        ("numero", entry.conversation.number.to_string()),
    ]);
    if let Some(offer) = entry.conversation.state.offer() {
        values.insert("total", format::brl(offer.quote.total()));
        let until = offer.quote.valid_until().with_timezone(&zone).date_naive();
        values.insert("validade", format::date(until));
    }
    values
}

/// The template with its values, and how it reads; `None` when it does not fit.
fn fill(
    template: &ApprovedTemplate,
    values: &BTreeMap<&'static str, String>,
) -> Option<(Message, String)> {
    let definition = Definition::from_graph(&json!({
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "components": template.components,
    }))?;
    let variables = definition.variables();
    let value = |name: &&str| Parameter::new(values.get(name)?.as_str()).ok();
    let message = if variables.are_named() {
        let named = variables
            .names()
            .iter()
            .map(|name| Some((VariableName::new(*name).ok()?, value(name)?)));
        Template::named(&template.name, &template.language, named.collect::<Option<_>>()?)
    } else if variables.names().is_empty() {
        Template::new(&template.name, &template.language, Vec::new())
    } else {
        return None;
    };
    let message = message.ok()?;
    let summary = definition.preview(&message).ok()?.to_string();
    Some((Message::Template(message), summary))
}
