//! The stand-in's control API: what other programs do with it over HTTP.

use serde_json::{Value, json};

use crate::store::{NUMBER, Store, TOKEN, text};

async fn call(store: &Store, path: &str, body: Value) -> (u16, Value) {
    let url = store.sim.base_url().join(&format!("_sim/{path}")).unwrap();
    let answer = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn get(store: &Store, path: &str) -> Value {
    let url = store.sim.base_url().join(path).unwrap();
    reqwest::Client::new().get(url).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_customer_writes_anything_and_what_was_accepted_is_listed() {
    let store = Store::greeted().await;
    let said = json!({
        "number": NUMBER,
        "from": { "user_id": "BR.1502576394655843", "name": "Sem número" },
        "messages": [
            { "type": "text", "text": { "body": "oi" } },
            { "type": "novidade", "novidade": { "a": 1 } },
        ],
    });
    let (status, answer) = call(&store, "messages", said).await;
    assert_eq!((status, answer["ids"].as_array().unwrap().len()), (200, 2));
    store.inbox.wait(3).await;
    store.send(text("olá")).await.unwrap();
    let sent = get(&store, "_sim/sent").await;
    let first = &sent["messages"][0];
    assert_eq!((&first["kind"], &first["body"]["text"]["body"]), (&json!("text"), &json!("olá")));
    assert_eq!(get(&store, "_sim/sent?after=1").await["messages"], json!([]));
    let overview = get(&store, "_sim").await;
    assert_eq!((&overview["sent"], &overview["numbers"][0]["id"]), (&json!(1), &json!(NUMBER)));
    assert!(!overview.to_string().contains(TOKEN), "no token is told");
}

#[tokio::test]
async fn faults_are_scripted_one_after_another_and_taken_back() {
    let store = Store::greeted().await;
    let faults = [
        json!({ "kind": "graph", "http_status": 400, "code": 131_056 }),
        json!({ "kind": "throttled", "retry_after_s": 3 }),
        json!({ "kind": "http", "status": 502 }),
        json!({ "kind": "http_after", "status": 502 }),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "drop_after" }),
        json!({ "kind": "truncated" }),
    ];
    for fault in &faults {
        assert_eq!(call(&store, "faults", json!({ "fault": fault })).await.0, 200, "{fault}");
    }
    let mut taken = Vec::new();
    for _ in &faults {
        store.send(text("oi")).await.expect_err("a fault");
        taken.push(store.sim.sent().len());
    }
    assert_eq!(taken, [0, 0, 0, 1, 1, 2, 3]);
    for fault in ["hang_before", "hang_after", "statuses_lost"] {
        let fault = json!({ "fault": { "kind": fault }, "times": 3 });
        assert_eq!(call(&store, "faults", fault).await.0, 200);
    }
    let url = store.sim.base_url().join("_sim/faults").unwrap();
    assert_eq!(reqwest::Client::new().delete(url).send().await.unwrap().status(), 200);
    store.send(text("oi")).await.expect("no fault is left");
}

#[tokio::test]
async fn the_clock_closes_windows_and_addresses_of_files() {
    let store = Store::greeted().await;
    let url = store.sim.base_url().join("_sim/files").unwrap();
    let kept = reqwest::Client::new().post(url).header("content-type", "image/png").body("png");
    let kept: Value = kept.send().await.unwrap().json().await.unwrap();
    let id = kept["id"].as_str().unwrap();
    let fetch = async |url: String| {
        reqwest::Client::new().get(url).bearer_auth(TOKEN).send().await.unwrap()
    };
    let look_up = store.sim.base_url().join(&format!("v26.0/{id}")).unwrap().to_string();
    let found: Value = fetch(look_up.clone()).await.json().await.unwrap();
    let address = found["url"].as_str().unwrap().to_owned();
    assert_eq!(fetch(address.clone()).await.text().await.unwrap(), "png");
    call(&store, "clock", json!({ "advance_s": 301 })).await;
    assert_eq!(fetch(address).await.status(), 404, "an address lives five minutes");
    assert_eq!(fetch(look_up.clone()).await.status(), 200);
    call(&store, "clock", json!({ "advance_s": 7 * 24 * 3600 })).await;
    assert_eq!(fetch(look_up).await.status(), 400, "a file that came in lives seven days");

    store.send(text("oi")).await.unwrap();
    let updates = store.inbox.wait(2).await;
    let failed = format!("{:?}", updates.last().unwrap());
    assert!(failed.contains("131047"), "{failed}");
}

#[tokio::test]
async fn statuses_come_in_one_webhook_or_never_when_asked_to() {
    let store = Store::greeted().await;
    let plan = json!({ "until": "read", "times": 2, "reversed": true, "batched": true });
    assert_eq!(call(&store, "statuses", plan).await.0, 200);
    store.send(text("oi")).await.unwrap();
    assert_eq!(store.inbox.wait(7).await.len(), 7);
    assert_eq!(call(&store, "statuses", json!({ "until": "none" })).await.0, 200);
    store.send(text("oi")).await.unwrap();
    // Another customer's word is what comes next.
    let said = json!({
        "number": NUMBER, "from": { "phone": "5511900000044" },
        "messages": [{ "type": "text", "text": { "body": "oi" } }],
    });
    call(&store, "messages", said).await;
    let last = format!("{:?}", store.inbox.wait(8).await.last().unwrap());
    assert!(last.contains("5511900000044"), "{last}");
}

#[tokio::test]
async fn what_cannot_be_done_is_said() {
    let store = Store::greeted().await;
    let nobody = json!({ "number": NUMBER, "from": {}, "messages": [] });
    let unknown = json!({ "number": "9", "from": { "phone": "5511900000044" }, "messages": [] });
    for (path, body) in [
        ("faults", json!({ "fault": { "kind": "earthquake" } })),
        ("faults", json!({})),
        ("messages", nobody),
        ("messages", unknown),
        ("statuses", json!({ "until": "never" })),
        ("clock", json!({ "advance_s": -1 })),
        ("webhook", json!({ "url": "x" })),
    ] {
        let (status, answer) = call(&store, path, body.clone()).await;
        assert_eq!(status, 400, "{path} {body}");
        assert!(answer["error"].as_str().is_some_and(|error| !error.is_empty()), "{answer}");
    }
    let number = json!({ "id": "77", "account_id": "2", "display": "551140000077", "token": "t" });
    assert_eq!(call(&store, "numbers", number).await.0, 200);
    let template = json!({ "name": "x", "language": "pt_BR", "parameters": 2 });
    assert_eq!(call(&store, "templates", template).await.0, 200);
    assert_eq!(call(&store, "unreachable", json!({ "phone": "5511900000045" })).await.0, 200);
    assert_eq!(get(&store, "_sim").await["templates"][1]["name"], "x");
}
