//! The owner changes what a store prices by: one rule at a time, tried first, checked,
//! noted, and never over somebody else's change.

use orcazap_core::authority::Role;
use reqwest::StatusCode;

use crate::house::{House, customer};
use crate::visitor::{Page, Visitor};

const ORDER: &str = "10 sacos de cimento, retiro na loja, pago no pix";

/// The form fields of a discount of so many percent from 5 bags of cement on.
fn discount<'a>(act: &'a str, was: &'a str, pct: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("act", act),
        ("was", was),
        ("scope", "item"),
        ("sku", "cim-50"),
        ("min_qty", "5"),
        ("pct", pct),
    ]
}

/// The key of the first rule with such words, from the list.
fn key_of(list: &Page, words: &str) -> String {
    let before = list.body.split(words).next().unwrap();
    let (_, rest) = before.rsplit_once("regra=").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_seen_on_the_last_quotes_and_then_holds_for_the_next() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let page = ana.get("/precos").await;
    assert!(page.body.contains("5% a partir de 10") && page.body.contains("Bairro Centro"));
    let none = ana.post(
        "/precos/pagamento",
        &[("act", "try"), ("method", "cash"), ("sign", "off"), ("pct", "1")],
    );
    assert!(none.await.body.contains("Ainda não há orçamentos"));

    // 10 × 40.00 less 5 % and 3 % for Pix.
    house.says(&customer(1), ORDER).await;
    house.settle().await;
    assert!(house.last_to(&customer(1)).words().contains("R$\u{a0}368,60"));

    let was = key_of(&page, "5% a partir de 10");
    let form = ana.get(&format!("/precos/descontos?regra={was}")).await.body;
    assert!(
        form.contains(r#"name="sku" maxlength="120" autocomplete="off" value="CIM-50""#),
        "{form}"
    );
    // 10 × 40.00 less 25 % and 3 % for Pix; the goods cost 10 × 30.00.
    let tried = ana.post("/precos/descontos", &discount("try", &was, "25")).await;
    assert_eq!(tried.status, StatusCode::OK);
    for told in ["R$ 368,60", "R$ 291,00", "-R$ 77,60", "1 item muda", "18,61%"] {
        assert!(tried.body.contains(told), "{told} in {}", tried.body);
    }
    let version = "SELECT shop_version FROM settings s JOIN tenants t ON t.id = s.tenant_id
        WHERE t.slug = 'loja'";
    let before = house.number(version).await;
    let saved = ana.post("/precos/descontos", &discount("save", &was, "25")).await;
    assert_eq!(saved.location.as_deref(), Some("/precos?salvo=1#descontos"));
    assert_eq!(house.number(version).await, before + 1);
    let noted = "SELECT count(*) FROM audit WHERE action = 'price_rule_changed'
        AND actor = 'person' AND detail->'before'->>'pct' = '5' AND detail->'after'->>'pct' = '25'";
    assert_eq!(house.number(noted).await, 1);

    house.says(&customer(2), ORDER).await;
    house.settle().await;
    let quoted = "SELECT max(price_book_version) FROM quotes";
    assert_eq!(house.number(quoted).await, before + 1);
    assert_eq!(house.number("SELECT count(*) FROM quotes WHERE total = 291").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_contradict_each_other_are_refused_beside_the_form() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let refused = ana
        .post(
            "/precos/frete",
            &[("act", "save"), ("area", "bairro"), ("bairro", "CENTRO"), ("base", "9,90")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Já há um frete para o bairro CENTRO"), "{}", refused.body);
    assert!(refused.body.contains(r#"value="9,90""#), "what was typed stays");
    let band = [("act", "save"), ("area", "distance"), ("up_to_km", "5"), ("base", "30")];
    let nowhere = ana.post("/precos/frete", &band).await;
    assert!(nowhere.body.contains("precisa do lugar da loja"), "{}", nowhere.body);
    let wrong =
        ana.post("/precos/frete", &[("act", "save"), ("area", "ceps"), ("cep_from", "1")]).await;
    assert!(wrong.body.contains("8 números do CEP"), "{}", wrong.body);
    assert_eq!(
        house.number("SELECT count(*) FROM audit WHERE action LIKE 'price_rule_%'").await,
        0
    );

    let marked = ana.post("/precos/saida", &[("coordinates", "-23.550394, -46.633947")]).await;
    assert_eq!(marked.status, StatusCode::SEE_OTHER);
    let added = ana.post("/precos/frete", &band).await;
    assert_eq!(added.location.as_deref(), Some("/precos?salvo=1#frete"));
    let list = ana.get("/precos?q=5+km").await;
    assert!(list.body.contains("Até 5 km da loja") && !list.body.contains("Bairro Centro"));
    // The store's place can't go while a rule needs it.
    let place = key_of(&ana.get("/precos").await, "-23.550394");
    let kept = ana.post("/precos/saida", &[("act", "remove"), ("was", &place)]).await;
    assert!(kept.body.contains("tire antes os fretes por distância"), "{}", kept.body);
    let band = key_of(&list, "Até 5 km da loja");
    let gone = ana.post("/precos/frete", &[("act", "remove"), ("was", &band)]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(
        house.number("SELECT count(*) FROM freight_rules WHERE up_to_km IS NOT NULL").await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_changes_a_rule_that_somebody_else_has_changed_meanwhile() {
    let house = House::open().await;
    house.hire("gil@loja.example", Role::Manager).await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let mut gil = Visitor::logged_in_as(&house, "loja", "gil@loja.example").await;
    let was = key_of(&ana.get("/precos").await, "5% a partir de 10");
    gil.get("/precos").await;
    let first = gil.post("/precos/descontos", &discount("save", &was, "6")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    for act in ["save", "remove", "try"] {
        let late = ana.post("/precos/descontos", &discount(act, &was, "7")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("Outra pessoa mudou ou tirou esta regra"), "{}", late.body);
        assert!(late.body.contains(r#"value="7""#), "what was typed stays");
    }
    let held = "SELECT count(*) FROM tiers WHERE pct = 6 AND min_qty = 5";
    assert_eq!(house.number(held).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn attendants_other_stores_and_forged_forms_change_no_price() {
    let house = House::open().await;
    house.hire("bia@loja.example", Role::Attendant).await;
    let mut bia = Visitor::logged_in_as(&house, "loja", "bia@loja.example").await;
    let home = bia.get("/").await;
    assert!(!home.body.contains(r#"href="/precos""#), "{}", home.body);
    for path in ["/precos", "/precos/descontos", "/produtos/mudar?sku=CIM-50"] {
        assert_eq!(bia.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    bia.get("/produtos").await;
    let sent = bia.post("/precos/descontos", &discount("save", "", "50")).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    let sent = bia.post("/produtos/mudar", &[("sku", "CIM-50"), ("stock", "0")]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);

    let mut ana = Visitor::logged_in(&house, "loja").await;
    ana.csrf = "0".repeat(64);
    let forged = ana.post("/precos/descontos", &discount("save", "", "50")).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);

    let mut theirs = Visitor::logged_in(&house, "vizinha").await;
    theirs.get("/precos").await;
    let added = theirs.post("/precos/descontos", &discount("save", "", "50")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    assert_eq!(house.number("SELECT count(*) FROM tiers WHERE pct = 50").await, 1);
    assert_eq!(house.seen_by(house.ours.tenant.id, "tiers").await, 1);
    assert_eq!(theirs.get("/precos/nada").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_a_products_stock_holds_for_the_next_quote() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let list = ana.get("/produtos").await;
    assert!(list.body.contains("/produtos/mudar?sku=CIM-50"), "{}", list.body);
    ana.get("/produtos/mudar?sku=CIM-50").await;
    let product = |stock, most, substitutes| {
        [
            ("sku", "CIM-50"),
            ("stock", stock),
            ("max_auto_qty", most),
            ("volume", "0,035"),
            ("substitutes", substitutes),
        ]
    };
    let wrong = ana.post("/produtos/mudar", &product("muito", "200", "cimento")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Escreva um número"), "{}", wrong.body);
    assert!(wrong.body.contains("não serve no lugar dele mesmo"), "{}", wrong.body);
    let saved = ana.post("/produtos/mudar", &product("7,5", "1.200", "areia\ntij-8f")).await;
    assert_eq!(saved.location.as_deref(), Some("/produtos?q=CIM-50"));
    let kept = "SELECT count(*) FROM products WHERE sku = 'CIM-50' AND stock = 7.5
        AND max_auto_qty = 1200 AND volume_m3 = 0.035 AND substitutes = '{ARE-MED,TIJ-8F}'";
    assert_eq!(house.number(kept).await, 1);
    assert_eq!(
        house.number("SELECT count(*) FROM audit WHERE action = 'product_changed'").await,
        1
    );
    let form = ana.get("/produtos/mudar?sku=CIM-50").await.body;
    assert!(form.contains(r#"value="7,5""#) && form.contains("Areia média (ARE-MED)"), "{form}");

    house.says(&customer(1), ORDER).await;
    house.settle().await;
    let queue = ana.get("/aprovacoes").await.body;
    assert!(
        queue.contains("pedido 10, há 7,5 (no lugar serve Areia média ou "),
        "the substitute is offered: {queue}"
    );
    let gone = ana.get("/produtos/mudar?sku=NADA").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
