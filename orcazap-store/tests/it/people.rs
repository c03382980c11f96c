//! People and their log-ins.

use orcazap_core::authority::Role;
use orcazap_store::{NewStaff, StoreError};
use secrecy::{ExposeSecret as _, SecretString};

use crate::fixture::{at, open};

fn ana() -> NewStaff {
    NewStaff {
        email: " Ana@Loja.example ".to_owned(),
        name: "Ana".to_owned(),
        role: Role::Owner,
        password_hash: "$hash$um".to_owned().into(),
    }
}

fn token(text: &str) -> SecretString {
    SecretString::from(text)
}

#[tokio::test]
async fn a_person_logs_in_by_address_whatever_its_case() {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let added = tx.insert_staff(ana(), at(0)).await.unwrap();
    let (found, hash) = tx.find_staff_for_login("ANA@loja.example").await.unwrap().unwrap();
    assert_eq!((&found, hash.expose_secret()), (&added, "$hash$um"));
    for stranger in ["bia@loja.example", "ana\0@loja.example", ""] {
        assert_eq!(tx.find_staff_for_login(stranger).await.unwrap().map(|_| ()), None);
    }
    assert_eq!(tx.list_staff().await.unwrap(), [added]);
    let taken = tx.insert_staff(ana(), at(1)).await.unwrap_err();
    assert!(matches!(taken, StoreError::Taken { what: "email", .. }), "{taken:?}");
}

#[tokio::test]
async fn a_session_holds_until_it_ends_is_revoked_or_replaced() {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let ana = tx.insert_staff(ana(), at(0)).await.unwrap();
    tx.insert_session(&token("um"), ana.id, at(3600), at(0)).await.unwrap();
    let session = tx.find_session(&token("um"), at(10)).await.unwrap().unwrap();
    assert_eq!((session.staff.id, session.last_seen_at), (ana.id, at(0)));
    tx.find_session(&token("um"), at(100)).await.unwrap().unwrap();
    let seen = tx.find_session(&token("um"), at(101)).await.unwrap().unwrap();
    assert_eq!(seen.last_seen_at, at(100));
    assert_eq!(tx.find_session(&token("um"), at(3600)).await.unwrap(), None);
    tx.rotate_session(&token("um"), &token("dois")).await.unwrap();
    assert_eq!(tx.find_session(&token("um"), at(10)).await.unwrap(), None);
    assert!(tx.find_session(&token("dois"), at(10)).await.unwrap().is_some());
    tx.revoke_session(&token("dois")).await.unwrap();
    assert_eq!(tx.find_session(&token("dois"), at(10)).await.unwrap(), None);
    let gone = tx.rotate_session(&token("dois"), &token("três")).await.unwrap_err();
    assert!(matches!(gone, StoreError::Missing { what: "session" }));
}

#[tokio::test]
async fn a_new_password_and_a_closed_door_end_every_session() {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let ana = tx.insert_staff(ana(), at(0)).await.unwrap();
    tx.insert_session(&token("um"), ana.id, at(3600), at(0)).await.unwrap();
    tx.update_password(ana.id, &token("$hash$dois")).await.unwrap();
    assert_eq!(tx.find_session(&token("um"), at(10)).await.unwrap(), None);
    tx.insert_session(&token("dois"), ana.id, at(3600), at(0)).await.unwrap();
    tx.update_staff_disabled(ana.id, Some(at(20))).await.unwrap();
    assert_eq!(tx.find_session(&token("dois"), at(30)).await.unwrap(), None);
    assert!(tx.find_staff_for_login("ana@loja.example").await.unwrap().is_none());
    tx.update_staff_disabled(ana.id, None).await.unwrap();
    assert!(tx.find_staff_for_login("ana@loja.example").await.unwrap().is_some());
    tx.insert_session(&token("três"), ana.id, at(40), at(30)).await.unwrap();
    assert_eq!(tx.delete_ended_sessions(at(40)).await.unwrap(), 1);
}

#[tokio::test]
async fn slugs_and_numbers_belong_to_one_store() {
    let fixture = open().await;
    let store = fixture.store();
    let taken = store.create_tenant("loja", "Outra", at(0)).await.unwrap_err();
    assert!(matches!(taken, StoreError::Taken { what: "slug", .. }), "{taken:?}");
    let refused = store.create_tenant("Loja Nova", "Outra", at(0)).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    let other = store.create_tenant("outra", "Outra", at(0)).await.unwrap();
    let mut tx = store.tenant(other.id).await.unwrap();
    let channel = orcazap_store::NewChannel {
        phone_number_id: fixture.number.clone(),
        display_name: "Balcão".to_owned(),
        access_token: None,
    };
    let taken = tx.insert_channel(channel, at(0)).await.unwrap_err();
    assert!(matches!(taken, StoreError::Taken { what: "phone_number_id", .. }), "{taken:?}");
    assert_eq!(store.find_tenant("outra").await.unwrap(), Some(other.clone()));
    assert_eq!(store.find_tenant("nenhuma").await.unwrap(), None);
    let slugs = store.list_tenants("loja", 10).await.unwrap();
    assert_eq!(slugs, [other]);
}

#[tokio::test]
async fn an_access_token_is_sealed_in_the_table() {
    let fixture = open().await;
    let open: bool = fixture
        .peek("SELECT encode(access_token, 'escape') LIKE '%token-inventado%' FROM channels")
        .await;
    assert!(!open);
}
