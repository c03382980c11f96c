//! What a store sets about its prices reaches the customer's quote: a group's price
//! list, bands around the store, and what looks like a mistake.

use orcazap_core::authority::Role;
use orcazap_core::pricing::PriceBookData;
use orcazap_server::password;
use orcazap_store::NewStaff;
use orcazap_whatsapp::graph_sim::CustomerMessage;
use reqwest::StatusCode;

use crate::house::{House, PASSWORD, customer};
use crate::visitor::Visitor;

const ORDER: &str = "10 sacos de cimento, retiro na loja, pago no pix";

/// A house whose store has other rules on top of its own.
async fn house_with(rules: serde_json::Value) -> House {
    let house = House::open().await;
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    let mut book = serde_json::to_value(tx.price_book().await.unwrap()).unwrap();
    for (part, more) in rules.as_object().unwrap() {
        match (book[part].as_array_mut(), more.as_array()) {
            (Some(rules), Some(more)) => rules.extend(more.iter().cloned()),
            _ => book[part] = more.clone(),
        }
    }
    let book: PriceBookData = serde_json::from_value(book).unwrap();
    tx.replace_price_book(&book).await.unwrap();
    tx.commit().await.unwrap();
    house
}

async fn house_with_a_list() -> House {
    house_with(serde_json::json!({ "lists": [
        { "name": "Obra 2026", "for": "group", "key": "Construtoras", "prices": { "CIM-50": "36" } },
    ] }))
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_put_in_a_group_is_quoted_at_its_prices_from_then_on() {
    let house = house_with_a_list().await;
    let maria = customer(1);
    house.says(&maria, "bom dia").await;
    house.settle().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let id = ana.get("/conversas").await.id_after("/conversas/");
    let page = format!("/conversas/{id}");
    assert!(ana.get(&page).await.body.contains("Preços deste cliente"));
    let prices = format!("{page}/precos");

    let unknown = ana.post(&prices, &[("group", "Amigos")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = ana.post(&prices, &[("group", "Construtoras")]).await;
    assert_eq!(chosen.location.as_deref(), Some(page.as_str()));
    let shown = ana.get(&page).await.body;
    assert!(shown.contains(r#"<option value="Construtoras" selected>"#), "{shown}");
    let noted = "SELECT count(*) FROM audit WHERE action = 'buyer_changed'
        AND actor = 'person' AND detail->>'group' = 'Construtoras'";
    assert_eq!(house.number(noted).await, 1);

    // 10 × 36.00, 5 % off from ten bags on, 3 % off for Pix.
    house.says(&maria, ORDER).await;
    house.settle().await;
    let quote = house.last_to(&maria);
    assert!(quote.words().contains("R$\u{a0}331,74"), "{}", quote.words());
    let quote = ana.get("/orcamentos").await.id_after("/orcamentos/");
    assert!(ana.get(&format!("/orcamentos/{quote}")).await.body.contains("tabela Obra 2026"));

    ana.get(&page).await;
    ana.post(&prices, &[("group", "")]).await;
    let alone = "SELECT count(*) FROM contacts WHERE customer_group IS NULL";
    assert_eq!(house.number(alone).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn attendants_and_other_stores_change_nobodys_prices() {
    let house = house_with_a_list().await;
    house.says(&customer(1), ORDER).await;
    house.settle().await;
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    let bia = NewStaff {
        email: "bia@loja.example".to_owned(),
        name: "Bia".to_owned(),
        role: Role::Attendant,
        password_hash: password::hash(PASSWORD.into()).await.unwrap().into(),
    };
    tx.insert_staff(bia, house.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();

    let mut bia = Visitor::new(&house, "loja");
    bia.log_in("bia@loja.example", PASSWORD).await;
    let id = bia.get("/conversas").await.id_after("/conversas/");
    let page = format!("/conversas/{id}");
    let shown = bia.get(&page).await.body;
    assert!(shown.contains("Preços de todos") && !shown.contains("Salvar preços"), "{shown}");
    let group = [("group", "Construtoras")];
    let refused = bia.post(&format!("{page}/precos"), &group).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Só o dono ou um gerente"), "{}", refused.body);

    let mut theirs = Visitor::logged_in(&house, "vizinha").await;
    let absent = theirs.post(&format!("{page}/precos"), &group).await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
    let grouped = "SELECT count(*) FROM contacts WHERE customer_group IS NOT NULL";
    assert_eq!(house.number(grouped).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_on_the_map_is_delivered_to_at_the_price_of_its_band() {
    let house = house_with(serde_json::json!({
        "origin": { "lat": "-23.550394", "lon": "-46.633947" },
        "freight": [{ "up_to_km": "3", "base": "40", "per_kg": "0", "included_kg": "0" }],
    }))
    .await;
    let maria = customer(1);
    house.says(&maria, "10 sacos de cimento, pago no pix").await;
    house.settle().await;
    let position = CustomerMessage::Location {
        latitude: "-23.56141412345".parse().unwrap(),
        longitude: "-46.65588112345".parse().unwrap(),
        name: None,
    };
    house.sends(&maria, position).await;
    house.settle().await;
    let quote = house.last_to(&maria);
    assert!(quote.words().contains("R$\u{a0}408,60"), "{}", quote.words());
    assert!(quote.words().contains("local marcado no mapa"), "{}", quote.words());
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let quote = ana.get("/orcamentos").await.id_after("/orcamentos/");
    let shown = ana.get(&format!("/orcamentos/{quote}")).await.body;
    assert!(shown.contains("Frete até 3 km daqui (2,55 km em linha reta): R$ 40,00"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_a_mistake_in_the_price_book_is_shown_with_the_products() {
    let house = house_with(serde_json::json!({
        "tiers": [{ "scope": "item", "key": "CIM-50", "min_qty": "50", "pct": "4" }],
    }))
    .await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let shown = ana.get("/produtos").await.body;
    let warning = "desconto de 4% a partir de 50 (produto CIM-50) tira menos que o desconto de 5%";
    assert!(shown.contains(warning), "{shown}");
}
