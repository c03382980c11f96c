//! Another key writes: everything is sealed anew while it goes on, and then the
//! old key can be taken away.

use orcazap_store::secrets::Keyring;
use orcazap_store::{ConversationFilter, OutgoingKind, Store, StoreError};
use secrecy::{ExposeSecret as _, SecretString};

use crate::fixture::{at, open};

const OLD: &str = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const NEW: &str = "novo:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

async fn with_keys(url: &SecretString, keys: String) -> Store {
    Store::connect(url, Keyring::parse(&keys.into()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn after_sealing_anew_the_old_key_can_go() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let url = &fixture.db.url;
    let mut tx = fixture.db.store.tenant(fixture.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap()[0].id;
    let (secrets, word) = ("segredo,outro".into(), "palavra".into());
    tx.update_channel_webhook(channel, Some(&secrets), Some(&word)).await.unwrap();
    tx.commit().await.unwrap();
    let both = with_keys(url, format!("{NEW},{OLD}")).await;

    // While both are there, the customer is still found by the old key's hash.
    both.ingest(vec![fixture.text("wamid.2", 1, "e areia", 20)], None, at(20)).await.unwrap();
    let contacts: i64 = fixture.peek("SELECT count(*) FROM contacts").await;
    assert_eq!(contacts, 1);

    let early = with_keys(url, NEW.to_owned()).await;
    let error = early.claim_turn(at(30)).await.unwrap_err();
    assert!(matches!(error, StoreError::Secret(_)), "{error:?}");

    let mut rounds = Vec::new();
    loop {
        let mut tx = both.tenant(fixture.tenant.id).await.unwrap();
        let changed = tx.reseal(1).await.unwrap();
        tx.commit().await.unwrap();
        rounds.push(changed);
        if changed == 0 {
            break;
        }
    }
    assert_eq!(
        rounds,
        [5, 0],
        "a contact, a channel's token and its webhook, a message in and one out"
    );

    let new = with_keys(url, NEW.to_owned()).await;
    new.ingest(vec![fixture.text("wamid.3", 1, "e cal", 40)], None, at(40)).await.unwrap();
    let contacts: i64 = fixture.peek("SELECT count(*) FROM contacts").await;
    assert_eq!(contacts, 1);
    let turn = new.claim_turn(at(500)).await.unwrap().unwrap();
    assert_eq!(turn.messages().len(), 2);
    assert_eq!(turn.contact().key.phone(), Some(&crate::fixture::phone(1)));
    turn.commit(Vec::new(), at(500)).await.unwrap();
    let delivery = new.claim_delivery(at(500)).await.unwrap().unwrap();
    assert_eq!(delivery.access_token.unwrap().expose_secret(), "token-inventado");
    let number = delivery.phone_number_id;
    let webhook = new.find_channel_webhook(&number).await.unwrap().unwrap();
    assert_eq!(webhook.app_secrets[1].expose_secret(), "outro");
    assert_eq!(webhook.verify_token.unwrap().expose_secret(), "palavra");
    let mut tx = new.tenant(fixture.tenant.id).await.unwrap();
    let id = tx.list_conversations(ConversationFilter::All, None, 1).await.unwrap().items[0].id;
    assert_eq!(tx.list_messages(id, None, 10).await.unwrap().items.len(), 4);
}
