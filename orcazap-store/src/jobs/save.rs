//! The one way in which what the core decided becomes rows, whoever caused it:
//! a customer's message, a timer, a report or a person.

use chrono::{DateTime, Utc};
use orcazap_core::conversation::{Conversation, Edited, Timer};
use orcazap_core::pricing::Revised;
use orcazap_core::{Effect, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::body::Way;
use crate::error::StoreError;
use crate::ids::{ChannelId, ConversationId, StaffId};
use crate::json::to_json;
use crate::postgres::audit::{Actor, NewAudit};
use crate::postgres::contacts::Contact;
use crate::postgres::conversations::Loaded;
use crate::store::TenantTx;

/// What an outgoing message is for: what is done when nobody knows whether it
/// was sent (design, 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutgoingKind {
    /// A quote: sent again.
    Quote,
    /// Something the customer must answer, or a hand-over: sent again.
    Question,
    /// A courtesy: dropped.
    Courtesy,
    /// A person's words: sent again.
    Person,
    /// A paid template: waits for a person.
    Template,
}

impl OutgoingKind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Quote, Self::Question, Self::Courtesy, Self::Person, Self::Template];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Question => "question",
            Self::Courtesy => "courtesy",
            Self::Person => "person",
            Self::Template => "template",
        }
    }
}

/// A message to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOutgoing {
    /// What it is for.
    pub kind: OutgoingKind,
    /// The revision of the quote in it, for messages with a quote: its delivery
    /// is then reported to the conversation.
    pub quote_revision: Option<u32>,
    /// The body of the call, without the address.
    pub payload: Value,
    /// Its words as lists show them; cut to 4,096 characters.
    pub summary: String,
    /// The person who wrote it, if one did.
    pub written_by: Option<StaffId>,
}

/// A step of the core, and the messages made of what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Stepped {
    /// What the core decided. Its `Say` effects are not looked at here: the
    /// messages made of them are `outgoing`.
    pub step: Step,
    /// What is to be sent, in this order.
    pub outgoing: Vec<NewOutgoing>,
}

/// Who and what caused the steps.
pub(crate) struct Cause {
    pub(crate) actor: Actor,
    pub(crate) request_id: Option<String>,
    /// The timers that had run out.
    pub(crate) fired: Vec<(Timer, DateTime<Utc>)>,
}

/// Which conversation is written, by which number it talks.
#[derive(Clone, Copy)]
struct Place<'a> {
    id: ConversationId,
    contact: &'a Contact,
    channel: ChannelId,
}

impl TenantTx {
    /// Writes the steps in order; gives the conversation of the last.
    pub(crate) async fn save(
        &mut self,
        contact: &Contact,
        loaded: Loaded,
        channel: ChannelId,
        steps: Vec<Stepped>,
        cause: &Cause,
        now: DateTime<Utc>,
    ) -> Result<ConversationId, StoreError> {
        let mut place = Place { id: loaded.id, contact, channel };
        let mut number = loaded.conversation.number;
        let mut kept = !loaded.is_new;
        let mut timers = !loaded.conversation.timers.is_empty();
        if steps.is_empty() && !kept {
            // Its messages must belong somewhere, although nothing came of them.
            self.insert_conversation(place.id, contact.id, channel, &loaded.conversation, now)
                .await?;
        }
        let heard = cause.actor == Actor::Customer;
        for Stepped { step, outgoing } in steps {
            let conversation = step.conversation;
            if conversation.number != number {
                number = conversation.number;
                place.id = ConversationId::make();
                (kept, timers) = (false, false);
            }
            if kept {
                let talked = (heard || !outgoing.is_empty()).then_some(now);
                self.update_conversation(place.id, channel, &conversation, talked, now).await?;
            } else {
                self.insert_conversation(place.id, contact.id, channel, &conversation, now).await?;
                kept = true;
            }
            if timers || !conversation.timers.is_empty() {
                self.sync_timers(place.id, contact.id, &conversation, &cause.fired).await?;
                timers = !conversation.timers.is_empty();
            }
            for effect in &step.effects {
                self.carry_out(place, &conversation, effect, cause, now).await?;
            }
            for message in outgoing {
                self.insert_outgoing(place, message, cause, now).await?;
            }
        }
        Ok(place.id)
    }

    async fn carry_out(
        &mut self,
        place: Place<'_>,
        conversation: &Conversation,
        effect: &Effect,
        cause: &Cause,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (action, detail) = match effect {
            // Messages and timers are written from their values, not from effects.
            Effect::Say { .. }
            | Effect::SetTimer { .. }
            | Effect::CancelTimer { .. }
            | Effect::OpenNext { .. } => return Ok(()),
            Effect::RecordQuote { offer, edited } => {
                self.insert_quote(place.id, offer, edited.as_ref(), now).await?;
                let total = offer.quote.total().to_string();
                let mut detail = json!({ "quote": offer.quote_ref.to_string(), "total": total });
                if let (Value::Object(fields), Some(edited)) = (&mut detail, edited) {
                    fields.insert("from".to_owned(), edited.from.into());
                    fields.insert("changes".to_owned(), changes(edited)?);
                }
                ("quote_recorded", detail)
            }
            Effect::OpenApproval { quote_ref, reasons } => {
                self.insert_approval(place.id, *quote_ref, reasons, now).await?;
                let codes: Vec<&str> = reasons.iter().map(|reason| reason.code()).collect();
                ("approval_opened", json!({ "quote": quote_ref.to_string(), "reasons": codes }))
            }
            Effect::CloseApproval { quote_ref, outcome } => {
                self.close_approval(*quote_ref, *outcome, now).await?;
                let outcome = to_json(outcome)?;
                ("approval_closed", json!({ "quote": quote_ref.to_string(), "outcome": outcome }))
            }
            Effect::PlaceOrder { quote_ref, delivery } => {
                self.insert_sales_order(place.id, *quote_ref, *delivery, now).await?;
                ("order_placed", json!({ "quote": quote_ref.to_string() }))
            }
            Effect::HandOver { reason } => ("handed_over", json!({ "reason": to_json(reason)? })),
            Effect::RemindApproval { quote_ref } => {
                self.remind_approval(*quote_ref, now).await?;
                ("approval_reminded", json!({ "quote": quote_ref.to_string() }))
            }
            Effect::OptOut => {
                self.update_opted_out(place.contact.id, Some(now)).await?;
                ("opted_out", json!({}))
            }
            Effect::OptIn => {
                self.update_opted_out(place.contact.id, None).await?;
                ("opted_in", json!({}))
            }
        };
        let mut detail = detail;
        if let Value::Object(fields) = &mut detail {
            fields.insert("state".to_owned(), conversation.state.code().into());
        }
        let entry = NewAudit {
            actor: cause.actor,
            action: action.to_owned(),
            conversation: Some(place.id),
            detail,
            request_id: cause.request_id.clone(),
        };
        self.insert_audit(&entry, now).await
    }

    async fn insert_outgoing(
        &mut self,
        place: Place<'_>,
        message: NewOutgoing,
        cause: &Cause,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (tenant, id) = (self.id(), Uuid::now_v7());
        let body = self.seal_body(Way::Out, id, Some(message.summary), message.payload)?;
        let revision =
            message.quote_revision.map(|revision| i32::try_from(revision).unwrap_or(i32::MAX));
        sqlx::query!(
            "WITH message AS (
                INSERT INTO outbound_messages (
                    tenant_id, id, conversation_id, contact_id, channel_id, kind, quote_revision,
                    body, state, written_by, request_id, created_at, state_at
                )
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', $9, $10, $11, $11)
                RETURNING tenant_id, contact_id, channel_id, id
             )
             INSERT INTO deliveries (tenant_id, contact_id, channel_id, message_id, due_at)
             SELECT tenant_id, contact_id, channel_id, id, $11 FROM message",
            tenant,
            id,
            place.id.as_uuid(),
            place.contact.id.as_uuid(),
            place.channel.as_uuid(),
            message.kind.code(),
            revision,
            body,
            message.written_by.map(StaffId::as_uuid),
            cause.request_id,
            now
        )
        .execute(self.db())
        .await?;
        self.wakes().deliveries = true;
        Ok(())
    }
}

/// What a person changed, for the audit: figures and products, but neither an
/// address nor the customer's words.
fn changes(edited: &Edited) -> Result<Value, serde_json::Error> {
    let kept = edited.changes.iter().map(|change| match change {
        Revised::Place { .. } | Revised::Settled { .. } => Ok(json!({ "revised": change.code() })),
        Revised::Added { .. }
        | Revised::Removed { .. }
        | Revised::Quantity { .. }
        | Revised::Price { .. }
        | Revised::Discount { .. }
        | Revised::PriceList { .. }
        | Revised::Tier { .. }
        | Revised::Freight { .. }
        | Revised::Payment { .. }
        | Revised::Delivery { .. } => to_json(change),
    });
    kept.collect::<Result<_, _>>().map(Value::Array)
}
