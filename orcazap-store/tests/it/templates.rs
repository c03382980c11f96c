//! Templates: kept as the platform tells of them, each store its own.

use orcazap_store::{StoreError, StoredTemplate, TemplateNews};
use serde_json::json;

use crate::fixture::{add_store, at, open};

const ACCOUNT: &str = "102290129340398";

fn template(name: &str, status: &str) -> StoredTemplate {
    StoredTemplate {
        account_id: ACCOUNT.to_owned(),
        name: name.to_owned(),
        language: "pt_BR".to_owned(),
        platform_id: Some("1689556908129832".to_owned()),
        category: "UTILITY".to_owned(),
        status: status.to_owned(),
        quality: Some("GREEN".to_owned()),
        reason: None,
        components: json!([{ "type": "BODY", "text": "Olá" }]),
        updated_at: at(0),
    }
}

#[tokio::test]
async fn an_account_has_the_templates_that_the_platform_lists() {
    let fixture = open().await;
    let store = fixture.store();
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let both = [template("a", "APPROVED"), template("b", "PENDING")];
    assert_eq!(tx.sync_templates(ACCOUNT, &both).await.unwrap(), 0);
    let mut elsewhere = template("c", "APPROVED");
    elsewhere.account_id = "999".to_owned();
    tx.save_template(&elsewhere).await.unwrap();
    let paused = template("a", "PAUSED");
    assert_eq!(tx.sync_templates(ACCOUNT, std::slice::from_ref(&paused)).await.unwrap(), 1);
    assert_eq!(tx.list_templates().await.unwrap(), [paused.clone(), elsewhere]);
    assert!(!paused.is_approved());

    let channel = tx.list_channels().await.unwrap().remove(0);
    assert_eq!(tx.find_template(channel.id, "a", "pt_BR").await.unwrap(), None);
    assert_eq!(tx.find_account(channel.id).await.unwrap(), None);
    tx.update_account(channel.id, ACCOUNT).await.unwrap();
    assert_eq!(tx.find_account(channel.id).await.unwrap().as_deref(), Some(ACCOUNT));
    assert_eq!(tx.find_template(channel.id, "a", "pt_BR").await.unwrap(), Some(paused));
    assert_eq!(tx.find_template(channel.id, "a", "en").await.unwrap(), None);
    assert_eq!(tx.find_template(channel.id, "c", "pt_BR").await.unwrap(), None);
}

#[tokio::test]
async fn news_of_a_template_reach_the_stores_of_its_account_and_no_other() {
    let fixture = open().await;
    let store = fixture.store();
    let (other, _) = add_store(store, "outra", "999").await;
    for tenant in [fixture.tenant.id, other.id] {
        let mut tx = store.tenant(tenant).await.unwrap();
        tx.save_template(&template("a", "PENDING")).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap().remove(0);
    tx.update_account(channel.id, ACCOUNT).await.unwrap();
    tx.commit().await.unwrap();

    let rejected = TemplateNews {
        status: Some("REJECTED".to_owned()),
        reason: Some("INVALID_FORMAT\0".to_owned()),
        ..TemplateNews::default()
    };
    let apply = async |name: &str, news: &TemplateNews| {
        store.apply_template_news(ACCOUNT, name, "pt_BR", news, at(5)).await.unwrap()
    };
    assert_eq!(apply("a", &rejected).await, 1);
    assert_eq!(apply("unknown", &rejected).await, 0);
    let rated = TemplateNews { quality: Some("RED".to_owned()), ..TemplateNews::default() };
    assert_eq!(apply("a", &rated).await, 1);
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let seen = tx.list_templates().await.unwrap().remove(0);
    assert_eq!((seen.status.as_str(), seen.quality.as_deref()), ("REJECTED", Some("RED")));
    assert_eq!(seen.reason.as_deref(), Some("INVALID_FORMAT"));
    assert_eq!(seen.updated_at, at(5));
    let approved = TemplateNews { status: Some("APPROVED".to_owned()), ..TemplateNews::default() };
    drop(tx);
    apply("a", &approved).await;
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    assert_eq!(tx.list_templates().await.unwrap()[0].reason, None);

    let mut tx = store.tenant(other.id).await.unwrap();
    assert_eq!(tx.list_templates().await.unwrap()[0].status, "PENDING");
    assert!(matches!(
        tx.update_account(channel.id, ACCOUNT).await,
        Err(StoreError::Missing { what: "channel" })
    ));
}
