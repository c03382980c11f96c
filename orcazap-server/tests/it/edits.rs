//! What a person changes in a quote that waits: priced anew, reviewed anew, sent when
//! nothing is left that they have not seen, and kept with who changed what.

use orcazap_core::Rules;
use orcazap_core::authority::Role;
use reqwest::StatusCode;

use crate::house::{House, customer};
use crate::visitor::Visitor;

/// An order that has to wait, because the store has no crane: 10 × 40,00 less 5 %
/// and 3 % for Pix, 368,60.
const WAITS: &str = "10 sacos de cimento e 1 guindaste, retiro na loja, pago no pix";

/// A house with an attendant, where somebody looks at totals above R$ 5.000,00, and
/// with the order in the queue.
async fn house_with_an_order() -> House {
    let house = House::open().await;
    house.hire("beto@loja.example", Role::Attendant).await;
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    let rules = Rules { max_auto_total: "5000".parse().ok(), ..Rules::default() };
    tx.update_rules(&rules).await.unwrap();
    let senseless = Rules { min_margin_pct: "500".parse().ok(), ..Rules::default() };
    let refused = tx.update_rules(&senseless).await.unwrap_err();
    assert!(refused.to_string().contains("min_margin_pct"), "{refused}");
    tx.commit().await.unwrap();
    house.says(&customer(1), WAITS).await;
    house.settle().await;
    house
}

/// What the last message to the customer says.
async fn said(house: &House) -> String {
    house.settle().await;
    house.last_to(&customer(1)).words().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_zero_too_many_comes_back_with_what_is_new_and_goes_out_when_it_was_seen() {
    let house = house_with_an_order().await;
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    let queue = beto.get("/aprovacoes").await;
    assert!(!queue.body.contains("novo</em>"), "{}", queue.body);
    let path = format!("/aprovacoes/{}/editar", queue.id_after("/aprovacoes/"));
    let fields = [("sku", "CIM-50"), ("qty", "100000"), ("price", "40")];
    let again = beto.htmx(&path, &fields).await;
    assert_eq!(again.status, StatusCode::OK);
    for words in [
        "ainda não foi enviado",
        "Valor acima do limite automático <em class=\"badge warn\">novo</em>",
        "sozinho sai até R$ 5.000,00",
        "Item não encontrado no catálogo</strong>",
    ] {
        assert!(again.body.contains(words), "{words}: {}", again.body);
    }
    assert!(!said(&house).await.contains("Total"), "nothing goes out before");
    // Whoever opens the queue sees the same, without scripts too.
    let queue = beto.get("/aprovacoes").await;
    assert_eq!(queue.body.matches("novo</em>").count(), 1, "{}", queue.body);
    let path = format!("/aprovacoes/{}/aprovar", queue.id_after("/aprovacoes/"));
    assert!(again.body.contains(&path), "the card that came back is the one of the queue");
    let done = beto.htmx(&path, &[]).await;
    assert!(done.body.contains("aprovado e enviado"), "{}", done.body);
    assert!(said(&house).await.contains("3.686.000,00"), "{}", said(&house).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_shows_who_changed_what_and_the_audit_has_it() {
    let house = house_with_an_order().await;
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    let id = beto.get("/aprovacoes").await.id_after("/aprovacoes/");
    let fields = [
        ("sku", "CIM-50"),
        ("qty", "12"),
        ("price", "40"),
        ("add_sku", "ARE-MED"),
        ("add_qty", "2"),
    ];
    let done = beto.htmx(&format!("/aprovacoes/{id}/editar"), &fields).await;
    assert!(done.body.contains("alterado, aprovado e enviado"), "{}", done.body);
    let quote: String = house.text("SELECT id::text FROM quotes WHERE revision = 2").await;
    let page = beto.get(&format!("/orcamentos/{quote}")).await.body;
    for words in [
        "Alterado por",
        "a partir da versão 1",
        "Quantidade: Cimento CP II 50kg</th><td>10</td><td>12</td>",
        "Areia média</th><td>–</td><td>2</td>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let noted = "SELECT count(*) FROM audit WHERE action = 'quote_recorded'
        AND detail->>'from' = '1' AND detail->'changes'->0->>'revised' = 'quantity'
        AND detail->'changes'->0->>'after' = '12'";
    assert_eq!(house.number(noted).await, 1);
}
