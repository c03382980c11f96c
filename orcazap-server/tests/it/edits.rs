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

/// The fields of a form that changes none of the lines.
const SAME_LINES: [(&str, &str); 3] = [("sku", "CIM-50"), ("qty", "10"), ("price", "40")];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_understood_is_settled_and_does_not_come_back() {
    let house = house_with_an_order().await;
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    let queue = beto.get("/aprovacoes").await;
    assert!(queue.body.contains("O cliente pediu “guindaste”"), "{}", queue.body);
    let path = format!("/aprovacoes/{}/editar", queue.id_after("/aprovacoes/"));
    let with = |is: &'static str, sku: &'static str| {
        let ask = [("ask", "guindaste"), ("ask_is", is), ("ask_sku", sku), ("ask_qty", "2")];
        SAME_LINES.into_iter().chain(ask).collect::<Vec<_>>()
    };
    let wrong = beto.htmx(&path, &with("-", "ARE-MED")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Escolha: tirar do pedido"), "{}", wrong.body);
    let found = beto.get("/aprovacoes/produtos?ask_sku=m%C3%A9dia+areia").await;
    assert!(found.body.contains(r#"<option value="ARE-MED">Areia média"#), "{}", found.body);
    let done = beto.htmx(&path, &with("", "ARE-MED")).await;
    assert!(done.body.contains("alterado, aprovado e enviado"), "{}", done.body);
    // 380,00 and 240,00, less 3 %.
    assert!(said(&house).await.contains("601,40"), "{}", said(&house).await);
    house.says(&customer(1), "são 20 sacos de cimento").await;
    // 760,00 and 240,00, less 3 %.
    assert!(said(&house).await.contains("970,00"), "{}", said(&house).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn place_payment_and_day_are_changed_and_looked_at() {
    let house = house_with_an_order().await;
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    let path =
        format!("/aprovacoes/{}/editar", beto.get("/aprovacoes").await.id_after("/aprovacoes/"));
    let with = |place: [(&'static str, &'static str); 2]| {
        let payment = [("method", "boleto"), ("days", "30"), ("day", "2099-01-02")];
        SAME_LINES.into_iter().chain(place).chain(payment).collect::<Vec<_>>()
    };
    let wrong = beto.htmx(&path, &with([("place", "entrega"), ("cep", "123")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["oito dígitos", r#"value="123""#, r#"value="2099-01-02""#] {
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    let again = beto.htmx(&path, &with([("place", "entrega"), ("bairro", "Centro")])).await;
    assert_eq!(again.status, StatusCode::OK);
    // 380,00 and 25,00 for freight: on credit, which nobody had seen.
    for words in ["Venda a prazo <em", "Boleto para 30 dias: R$ 405,00", "Entrega em Centro"] {
        assert!(again.body.contains(words), "{words}: {}", again.body);
    }
    let id = beto.get("/aprovacoes").await.id_after("/aprovacoes/");
    beto.htmx(&format!("/aprovacoes/{id}/aprovar"), &[]).await;
    assert!(said(&house).await.contains("405,00"), "{}", said(&house).await);
    let quote: String = house.text("SELECT id::text FROM quotes WHERE revision = 2").await;
    let page = beto.get(&format!("/orcamentos/{quote}")).await.body;
    for words in [
        "Local</th><td>Retirada na loja</td><td>Entrega em Centro",
        "Pagamento</th><td>Pix</td><td>Boleto para 30 dias",
        "Dia da entrega</th><td>–</td>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let noted = "SELECT count(*) FROM audit WHERE detail::text LIKE '%Centro%'";
    assert_eq!(house.number(noted).await, 0, "no address in the audit");
}
