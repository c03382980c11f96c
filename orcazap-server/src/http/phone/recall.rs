//! What an earlier run left: the customers who wrote, what they wrote, and what
//! was sent to them, rebuilt from the store's conversations, the latest of them.
//! So there is one record, and what the phone shows can't differ from it.

use chrono::{DateTime, Utc};
use orcazap_core::ContactKey;
use orcazap_store::{
    ConversationEntry, ConversationFilter, Direction, MessageEntry, Store, StoreError, TenantTx,
};
use orcazap_whatsapp::graph_sim::SimSent;
use orcazap_whatsapp::send::{Message, Request};
use serde_json::Value;

use super::chat::Mine;
use super::people::Person;
use super::{Phone, send};
use crate::demo::Demo;

/// How many conversations are looked at, and how many messages of each.
const MOST: u16 = 200;

impl Phone {
    /// Rebuilds what the phone and the stand-in knew before this start.
    pub(in crate::http) async fn recall(
        &self,
        store: &Store,
        demo: &Demo,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (mut tx, conversations) = self.known(store, demo).await?;
        let mut messages = Vec::new();
        for (person, conversation) in conversations {
            let page = tx.list_messages(conversation.id, None, MOST).await?;
            let key = conversation.contact.key;
            messages
                .extend(page.items.into_iter().map(|entry| (person.clone(), key.clone(), entry)));
        }
        messages.sort_by_key(|(_, _, entry)| (entry.at, entry.id));
        for (person, key, entry) in messages {
            match entry.direction {
                // The demonstration has no phone of the store and no other assistant.
                Direction::Phone | Direction::Standby => {}
                Direction::In => self.recall_written(demo, person, &key, &entry, now),
                Direction::Out { .. } => {
                    if let Some(sent) = sent(demo, key, entry) {
                        demo.sim.remember_sent(sent);
                    }
                }
            }
        }
        Ok(())
    }

    /// Counts every customer with a conversation as one who is there.
    pub(super) async fn recall_people(&self, store: &Store, demo: &Demo) -> Result<(), StoreError> {
        self.known(store, demo).await.map(drop)
    }

    async fn known(
        &self,
        store: &Store,
        demo: &Demo,
    ) -> Result<(TenantTx, Vec<(Person, ConversationEntry)>), StoreError> {
        let mut tx = store.tenant(demo.tenant).await?;
        let page = tx.list_conversations(ConversationFilter::All, None, MOST).await?;
        let mut people = self.people();
        let known = page.items.into_iter();
        let known = known.filter_map(|entry| Some((people.know(&entry.contact.key)?, entry)));
        let known = known.collect();
        drop(people);
        Ok((tx, known))
    }

    fn recall_written(
        &self,
        demo: &Demo,
        person: Person,
        from: &ContactKey,
        entry: &MessageEntry,
        now: DateTime<Utc>,
    ) {
        let text = |pointer| entry.raw.pointer(pointer).and_then(Value::as_str);
        let id = text("/id").and_then(|id| id.parse().ok());
        let shown = entry.text.as_deref().unwrap_or(match text("/type") {
            Some("location") => send::LOCATION,
            Some("audio") => send::AUDIO,
            Some("image") => send::IMAGE,
            _ => "(mensagem)",
        });
        let mut chat = self.chat();
        chat.wrote(Mine {
            from: person.id,
            id: id.clone(),
            text: shown.to_owned(),
            context: text("/context/id").and_then(|id| id.parse().ok()),
            at: entry.at,
        });
        // What belongs to a conversation has been read.
        if let Some(id) = id {
            chat.read(&id);
            let ago = (now - entry.at).to_std().unwrap_or_default();
            demo.sim.remember_heard(id, &demo.number, from, ago);
        }
    }
}

/// A message as the stand-in took it; none of one that was not sent, or not yet.
fn sent(demo: &Demo, to: ContactKey, entry: MessageEntry) -> Option<SimSent> {
    let Direction::Out { state, .. } = entry.direction else { return None };
    if !matches!(state.as_str(), "sent" | "delivered" | "read") {
        return None;
    }
    let message: Message = serde_json::from_value(entry.raw).ok()?;
    let json = Request::new(to.clone(), message).to_graph();
    let kind = json.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let id = entry.id.to_string().parse().ok()?;
    Some(SimSent { id, from: demo.number.clone(), to, kind, json, at: entry.at })
}
