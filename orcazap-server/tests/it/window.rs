//! What would leave the window or pass a limit: it waits, a person is told, and
//! nothing is lost.

use std::time::Duration;

use chrono::TimeDelta;
use orcazap_server::worker::{Found, deliver_one};
use orcazap_store::StoredTemplate;
use orcazap_whatsapp::graph_sim::{Reached, SimTemplate, StatusPlan};
use reqwest::StatusCode;
use serde_json::json;

use crate::house::{House, customer};
use crate::visitor::Visitor;

const ORDER: &str = "10 sacos de cimento, retiro na loja, pago no pix";

async fn state(house: &House, state: &str) -> i64 {
    house.number(&format!("SELECT count(*) FROM outbound_messages WHERE state = '{state}'")).await
}

/// A quote that is ready a day after the customer wrote.
async fn late_quote(house: &House) {
    house.says(&customer(1), ORDER).await;
    house.app.clock.advance(TimeDelta::hours(24));
    house.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_outside_the_window_is_held_shown_and_sent_when_the_customer_has_written() {
    let house = House::open().await;
    late_quote(&house).await;
    assert!(house.sim.sent().is_empty(), "the platform would have answered 131047");
    assert_eq!(state(&house, "held").await, 1);

    let mut ana = Visitor::logged_in(&house, "loja").await;
    let home = ana.get("/").await;
    for words in ["mensagens que não saíram", "Orçamento que não saiu", "Passaram 24 horas"] {
        assert!(home.body.contains(words), "{words:?} in {}", home.body);
    }
    let conversation = home.id_after("/conversas/");
    let page = ana.get(&format!("/conversas/{conversation}")).await;
    assert!(page.body.contains("espere que ele escreva e envie de novo"), "{}", page.body);
    let message = page.id_after("/mensagens/");
    let again = format!("/conversas/{conversation}/mensagens/{message}/reenviar");

    // Sending again while the window is still closed changes nothing.
    assert_eq!(ana.post(&again, &[]).await.status, StatusCode::SEE_OTHER);
    house.settle().await;
    assert_eq!((house.sim.sent().len(), state(&house, "held").await), (0, 1));

    house.sim.advance(Duration::from_secs(24 * 3600));
    house.says(&customer(1), "oi, e o orçamento?").await;
    assert_eq!(ana.post(&again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(deliver_one(&house.app).await.unwrap(), Found::Work);
    assert_eq!(house.sent_to(&customer(1)).len(), 1);
    assert_eq!(state(&house, "held").await, 0);
    let audit = "SELECT count(*) FROM audit WHERE action = 'send_again' AND person_id IS NOT NULL";
    assert_eq!(house.number(audit).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_message_can_be_left_and_only_by_its_own_store() {
    let house = House::open().await;
    late_quote(&house).await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let conversation = ana.get("/").await.id_after("/conversas/");
    let page = ana.get(&format!("/conversas/{conversation}")).await;
    let message = page.id_after("/mensagens/");
    let path = |act: &str| format!("/conversas/{conversation}/mensagens/{message}/{act}");
    let mut other = Visitor::logged_in(&house, "vizinha").await;
    for act in ["reenviar", "deixar"] {
        assert_eq!(other.post(&path(act), &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(ana.post(&path("apagar"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(state(&house, "held").await, 1);
    assert_eq!(ana.post(&path("deixar"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&house, "dropped").await, 1);
    // Somebody else had pressed a button on an older page.
    assert_eq!(ana.post(&path("reenviar"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&house, "dropped").await, 1);
    assert!(!ana.get("/").await.body.contains("que não saiu"));
}

/// Our store's account has approved a template with this body.
async fn approve(house: &House, name: &str, body: &str) {
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    tx.save_template(&StoredTemplate {
        account_id: "2001".to_owned(),
        name: name.to_owned(),
        language: "pt_BR".to_owned(),
        platform_id: None,
        category: "UTILITY".to_owned(),
        status: "APPROVED".to_owned(),
        quality: None,
        reason: None,
        components: json!([{ "type": "BODY", "text": body }]),
        updated_at: house.app.clock.now(),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_goes_out_in_the_place_of_a_quote_which_follows_when_the_customer_writes() {
    let house = House::open().await;
    let body =
        "Olá, {{cliente}}! O orçamento {{numero}}, de {{total}}, vale até {{validade}}. Toque.";
    approve(&house, "orcamento_pronto", body).await;
    house.sim.add_template(SimTemplate {
        name: "orcamento_pronto".to_owned(),
        language: "pt_BR".to_owned(),
        parameters: 4,
    });
    late_quote(&house).await;
    let sent = house.sent_to(&customer(1));
    assert_eq!(sent.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["template"]);
    let values = sent[0].json.pointer("/template/components/0/parameters").unwrap();
    let values: Vec<_> =
        values.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert!(values.contains(&"Cliente Inventado"), "{values:?}");
    assert!(values.iter().any(|value| value.starts_with("R$")), "{values:?}");
    assert_eq!(state(&house, "held").await, 1);
    let outside = "SELECT count(*) FROM message_charges WHERE outside AND category = 'utility'";
    assert_eq!(house.number(outside).await, 1);
    // It waits for the customer, not for a person.
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let home = ana.get("/").await;
    assert!(!home.body.contains("que não saiu"), "{}", home.body);
    let conversation = ana.get("/conversas").await.id_after("/conversas/");
    let page = ana.get(&format!("/conversas/{conversation}")).await;
    assert!(page.body.contains("sai assim que ele responder"), "{}", page.body);

    house.sim.advance(Duration::from_secs(24 * 3600));
    house.says(&customer(1), "pode mandar").await;
    assert_eq!(deliver_one(&house.app).await.unwrap(), Found::Work);
    let sent = house.sent_to(&customer(1));
    assert_eq!(sent.len(), 2);
    assert!(sent[1].words().contains("Total"), "{:?}", sent[1].json);
    assert_eq!(state(&house, "held").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_daily_limit_a_template_waits_for_the_next_day() {
    let house = House::open().await;
    approve(&house, "orcamento_pronto", "Olá, {{cliente}}! Está pronto. Toque aqui.").await;
    house.sim.add_template(SimTemplate {
        name: "orcamento_pronto".to_owned(),
        language: "pt_BR".to_owned(),
        parameters: 1,
    });
    crate::database::execute(&house.url, "UPDATE channels SET daily_limit = 0").await;
    late_quote(&house).await;
    assert!(house.sim.sent().is_empty());
    let waits = "SELECT count(*) FROM outbound_messages WHERE kind = 'template' AND attempt = 0";
    assert_eq!((house.number(waits).await, state(&house, "queued").await), (1, 1));
    crate::database::execute(&house.url, "UPDATE channels SET daily_limit = 2000").await;
    house.settle().await;
    assert!(house.sim.sent().is_empty(), "it waits for the next day");
    house.app.clock.advance(TimeDelta::hours(24));
    house.settle().await;
    assert_eq!(house.sent_to(&customer(1)).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_fails_or_asks_for_more_leaves_the_message_to_a_person() {
    let house = House::open().await;
    approve(&house, "orcamento_pronto", "Olá, {{cliente}}! O {{guindaste}} chegou. Toque.").await;
    late_quote(&house).await;
    assert!(house.sim.sent().is_empty());
    let mut ana = Visitor::logged_in(&house, "loja").await;
    assert!(ana.get("/").await.body.contains("Orçamento que não saiu"));

    // The platform does not know it: refused, and the quote is with a person.
    let house = House::open().await;
    approve(&house, "orcamento_pronto", "Olá, {{cliente}}! Está pronto. Toque aqui.").await;
    late_quote(&house).await;
    assert_eq!((state(&house, "failed").await, state(&house, "held").await), (1, 1));
    let mut ana = Visitor::logged_in(&house, "loja").await;
    assert!(ana.get("/").await.body.contains("Orçamento que não saiu"));
}

/// Lets a number write more than one customer may be sent at once.
async fn a_crowd_of_replies(house: &House, count: i64) {
    house.says(&customer(1), ORDER).await;
    house.settle().await;
    let mut ana = Visitor::logged_in(house, "loja").await;
    let conversation = ana.get("/conversas").await.id_after("/conversas/");
    ana.get(&format!("/conversas/{conversation}")).await;
    ana.post(&format!("/conversas/{conversation}/assumir"), &[]).await;
    for n in 0..count {
        let text = format!("resposta {n}");
        let fields = [("text", text.as_str())];
        let page = ana.post(&format!("/conversas/{conversation}/responder"), &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_one_customer_may_be_sent_waits_and_goes_out_in_order() {
    let house = House::open().await;
    a_crowd_of_replies(&house, 60).await;
    while deliver_one(&house.app).await.unwrap() == Found::Work {}
    let sent = house.sent_to(&customer(1)).len();
    assert_eq!(sent, 45, "a burst, and the rest waits");
    assert_eq!(state(&house, "queued").await, 1 + 60 - 45);
    for _ in 0..40 {
        house.app.clock.advance(TimeDelta::seconds(6));
        while deliver_one(&house.app).await.unwrap() == Found::Work {}
    }
    assert_eq!(state(&house, "queued").await, 0);
    let words: Vec<_> =
        house.sent_to(&customer(1)).iter().map(|sent| sent.words().to_owned()).collect();
    let replies: Vec<_> = words.iter().filter(|words| words.starts_with("resposta")).collect();
    assert_eq!(replies.len(), 60);
    assert!(replies.iter().enumerate().all(|(n, words)| **words == format!("resposta {n}")));
    let refused = "SELECT count(*) FROM outbound_messages WHERE attempt <> 1";
    assert_eq!(house.number(refused).await, 0, "waiting uses up no attempt");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_message_costs_is_on_the_conversation_and_the_months_page() {
    let house = House::open().await;
    let mut owner = Visitor::logged_in(&house, "loja").await;
    let page = owner.get("/custos").await;
    assert!(page.body.contains("Nada a pagar neste mês"), "{}", page.body);

    house.sim.set_statuses(StatusPlan {
        until: Some(Reached::Read),
        times: 2,
        ..StatusPlan::default()
    });
    house.says(&customer(1), ORDER).await;
    house.settle().await;
    house.wait_for("SELECT count(*) FROM message_charges WHERE source = 2", 1).await;
    let page = owner.get("/custos").await;
    for words in ["restam 999 de 1.000", "R$ 0,00", "Respostas"] {
        assert!(page.body.contains(words), "{words:?} in {}", page.body);
    }
    let conversation = owner.get("/conversas").await.id_after("/conversas/");
    let page = owner.get(&format!("/conversas/{conversation}")).await;
    assert!(page.body.contains("grátis · 1 mensagem entregue"), "{}", page.body);

    // A thousand before it, and it costs.
    let before =
        "INSERT INTO message_charges (tenant_id, message_id, attempt, conversation_id, contact_id,
            channel_id, category, kind, source, sent_at, delivered_at)
        SELECT tenant_id, message_id, -n, conversation_id, contact_id, channel_id, 'service',
            'regular', 2, sent_at, delivered_at - interval '1 second'
        FROM message_charges, generate_series(1, 1000) n";
    crate::database::execute(&house.url, before).await;
    let page = owner.get("/custos").await;
    for words in ["acabaram", "R$ 0,04", "1.001"] {
        assert!(page.body.contains(words), "{words:?} in {}", page.body);
    }
    assert!(owner.get("/").await.body.contains("de WhatsApp neste mês"));

    crate::database::execute(&house.url, "UPDATE users SET role = 'attendant'").await;
    assert_eq!(owner.get("/custos").await.status, StatusCode::NOT_FOUND);
    let page = owner.get(&format!("/conversas/{conversation}")).await;
    assert!(!page.body.contains("Custo no WhatsApp"));
}
