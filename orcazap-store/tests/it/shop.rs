//! Catalogue, price book, rules and settings, and the version that rises with them.

use orcazap_core::Sku;
use orcazap_core::authority::{Limit, Role};
use orcazap_core::catalog::{Pack, Product, Stock};
use orcazap_core::pricing::PriceBookData;
use orcazap_core::{Language, PriceBook, Rules, Tone, Unit};
use orcazap_store::{NewStaff, Others, OwnText, StoreError, Supply, Voice};

use crate::fixture::{Fixture, at, open, product};

fn sku(text: &str) -> Sku {
    text.parse().unwrap()
}

/// A product with every field set.
fn full() -> Product {
    Product {
        category: "Pisos".to_owned(),
        cost: Some("21.305".parse().unwrap()),
        cost_date: at(0).date_naive().pred_opt(),
        weight: "18.5".parse().unwrap(),
        volume: "0.02".parse().unwrap(),
        pack: Some(Pack { qty: "2.25".parse().unwrap(), unit: Unit::SquareMeter }),
        step: "0.5".parse().unwrap(),
        aliases: vec!["piso {45}".to_owned(), "cerâmica, \"branca\"".to_owned()],
        stock: Stock::Available("12.5".parse().unwrap()),
        max_auto_qty: Some("100".parse().unwrap()),
        substitutes: vec![sku("CIM")],
        ..product("PIS-45", "32.90")
    }
}

async fn import(fixture: &Fixture, products: &[Product], others: Others) {
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.import_products(products, others).await.unwrap();
    tx.commit().await.unwrap();
}

async fn skus(fixture: &Fixture) -> Vec<String> {
    let shop = fixture.store().load_shop(fixture.tenant.id).await.unwrap();
    shop.products.iter().map(|product| product.sku.to_string()).collect()
}

#[tokio::test]
async fn a_product_comes_back_as_it_went_in() {
    let fixture = open().await;
    let products = [full(), product("CIM", "38.90")];
    import(&fixture, &products, Others::Remove).await;
    let shop = fixture.store().load_shop(fixture.tenant.id).await.unwrap();
    assert_eq!(shop.products, products);
}

#[tokio::test]
async fn an_import_keeps_the_order_of_the_list() {
    let fixture = open().await;
    let of = |names: &[&str]| names.iter().map(|name| product(name, "1")).collect::<Vec<_>>();
    import(&fixture, &of(&["B", "A", "C"]), Others::Remove).await;
    assert_eq!(skus(&fixture).await, ["B", "A", "C"]);
    import(&fixture, &of(&["D", "A"]), Others::Keep).await;
    assert_eq!(skus(&fixture).await, ["D", "A", "B", "C"]);
    import(&fixture, &of(&["C"]), Others::Remove).await;
    assert_eq!(skus(&fixture).await, ["C"]);
}

#[tokio::test]
async fn more_products_than_one_statement_takes_are_imported_whole() {
    let fixture = open().await;
    let many: Vec<Product> = (0..2_500).map(|n| product(&format!("P{n}"), "1.5")).collect();
    import(&fixture, &many, Others::Remove).await;
    let shop = fixture.store().load_shop(fixture.tenant.id).await.unwrap();
    assert_eq!(shop.products, many);
}

#[tokio::test]
async fn a_product_that_breaks_a_rule_leaves_the_catalogue_as_it_was() {
    let fixture = open().await;
    import(&fixture, &[product("A", "1")], Others::Remove).await;
    let mut bad = product("B", "1");
    bad.name = "x".repeat(301);
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let refused = tx.import_products(&[product("C", "1"), bad], Others::Remove).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    drop(tx);
    assert_eq!(skus(&fixture).await, ["A"]);
}

#[tokio::test]
async fn a_price_book_comes_back_as_it_went_in_and_is_one() {
    let fixture = open().await;
    let json = serde_json::json!({
        "tiers": [
            { "scope": "item", "key": "CIM", "min_qty": "50", "pct": "5" },
            { "scope": "category", "key": "Pisos", "min_qty": "10", "pct": "2.5" },
            { "scope": "store", "min_qty": "100", "pct": "1" }
        ],
        "payment": [
            { "method": "pix", "pct": "-3" },
            { "method": "credit_card", "installments": 10, "pct": "8" }
        ],
        "freight": [
            { "bairro": "Vila Operária", "base": "30", "per_kg": "0", "included_kg": "500" },
            { "cep_from": "01000000", "cep_to": "01999999", "base": "50", "per_kg": "0.05",
              "included_kg": "0", "truck_kg": "4000", "truck_m3": "6", "free_above": "2000.00" },
            { "up_to_km": "7.5", "base": "40", "per_kg": "0", "included_kg": "0" }
        ],
        "origin": { "lat": "-23.550394", "lon": "-46.633947" },
        "points": [{ "sku": "ARE", "qty": "0.5", "price": "90.00" }],
        "lists": [
            { "name": "Empreiteiros", "for": "group", "key": "obra", "from": "2026-11-01",
              "until": null, "prices": { "CIM": "36.5", "ARE": "110" } },
            { "name": "Oferta", "for": "everyone", "prices": { "CAL": "19.9" } }
        ],
        "open": { "week": [], "closed": ["2026-12-25"] },
        "validity_hours": 72
    });
    let mut book: PriceBookData = serde_json::from_value(json).unwrap();
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.replace_price_book(&book).await.unwrap();
    tx.commit().await.unwrap();
    let shop = fixture.store().load_shop(fixture.tenant.id).await.unwrap();
    book.version = shop.version;
    assert_eq!(shop.price_book, book);
    assert_eq!((book.lists.len(), book.open.closed.len()), (2, 1));
    PriceBook::new(shop.price_book).unwrap();
}

#[tokio::test]
async fn rules_and_settings_come_back_as_they_went_in() {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    assert_eq!(tx.rules().await.unwrap(), Rules::default());
    let rules = Rules {
        max_auto_total: Some("5000.00".parse().unwrap()),
        rehearsal: true,
        ..Rules::default()
    };
    tx.update_rules(&rules).await.unwrap();
    assert_eq!(tx.rules().await.unwrap(), rules);
    let mut settings = tx.settings().await.unwrap();
    settings.time_zone = "America/Manaus".to_owned();
    settings.policy.idle_hours = 5;
    settings.policy.limits.attendant = Limit::pct("3".parse().unwrap());
    settings.attendants_see_costs = false;
    tx.update_settings(&settings).await.unwrap();
    assert_eq!(tx.settings().await.unwrap(), settings);
    settings.policy.settle_seconds = 61;
    let refused = tx.update_settings(&settings).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_stores_voice_and_texts_come_back_as_they_went_in() {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let mut voice = tx.voice().await.unwrap();
    let plain =
        Voice { language: Language::Portuguese, tone: Tone::Informal, emoji: true, name: None };
    assert_eq!(voice, plain);
    voice.language = Language::Swahili;
    voice.tone = Tone::Formal;
    voice.emoji = false;
    voice.name = Some("Duka".to_owned());
    tx.update_voice(&voice).await.unwrap();
    assert_eq!(tx.voice().await.unwrap(), voice);

    let ana = tx.insert_staff(ana(), at(0)).await.unwrap();
    let text = |body: &str| OwnText {
        language: Language::Portuguese,
        key: "welcome".to_owned(),
        body: body.to_owned(),
    };
    let before = tx.shop_version().await.unwrap();
    tx.upsert_text(&text("Oi"), ana.id, at(0)).await.unwrap();
    tx.upsert_text(&text("Olá"), ana.id, at(1)).await.unwrap();
    assert_eq!(tx.list_texts().await.unwrap(), [text("Olá")]);
    assert_eq!(tx.shop_version().await.unwrap(), before + 2);
    tx.commit().await.unwrap();
    let shop = fixture.store().load_shop(fixture.tenant.id).await.unwrap();
    assert_eq!((shop.voice, shop.texts), (voice, vec![text("Olá")]));

    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.delete_text(Language::English, "welcome").await.unwrap();
    assert_eq!(tx.list_texts().await.unwrap().len(), 1);
    tx.delete_text(Language::Portuguese, "welcome").await.unwrap();
    assert!(tx.list_texts().await.unwrap().is_empty());
    let refused = tx.upsert_text(&text(&"x".repeat(1501)), ana.id, at(1)).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
}

fn ana() -> NewStaff {
    NewStaff {
        email: "ana@loja.example".to_owned(),
        name: "Ana".to_owned(),
        role: Role::Owner,
        password_hash: "$hash".to_owned().into(),
    }
}

#[tokio::test]
async fn every_change_raises_the_version() {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let mut versions = vec![tx.shop_version().await.unwrap()];
    tx.import_products(&[product("A", "1")], Others::Keep).await.unwrap();
    versions.push(tx.shop_version().await.unwrap());
    tx.update_price(&sku("A"), "2".parse().unwrap()).await.unwrap();
    versions.push(tx.shop_version().await.unwrap());
    let mut supplied = product("A", "2");
    supplied.stock = Stock::Available("3.5".parse().unwrap());
    supplied.max_auto_qty = "10".parse().ok();
    supplied.substitutes = vec![sku("B")];
    supplied.volume = "0.5".parse().unwrap();
    let supply = Supply {
        stock: supplied.stock,
        max_auto_qty: supplied.max_auto_qty,
        substitutes: supplied.substitutes.clone(),
        volume: supplied.volume,
    };
    tx.update_supply(&sku("A"), &supply).await.unwrap();
    assert_eq!(tx.list_products().await.unwrap(), [supplied]);
    versions.push(tx.shop_version().await.unwrap());
    assert_eq!(tx.lock_price_book().await.unwrap(), tx.price_book().await.unwrap());
    tx.replace_price_book(&PriceBookData::default()).await.unwrap();
    versions.push(tx.shop_version().await.unwrap());
    tx.update_rules(&Rules::default()).await.unwrap();
    versions.push(tx.shop_version().await.unwrap());
    let settings = tx.settings().await.unwrap();
    tx.update_settings(&settings).await.unwrap();
    versions.push(tx.shop_version().await.unwrap());
    assert!(versions.is_sorted_by(|a, b| a < b), "{versions:?}");
    let missing = tx.update_price(&sku("B"), "2".parse().unwrap()).await.unwrap_err();
    assert!(matches!(missing, StoreError::Missing { what: "product" }));
}
