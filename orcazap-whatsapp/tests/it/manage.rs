//! Connecting a number, over real HTTP against the stand-in.

use orcazap_whatsapp::client::{BusinessProfile, Callback, Pin};
use orcazap_whatsapp::graph_sim::{SimNumberState, SimToken};
use orcazap_whatsapp::send::{LimitError, Limited};
use orcazap_whatsapp::{AccountId, Advice, Client, ClientConfig};

use crate::store::{ACCOUNT, Store, TOKEN, token};

fn account() -> AccountId {
    ACCOUNT.parse().unwrap()
}

fn callback(path: &str) -> Callback {
    let url = format!("https://api.loja.example/{path}").parse().unwrap();
    Callback::new(url, "verify-inventado".into()).unwrap()
}

#[tokio::test]
async fn an_app_is_subscribed_to_an_account_with_an_address_or_without() {
    let store = Store::open().await;
    let client = &store.client;
    assert_eq!(client.subscriptions(&account(), &token()).await.unwrap(), []);
    client.subscribe(&account(), &token(), None).await.unwrap();
    assert!(store.sim.is_subscribed(&account()));
    let apps = client.subscriptions(&account(), &token()).await.unwrap();
    assert_eq!((apps.len(), apps[0].callback.as_deref()), (1, None));
    client.subscribe(&account(), &token(), Some(&callback("waba"))).await.unwrap();
    let apps = client.subscriptions(&account(), &token()).await.unwrap();
    assert_eq!(apps[0].callback.as_deref(), Some("https://api.loja.example/waba"));
    let number = client.number(&store.number, &token()).await.unwrap();
    assert_eq!(number.callback.as_deref(), Some("https://api.loja.example/waba"));
    client.set_callback(&store.number, &token(), Some(&callback("number"))).await.unwrap();
    let number = client.number(&store.number, &token()).await.unwrap();
    assert_eq!(number.callback.as_deref(), Some("https://api.loja.example/number"));
    client.set_callback(&store.number, &token(), None).await.unwrap();
    client.unsubscribe(&account(), &token()).await.unwrap();
    assert_eq!(client.subscriptions(&account(), &token()).await.unwrap(), []);
    let foreign = client.subscriptions(&"999".parse().unwrap(), &token()).await.unwrap_err();
    assert_eq!(foreign.advice(), Advice::PauseChannel);
}

#[tokio::test]
async fn a_number_is_registered_with_its_pin() {
    let store = Store::open().await;
    let client = &store.client;
    let fresh = SimNumberState { status: "PENDING".into(), ..SimNumberState::default() };
    store.sim.set_number_state(&store.number, fresh.clone());
    client.set_pin(&store.number, &token(), &Pin::new("123456").unwrap()).await.unwrap();
    let wrong = client.register(&store.number, &token(), &Pin::new("654321").unwrap()).await;
    let wrong = wrong.unwrap_err();
    assert_eq!(wrong.code(), Some(133_005));
    assert!(wrong.explain().contains("PIN"), "{}", wrong.explain());
    client.register(&store.number, &token(), &Pin::new("123456").unwrap()).await.unwrap();
    let number = client.number(&store.number, &token()).await.unwrap();
    assert_eq!(number.status.as_deref(), Some("CONNECTED"));
    client.deregister(&store.number, &token()).await.unwrap();
    let unverified = SimNumberState { verification: "NOT_VERIFIED".into(), ..fresh };
    store.sim.set_number_state(&store.number, unverified);
    let early = client.register(&store.number, &token(), &Pin::new("123456").unwrap()).await;
    assert_eq!(early.unwrap_err().code(), Some(133_006));
}

#[tokio::test]
async fn a_number_tells_how_it_stands() {
    let store = Store::open().await;
    let number = store.client.number(&store.number, &token()).await.unwrap();
    assert_eq!(number.display.as_deref(), Some("+551140028922"));
    assert_eq!(number.messaging_limit.as_deref(), Some("TIER_2K"));
    assert_eq!(number.health[0].can_send, "AVAILABLE");
    let blocked = SimNumberState {
        quality: "RED".into(),
        blocked: Some((131_031, "Account locked".into())),
        ..SimNumberState::default()
    };
    store.sim.set_number_state(&store.number, blocked);
    let number = store.client.number(&store.number, &token()).await.unwrap();
    assert_eq!(number.quality.as_deref(), Some("RED"));
    assert_eq!(number.health[0].problems, ["131031: Account locked"]);
    let refused = store.client.number(&store.number, &"other".into()).await.unwrap_err();
    assert_eq!(refused.advice(), Advice::PauseChannel);
}

#[tokio::test]
async fn a_token_tells_what_it_may_do_and_until_when() {
    let store = Store::open().await;
    let known = store.client.token_details(&token()).await.unwrap();
    assert!(known.valid && known.scopes.contains(&"whatsapp_business_messaging".to_owned()));
    assert_eq!(known.expires_at, None);
    let ends = SimToken { expires_at: 1_800_000_000, scopes: Vec::new(), valid: true };
    store.sim.set_token(TOKEN, ends);
    let known = store.client.token_details(&token()).await.unwrap();
    assert_eq!((known.expires_at, known.scopes.len()), (Some(1_800_000_000), 0));
    let refused = store.client.number(&store.number, &token()).await.unwrap_err();
    assert_eq!((refused.code(), refused.advice()), (Some(10), Advice::PauseChannel));
    store.sim.set_token(TOKEN, SimToken { valid: false, ..SimToken::default() });
    assert!(!store.client.token_details(&token()).await.unwrap().valid);
    assert_eq!(store.client.number(&store.number, &token()).await.unwrap_err().code(), Some(190));
}

#[tokio::test]
async fn a_profile_is_changed_part_by_part() {
    let store = Store::open().await;
    let about = Limited::new("about", "Materiais de construção").unwrap();
    let first = BusinessProfile { about: Some(about.clone()), ..BusinessProfile::default() };
    store.client.set_business_profile(&store.number, &token(), &first).await.unwrap();
    let pages = vec![Limited::new("websites", "https://loja.example").unwrap()];
    let second = BusinessProfile { websites: pages.clone(), ..BusinessProfile::default() };
    store.client.set_business_profile(&store.number, &token(), &second).await.unwrap();
    let all = store.client.business_profile(&store.number, &token()).await.unwrap();
    assert_eq!((all.about, all.websites), (Some(about), pages));
}

#[tokio::test]
async fn an_app_that_demands_it_gets_a_proof_of_its_secret() {
    use std::sync::{Arc, Mutex};
    let asked: Arc<Mutex<Option<String>>> = Arc::default();
    let shared = Arc::clone(&asked);
    let take = move |uri: axum::http::Uri| async move {
        *shared.lock().unwrap() = uri.query().map(str::to_owned);
        axum::Json(serde_json::json!({ "success": true }))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(take)).await });
    let mut config = ClientConfig::new(base);
    config.app_secret = Some("app-secret".into());
    let client = Client::new(&config).unwrap();
    client.unsubscribe(&account(), &"token".into()).await.unwrap();
    // printf token | openssl dgst -sha256 -hmac app-secret
    let proof = "appsecret_proof=4b062935fec529e51d39e89ee371a452c231b1e0c5549ac72d83fc4f3a0b0471";
    assert_eq!(asked.lock().unwrap().as_deref(), Some(proof));
}

#[test]
fn a_pin_and_a_callback_are_checked_and_reach_no_log() {
    for pin in ["", "12345", "1234567", "12345a", "１２３４５６"] {
        let error = Pin::new(pin).unwrap_err().to_string();
        assert!(pin.is_empty() || !error.contains(pin), "{error}");
    }
    assert!(!format!("{:?}", Pin::new("123456").unwrap()).contains("123456"));
    assert!(!format!("{:?}", callback("a")).contains("verify-inventado"));
    let callback = |url: String| Callback::new(url.parse().unwrap(), "v".into());
    let longest = format!("https://a/{}", "b".repeat(190));
    assert!(callback(longest.clone()).is_ok());
    let error = callback(format!("{longest}b")).unwrap_err();
    assert!(matches!(error, LimitError::TooLong { max: 200, found: 201, .. }));
    assert!(matches!(callback("http://loja.example/".into()), Err(LimitError::Form { .. })));
    assert!(callback("http://127.0.0.1:8080/".into()).is_ok());
}
