//! What each role may do and see: limits on what is given away, costs, settings.

use orcazap_core::authority::Role;
use reqwest::StatusCode;

use crate::house::{House, customer};
use crate::visitor::Visitor;

/// An order that has to wait, because the store has no crane: 10 × 40,00 less 5 %
/// and 3 % for Pix, 368,60.
const WAITS: &str = "10 sacos de cimento e 1 guindaste, retiro na loja, pago no pix";

const EVERYTHING_BUT_ONE: [(&str, &str); 12] = [
    ("settle", "2"),
    ("overdue", "45"),
    ("follow_up", ""),
    ("awake_from", "8"),
    ("awake_until", "20"),
    ("ask_again", "10"),
    ("idle", "24"),
    ("talk", "12"),
    ("manager_pct", "15"),
    ("manager_amount", ""),
    ("attendant_pct", "5"),
    ("attendant_amount", "100,00"),
];

async fn house_with_people() -> House {
    let house = House::open().await;
    house.hire("beto@loja.example", Role::Attendant).await;
    house.hire("gil@loja.example", Role::Manager).await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discount_beyond_the_limit_is_sent_only_by_a_second_person() {
    let house = house_with_people().await;
    house.says(&customer(1), WAITS).await;
    house.settle().await;
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    let id = beto.get("/aprovacoes").await.id_after("/aprovacoes/");
    let fields = [("sku", "CIM-50"), ("qty", "10"), ("price", "40"), ("discount", "14")];
    let edited = beto.htmx(&format!("/aprovacoes/{id}/editar"), &fields).await;
    assert!(edited.body.contains("espera uma segunda pessoa"), "{}", edited.body);
    assert!(edited.body.contains("atendente decide sozinho até 5%"), "{}", edited.body);
    house.settle().await;
    let before = house.last_to(&customer(1)).words().to_owned();
    assert!(!before.contains("Total"), "nothing goes out before: {before}");

    let queue = beto.get("/aprovacoes").await;
    assert!(queue.body.contains("Precisa de uma segunda pessoa"), "{}", queue.body);
    assert!(queue.body.contains("Só dono ou gerente pode aprovar"), "{}", queue.body);
    assert!(!queue.body.contains("/aprovar\""), "{}", queue.body);
    let id = queue.id_after("/aprovacoes/");
    let forced = beto.htmx(&format!("/aprovacoes/{id}/aprovar"), &[]).await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(forced.body.contains("outra pessoa precisa aprovar"), "{}", forced.body);

    let mut gil = Visitor::logged_in_as(&house, "loja", "gil@loja.example").await;
    let done = gil.htmx(&format!("/aprovacoes/{id}/aprovar"), &[]).await;
    assert!(done.body.contains("aprovado e enviado"), "{}", done.body);
    house.settle().await;
    // 400,00 less 14 %, less 3 %.
    let words = house.last_to(&customer(1)).words().to_owned();
    assert!(words.contains("333,68"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_added_by_its_code_and_a_wrong_code_is_told() {
    let house = house_with_people().await;
    house.says(&customer(1), WAITS).await;
    house.settle().await;
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    let id = beto.get("/aprovacoes").await.id_after("/aprovacoes/");
    let path = format!("/aprovacoes/{id}/editar");
    let with = |sku| {
        [("sku", "CIM-50"), ("qty", "10"), ("price", "40"), ("add_sku", sku), ("add_qty", "2")]
    };
    let wrong = beto.htmx(&path, &with("ARE")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Não há produto com este código"), "{}", wrong.body);
    beto.htmx(&path, &with("ARE-MED")).await;
    house.settle().await;
    // 380,00 and 240,00, less 3 %.
    let words = house.last_to(&customer(1)).words().to_owned();
    assert!(words.contains("601,40"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_sets_and_a_wrong_field_keeps_what_was_typed() {
    let house = house_with_people().await;
    for email in ["beto@loja.example", "gil@loja.example"] {
        let mut other = Visitor::logged_in_as(&house, "loja", email).await;
        let page = other.get("/ajustes").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{email}");
        assert!(page.body.contains("Só o dono da loja"), "{}", page.body);
        let home = other.get("/").await;
        assert!(!home.body.contains("/ajustes"));
        let forced = other.post("/ajustes", &EVERYTHING_BUT_ONE).await;
        assert_eq!(forced.status, StatusCode::FORBIDDEN, "{email}");
    }
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let page = ana.get("/ajustes").await;
    assert!(page.body.contains("Descontos à mão"), "{}", page.body);
    let mut wrong = EVERYTHING_BUT_ONE.to_vec();
    wrong[0] = ("settle", "dois");
    let refused = ana.post("/ajustes", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = refused.body.contains("dois") && refused.body.contains("de 0 a 60 segundos");
    assert!(kept, "{}", refused.body);
    let saved = ana.post("/ajustes", &EVERYTHING_BUT_ONE).await;
    assert_eq!(saved.location.as_deref(), Some("/ajustes?salvo=1"));
    assert!(ana.get("/ajustes?salvo=1").await.body.contains("Ajustes salvos"));
    let settle = "SELECT settle_seconds::bigint FROM tenants WHERE slug = 'loja'";
    assert_eq!(house.number(settle).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn costs_and_margins_are_hidden_from_attendants_when_the_store_says_so() {
    let house = house_with_people().await;
    house.says(&customer(1), WAITS).await;
    house.settle().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let quote = ana.get("/orcamentos").await.id_after("/orcamentos/");
    let quote = format!("/orcamentos/{quote}");
    let pages = ["/", "/aprovacoes", "/orcamentos", &quote, "/produtos"];
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    for path in pages {
        let body = beto.get(path).await.body;
        assert!(body.contains("argem"), "{path}: {body}");
    }
    // The check box is left out.
    ana.post("/ajustes", &EVERYTHING_BUT_ONE).await;
    for path in pages {
        let body = beto.get(path).await.body;
        let told = ["argem", "Custo", "30,00", "300,00"].iter().find(|word| body.contains(**word));
        assert_eq!(told, None, "{path}: {body}");
        assert!(ana.get(path).await.body.contains("argem"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_sets_when_the_store_is_open_and_the_assistant_says_so() {
    let house = house_with_people().await;
    let mut beto = Visitor::logged_in_as(&house, "loja", "beto@loja.example").await;
    assert_eq!(beto.get("/ajustes/horarios").await.status, StatusCode::FORBIDDEN);
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let day = |opens: &'static str, closes: &'static str| [("opens", opens), ("closes", closes)];
    let week = [["07:00", "18:00"]; 6].into_iter().chain([["", ""]]);
    let mut form: Vec<(&str, &str)> = week.flat_map(|[opens, closes]| day(opens, closes)).collect();
    form.extend([("validity", "24"), ("dates", "25/12/2026\n24/12/2026 até 12:00")]);
    let mut wrong = form.clone();
    wrong[1] = ("closes", "06:00");
    let refused = ana.post("/ajustes/horarios", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("a abertura antes"), "{}", refused.body);
    let saved = ana.post("/ajustes/horarios", &form).await;
    assert_eq!(saved.location.as_deref(), Some("/ajustes/horarios?salvo=1"));
    let page = ana.get("/ajustes/horarios?salvo=1").await.body;
    assert!(page.contains("Horários salvos") && page.contains("24/12/2026 até 12:00"), "{page}");
    house.says(&customer(1), "que horas vocês abrem?").await;
    house.settle().await;
    let words = house.last_to(&customer(1)).words().to_owned();
    assert!(words.contains("07:00") || words.contains("7h"), "{words}");
}
