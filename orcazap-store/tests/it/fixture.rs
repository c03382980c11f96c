//! A store with a channel, and the messages, steps and quotes of its tests.
//! Every name, number and token is invented.

use chrono::{DateTime, TimeDelta, Utc};
use orcazap_core::catalog::Catalog;
use orcazap_core::conversation::{Conversation, Offer, QuoteRef, State};
use orcazap_core::order::{Order, OrderItem};
use orcazap_core::pricing::{Overrides, PriceBook, PriceBookData};
use orcazap_core::{ContactKey, Effect, Phone, Product, Step, Unit, quote};
use orcazap_store::testing::{TestDatabase, database};
use orcazap_store::{
    ChannelId, Delivery, Incoming, Ingested, NewChannel, NewInbound, NewOutgoing, OutgoingKind,
    SentAs, SentState, Source, StatusUpdate, Stepped, Store, Tenant, Turn, Update,
};
use serde_json::json;

/// What most messages are charged as.
pub(crate) const SERVICE: SentAs<'static> = SentAs { category: "service", outside: false };

/// A store on a database of its own.
pub(crate) struct Fixture {
    pub(crate) db: TestDatabase,
    pub(crate) tenant: Tenant,
    pub(crate) number: String,
}

/// The instant so many seconds after the tests begin.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}

pub(crate) async fn open() -> Fixture {
    let db = database().await.unwrap();
    let (tenant, _) = add_store(&db.store, "loja", "100200300").await;
    Fixture { db, tenant, number: "100200300".to_owned() }
}

/// Adds a store with one channel.
pub(crate) async fn add_store(store: &Store, slug: &str, number: &str) -> (Tenant, ChannelId) {
    let tenant = store.create_tenant(slug, "Casa do Construtor", at(0)).await.unwrap();
    let mut tx = store.tenant(tenant.id).await.unwrap();
    let channel = NewChannel {
        phone_number_id: number.to_owned(),
        display_name: "Balcão".to_owned(),
        access_token: Some("token-inventado".to_owned().into()),
    };
    let channel = tx.insert_channel(channel, at(0)).await.unwrap();
    tx.commit().await.unwrap();
    (tenant, channel)
}

pub(crate) fn phone(last: u8) -> Phone {
    format!("55119900000{last:02}").parse().unwrap()
}

/// A text that came to a number.
pub(crate) fn text(number: &str, id: &str, from: u8, words: &str, sent: i64) -> Incoming {
    let message = NewInbound {
        provider_id: id.to_owned(),
        source: Source::Customer,
        from: ContactKey::from(phone(from)),
        aliases: Vec::new(),
        becomes: None,
        profile_name: Some("Maria Inventada".to_owned()),
        kind: "text".to_owned(),
        text: Some(words.to_owned()),
        media: None,
        raw: json!({ "from": phone(from), "text": { "body": words } }),
        sent_at: at(sent),
    };
    incoming(number, Update::Message(Box::new(message)))
}

/// An update that came to a number.
pub(crate) fn incoming(number: &str, update: Update) -> Incoming {
    let phone_number_id = number.to_owned();
    Incoming { phone_number_id, account_id: None, display_number: None, update }
}

pub(crate) fn status(
    number: &str,
    id: &str,
    callback: Option<&Delivery>,
    state: SentState,
) -> Incoming {
    let callback = callback.map(|delivery| delivery.callback.to_string());
    let update =
        StatusUpdate { provider_id: id.to_owned(), callback, state, pricing: None, at: at(50) };
    incoming(number, Update::Status(update))
}

impl Fixture {
    pub(crate) fn store(&self) -> &Store {
        &self.db.store
    }

    pub(crate) async fn ingest(&self, updates: Vec<Incoming>, now: i64) -> Ingested {
        self.store().ingest(updates, Some("req-1"), at(now)).await.unwrap()
    }

    /// A text to this store's channel.
    pub(crate) fn text(&self, id: &str, from: u8, words: &str, sent: i64) -> Incoming {
        text(&self.number, id, from, words, sent)
    }

    pub(crate) async fn claim(&self, now: i64) -> Option<Turn> {
        self.store().claim_turn(at(now)).await.unwrap()
    }

    pub(crate) async fn claim_delivery(&self, now: i64) -> Option<Delivery> {
        self.store().claim_delivery(at(now)).await.unwrap()
    }

    /// One customer writes, the turn answers with these messages.
    pub(crate) async fn answered_with(&self, id: &str, kinds: &[OutgoingKind]) {
        self.ingest(vec![self.text(id, 1, "oi", 0)], 0).await;
        let turn = self.claim(10).await.unwrap();
        let outgoing = kinds.iter().map(|kind| outgoing(*kind, kind.code())).collect();
        let stepped = stepped(turn.conversation().clone(), Vec::new(), outgoing);
        turn.commit(vec![stepped], at(10)).await.unwrap();
    }

    /// Statements that a superuser runs.
    pub(crate) async fn run(&self, sql: &'static str) {
        use secrecy::ExposeSecret as _;
        use sqlx::Connection as _;
        let mut admin = sqlx::PgConnection::connect(self.db.url.expose_secret()).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut admin).await.unwrap();
        admin.close().await.unwrap();
    }

    /// What one value a superuser sees.
    pub(crate) async fn peek<T>(&self, sql: &'static str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
    {
        use secrecy::ExposeSecret as _;
        use sqlx::Connection as _;
        let mut admin = sqlx::PgConnection::connect(self.db.url.expose_secret()).await.unwrap();
        let value = sqlx::query_scalar(sql).fetch_one(&mut admin).await.unwrap();
        admin.close().await.unwrap();
        value
    }
}

pub(crate) fn outgoing(kind: OutgoingKind, words: &str) -> NewOutgoing {
    NewOutgoing {
        kind,
        quote_revision: None,
        payload: json!({ "type": "text", "text": { "body": words } }),
        summary: words.to_owned(),
        written_by: None,
    }
}

pub(crate) fn stepped(
    conversation: Conversation,
    effects: Vec<Effect>,
    outgoing: Vec<NewOutgoing>,
) -> Stepped {
    Stepped { step: Step { conversation, effects }, outgoing }
}

pub(crate) fn product(sku: &str, price: &str) -> Product {
    Product::new(sku.parse().unwrap(), format!("Produto {sku}"), Unit::Bag, price.parse().unwrap())
}

/// Ten bags of cement, priced.
pub(crate) fn offer(conversation: &Conversation, revision: u32) -> Offer {
    let mut cement = product("CIM", "38.90");
    cement.cost = Some("30".parse().unwrap());
    let catalog = Catalog::new(vec![cement]).unwrap();
    let book = PriceBook::new(PriceBookData { version: 3, ..PriceBookData::default() }).unwrap();
    let items = vec![OrderItem::new("CIM".parse().unwrap(), "10".parse().unwrap())];
    let order = Order { items, ..Order::default() };
    let now = at(10).fixed_offset();
    let quote = quote(&order, &Overrides::default(), &catalog, &book, now).unwrap();
    let quote_ref = QuoteRef { number: conversation.number, revision };
    Offer { quote_ref, quote: Box::new(quote), order: Box::new(order) }
}

/// The conversation with a quote sent, and what leads to it.
pub(crate) fn quoted(conversation: &Conversation, revision: u32) -> Stepped {
    let offer = offer(conversation, revision);
    let mut after = conversation.clone();
    after.state = State::Quoted { offer: offer.clone() };
    after.revision = revision;
    let mut message = outgoing(OutgoingKind::Quote, "Orçamento");
    message.quote_revision = Some(revision);
    stepped(after, vec![Effect::RecordQuote { offer, edited: None }], vec![message])
}
