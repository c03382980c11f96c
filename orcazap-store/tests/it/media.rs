//! Files that customers sent: fetched once, sealed, in the database or in an object
//! store, and never another store's.

use std::sync::Arc;

use orcazap_store::media::{MediaPlace, MediaStorage, PostgresStorage, S3Config, S3Storage};
use orcazap_store::{Fetch, Incoming, MAX_FETCH_ATTEMPTS, MediaState, NewMedia, Update};

use crate::fixture::{Fixture, add_store, at, open};
use crate::object_store::ObjectStore;

fn with_file(fixture: &Fixture, id: &str) -> Incoming {
    let mut incoming = fixture.text(id, 1, "minha lista", 0);
    if let Update::Message(message) = &mut incoming.update {
        message.media = Some(NewMedia {
            reference: "1003383421387256".to_owned(),
            kind: "document".to_owned(),
            claimed_type: Some("application/pdf".to_owned()),
            sha256: None,
            file_name: Some("lista da Maria.pdf".to_owned()),
        });
    }
    incoming
}

async fn claim(fixture: &Fixture, now: i64) -> Option<Fetch> {
    fixture.store().claim_fetch(at(now)).await.unwrap()
}

async fn state(fixture: &Fixture, fetch: &Fetch) -> MediaState {
    let mut tx = fixture.store().tenant(fetch.tenant).await.unwrap();
    tx.find_media(fetch.media).await.unwrap().unwrap().0.state
}

async fn kept_and_opened(fixture: &Fixture, storage: &dyn MediaStorage, bytes: &[u8]) {
    fixture.ingest(vec![with_file(fixture, "wamid.1"), with_file(fixture, "wamid.1")], 0).await;
    let fetch = claim(fixture, 0).await.unwrap();
    assert_eq!((fetch.reference.as_str(), fetch.attempt), ("1003383421387256", 1));
    assert_eq!(fetch.phone_number_id, fixture.number);
    assert!(claim(fixture, 1).await.is_none(), "leased, and only once");
    for _ in 0..2 {
        let kept = fixture.store().keep_media(storage, &fetch, bytes, "application/pdf", at(2));
        kept.await.unwrap();
    }
    assert!(claim(fixture, 999).await.is_none(), "done");
    let size = bytes.len() as u64;
    let expected = MediaState::Kept { content_type: "application/pdf".to_owned(), size };
    assert_eq!(state(fixture, &fetch).await, expected);
    let place = MediaPlace { tenant: fetch.tenant, media: fetch.media };
    let sealed = storage.get(place).await.unwrap().unwrap();
    assert!(!sealed.windows(4).any(|part| part == b"%PDF"), "sealed");
    let mut tx = fixture.store().tenant(fetch.tenant).await.unwrap();
    assert_eq!(tx.open_media_bytes(fetch.media, &sealed).await.unwrap().as_deref(), Some(bytes));
    let mut broken = sealed.clone();
    *broken.last_mut().unwrap() ^= 1;
    assert!(tx.open_media_bytes(fetch.media, &broken).await.is_err(), "changed on the way");
    let elsewhere = MediaPlace { media: orcazap_store::MediaId::make(), ..place };
    assert_eq!(storage.get(elsewhere).await.unwrap(), None);
    storage.delete(place).await.unwrap();
    storage.delete(place).await.unwrap();
    assert_eq!(storage.get(place).await.unwrap(), None);
}

#[tokio::test]
async fn a_file_is_kept_in_the_database() {
    let fixture = open().await;
    let storage = PostgresStorage::new(fixture.store().clone());
    let bytes: Vec<u8> = b"%PDF-1.7 ".iter().copied().cycle().take(2_500_000).collect();
    kept_and_opened(&fixture, &storage, &bytes).await;
}

#[tokio::test]
async fn a_file_is_kept_in_an_object_store_that_checks_every_signature() {
    let fixture = open().await;
    let objects = ObjectStore::start().await;
    let storage = S3Storage::new(objects.config()).unwrap();
    kept_and_opened(&fixture, &storage, b"%PDF-1.7 lista").await;
    let names = objects.names_seen();
    assert!(names.iter().all(|name| !name.contains("lista") && !name.contains("Maria")));
    let prefix = format!("media/{}/", fixture.tenant.id);
    assert!(names.iter().all(|name| name.starts_with(&prefix)), "{names:?}");
    let wrong = S3Config { secret_access_key: "outro".into(), ..objects.config() };
    let place = MediaPlace { tenant: fixture.tenant.id, media: orcazap_store::MediaId::make() };
    let refused = S3Storage::new(wrong).unwrap().put(place, vec![1]).await;
    assert!(refused.unwrap_err().to_string().contains("403"));
}

#[tokio::test]
async fn a_file_that_can_t_be_had_is_tried_again_and_given_up_in_the_end() {
    let fixture = open().await;
    fixture.ingest(vec![with_file(&fixture, "wamid.1")], 0).await;
    let fetch = claim(&fixture, 0).await.unwrap();
    assert!(fixture.store().retry_fetch(&fetch, at(60)).await.unwrap());
    assert!(claim(&fixture, 59).await.is_none());
    // A worker that died leaves its lease, which ends.
    let again = claim(&fixture, 60).await.unwrap();
    assert_eq!(again.attempt, 2);
    let after = claim(&fixture, 60 + 181).await.unwrap();
    let last = Fetch { attempt: MAX_FETCH_ATTEMPTS, ..after };
    assert!(!fixture.store().retry_fetch(&last, at(300)).await.unwrap());
    assert_eq!(state(&fixture, &last).await, MediaState::Lost { reason: "unreachable".into() });
    assert!(claim(&fixture, 9_999).await.is_none());
}

#[tokio::test]
async fn another_store_sees_no_file_and_no_name_stands_open() {
    let fixture = open().await;
    let (other, _) = add_store(fixture.store(), "outra", "999").await;
    fixture.ingest(vec![with_file(&fixture, "wamid.1")], 0).await;
    let fetch = claim(&fixture, 0).await.unwrap();
    let storage: Arc<dyn MediaStorage> = Arc::new(PostgresStorage::new(fixture.store().clone()));
    let kept =
        fixture.store().keep_media(storage.as_ref(), &fetch, b"%PDF-", "application/pdf", at(1));
    kept.await.unwrap();
    let mut theirs = fixture.store().tenant(other.id).await.unwrap();
    assert_eq!(theirs.find_media(fetch.media).await.unwrap(), None);
    assert_eq!(theirs.open_media_bytes(fetch.media, b"x").await.unwrap(), None);
    let place = MediaPlace { tenant: other.id, media: fetch.media };
    assert_eq!(storage.get(place).await.unwrap(), None);
    assert!(storage.put(place, vec![1]).await.is_err(), "nor put bytes beside it");
    let open: bool =
        fixture.peek("SELECT bool_or(encode(file_name, 'escape') LIKE '%Maria%') FROM media").await;
    assert!(!open);
}
