//! The dashboard over real HTTP: who gets in, who is kept out, and what a person
//! does in the queue and in a conversation.

use chrono::TimeDelta;
use reqwest::{Method, StatusCode};

use crate::house::{House, customer};
use crate::visitor::Visitor;

/// An order that has to wait, because the store has no crane.
const WAITS: &str = "10 sacos de cimento e 1 guindaste, retiro na loja, pago no pix";
const ABSENT: &str = "01900000-0000-7000-8000-000000000000";

/// Our store with one quote in its queue.
async fn house_with_a_queue() -> House {
    let house = House::open().await;
    house.says(&customer(1), WAITS).await;
    house.settle().await;
    assert_eq!(waiting(&house).await, 1);
    house
}

async fn waiting(house: &House) -> i64 {
    house.number("SELECT count(*) FROM approvals WHERE closed_at IS NULL").await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_every_page_leads_to_the_log_in() {
    let house = House::open().await;
    let mut stranger = Visitor::new(&house, "loja");
    for path in [
        "/",
        "/aprovacoes",
        "/conversas",
        "/orcamentos",
        "/produtos",
        "/custos",
        "/ajustes",
        "/ajustes/horarios",
        &format!("/conversas/{ABSENT}"),
        &format!("/orcamentos/{ABSENT}"),
    ] {
        let page = stranger.get(path).await;
        let found = (page.status, page.location.as_deref());
        assert_eq!(found, (StatusCode::SEE_OTHER, Some("/entrar")), "{path}");
    }
    for act in ["aprovar", "editar", "recusar"] {
        let page = stranger.post(&format!("/aprovacoes/{ABSENT}/{act}"), &[]).await;
        assert_eq!(page.location.as_deref(), Some("/entrar"), "{act}");
    }
    let page = stranger.htmx(&format!("/aprovacoes/{ABSENT}/aprovar"), &[]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_email_are_told_the_same_and_not_for_long() {
    let house = House::open().await;
    let mut visitor = Visitor::new(&house, "loja");
    let wrong = visitor.log_in("ana@loja.example", "telha romana").await;
    let unknown = visitor.log_in("bia@loja.example", "telha romana").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.replace("ana@", "bia@"), unknown.body);
    for _ in 0..8 {
        visitor.log_in("ana@loja.example", "telha romana").await;
    }
    let stopped = visitor.log_in("ana@loja.example", crate::house::PASSWORD).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_new_at_each_log_in_and_ends_with_the_log_out_or_a_quiet_day() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let first = ana.cookies.clone();
    ana.log_in("ana@loja.example", crate::house::PASSWORD).await;
    assert_ne!(first, ana.cookies);
    let second = std::mem::replace(&mut ana.cookies, first);
    assert_eq!(ana.get("/").await.status, StatusCode::SEE_OTHER, "the one before has ended");

    ana.cookies = second.clone();
    assert_eq!(ana.get("/").await.status, StatusCode::OK);
    assert_eq!(ana.post("/sair", &[]).await.location.as_deref(), Some("/entrar"));
    ana.cookies = second;
    assert_eq!(ana.get("/").await.status, StatusCode::SEE_OTHER);

    let mut bia = Visitor::logged_in(&house, "loja").await;
    house.app.clock.advance(TimeDelta::hours(13));
    assert_eq!(bia.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_stores_session_is_none_and_its_ids_are_absent() {
    let house = house_with_a_queue().await;
    let mut ours = Visitor::logged_in(&house, "loja").await;
    let approval = ours.get("/aprovacoes").await.id_after("/aprovacoes/");
    let conversation = ours.get("/conversas").await.id_after("/conversas/");
    let quote = ours.get("/orcamentos").await.id_after("/orcamentos/");

    let mut stolen = Visitor::new(&house, "vizinha");
    stolen.cookies = ours.cookies.clone();
    assert_eq!(stolen.get("/").await.location.as_deref(), Some("/entrar"));

    let mut theirs = Visitor::logged_in(&house, "vizinha").await;
    for (path, id) in [("/conversas/", &conversation), ("/orcamentos/", &quote)] {
        assert_eq!(ours.get(&format!("{path}{id}")).await.status, StatusCode::OK);
        let absent = theirs.get(&format!("{path}{ABSENT}")).await;
        for id in [id.as_str(), "x", "1042"] {
            let found = theirs.get(&format!("{path}{id}")).await;
            assert_eq!(found.status, StatusCode::NOT_FOUND, "{path}{id}");
            assert_eq!(found.body, absent.body, "{path}{id}");
        }
    }
    theirs.get("/").await;
    for path in [
        format!("/aprovacoes/{approval}/aprovar"),
        format!("/aprovacoes/{approval}/recusar"),
        format!("/aprovacoes/{approval}/editar"),
        format!("/conversas/{conversation}/assumir"),
        format!("/conversas/{conversation}/encerrar"),
    ] {
        let page = theirs.post(&path, &[("message", "não")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        let page = theirs.htmx(&path, &[("message", "não")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(waiting(&house).await, 1);
    assert!(!theirs.get("/conversas").await.body.contains("Cliente Inventado"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_token_of_its_session_changes_nothing() {
    let house = house_with_a_queue().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let id = ana.get("/aprovacoes").await.id_after("/aprovacoes/");
    let path = format!("/aprovacoes/{id}/aprovar");
    let good = std::mem::take(&mut ana.csrf);
    for forged in ["", "0", &"0".repeat(64)] {
        ana.csrf = forged.to_owned();
        assert_eq!(ana.post(&path, &[]).await.status, StatusCode::FORBIDDEN, "{forged:?}");
        ana.csrf = forged.to_owned();
        assert_eq!(ana.htmx(&path, &[]).await.status, StatusCode::FORBIDDEN, "{forged:?}");
    }
    let cookie: Vec<_> =
        ana.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let foreign = house
        .request(Method::POST, "loja", &path)
        .header("cookie", cookie.join("; "))
        .header("sec-fetch-site", "cross-site")
        .form(&[("csrf", good.as_str())])
        .send()
        .await
        .unwrap();
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert_eq!(waiting(&house).await, 1);
    ana.csrf = good;
    assert_eq!(ana.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(waiting(&house).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_quote_is_sent_once_and_the_second_person_sees_it_is_done() {
    let house = house_with_a_queue().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let queue = ana.get("/aprovacoes").await;
    assert!(queue.body.contains("guindaste") && queue.body.contains("R$ 368,60"), "{}", queue.body);
    let path = format!("/aprovacoes/{}/aprovar", queue.id_after("/aprovacoes/"));
    let before = house.sent_to(&customer(1)).len();

    let done = ana.htmx(&path, &[]).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.body.contains("aprovado e enviado") && done.body.contains("por Ana"));
    assert!(!done.body.contains("<html"), "a part of the page, not a page");
    let again = ana.htmx(&path, &[]).await;
    assert!(again.body.contains("aprovado e enviado"), "{}", again.body);

    house.settle().await;
    let sent = house.sent_to(&customer(1));
    assert_eq!(sent.len(), before + 1);
    assert!(sent.last().unwrap().words().contains("368,60"), "{}", sent.last().unwrap().words());
    assert!(ana.get("/aprovacoes").await.body.contains("Nada para aprovar"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_quote_is_priced_anew_and_a_wrong_field_keeps_what_was_typed() {
    let house = house_with_a_queue().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let id = ana.get("/aprovacoes").await.id_after("/aprovacoes/");
    let path = format!("/aprovacoes/{id}/editar");
    let wrong = ana
        .htmx(&path, &[("sku", "CIM-50"), ("qty", "doze"), ("price", "35,50"), ("freight", "")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("doze") && wrong.body.contains("Escreva a quantidade"));
    let nothing = ana.htmx(&path, &[("sku", "CIM-50"), ("qty", "0"), ("price", "40")]).await;
    assert!(nothing.body.contains("Deixe pelo menos um item"), "{}", nothing.body);
    assert_eq!(waiting(&house).await, 1);

    // 12 × 35,50 = 426,00 without a tier, since the price is a person's; 3 % off for Pix.
    let fields = [("sku", "CIM-50"), ("qty", "12"), ("price", "35,50"), ("freight", "")];
    let done = ana.htmx(&path, &fields).await;
    assert!(done.body.contains("alterado, aprovado e enviado"), "{}", done.body);
    house.settle().await;
    let words = house.last_to(&customer(1)).words().to_owned();
    assert!(words.contains("413,22"), "{words}");
    let quotes = ana.get("/orcamentos").await;
    let page = ana.get(&format!("/orcamentos/{}", quotes.id_after("/orcamentos/"))).await;
    for words in ["Alterado por Ana, a partir da versão 1", "<td>R$ 40,00</td><td>R$ 35,50</td>"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains("Como chegamos neste preço") && page.body.contains("413,22"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_quote_tells_the_customer_in_the_persons_words() {
    let house = house_with_a_queue().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let id = ana.get("/aprovacoes").await.id_after("/aprovacoes/");
    let path = format!("/aprovacoes/{id}/recusar");
    let silent = ana.post(&path, &[("message", "  ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = ana.post(&path, &[("message", "Estamos sem caminhão esta semana.")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    house.settle().await;
    assert_eq!(house.last_to(&customer(1)).words(), "Estamos sem caminhão esta semana.");
    assert!(ana.get("/conversas?estado=handed_over").await.body.contains("Com atendente"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_takes_over_replies_and_gives_back() {
    let house = House::open().await;
    house.says(&customer(1), "10 sacos de cimento, retiro na loja, pago no pix").await;
    house.settle().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let id = ana.get("/conversas").await.id_after("/conversas/");
    let page = format!("/conversas/{id}");
    assert!(ana.get(&page).await.body.contains("Assumir a conversa"));
    ana.post(&format!("{page}/assumir"), &[]).await;
    assert!(ana.get(&page).await.body.contains("Devolver ao assistente"));
    let hostile = "<script>alert(1)</script> já separei";
    ana.post(&format!("{page}/responder"), &[("text", hostile)]).await;
    house.settle().await;
    assert_eq!(house.last_to(&customer(1)).words(), hostile);
    let shown = ana.get(&page).await.body;
    assert!(shown.contains("&lt;script&gt;") && !shown.contains("<script>alert"), "{shown}");
    ana.post(&format!("{page}/devolver"), &[]).await;
    assert!(ana.get(&page).await.body.contains("Assumir a conversa"));
    assert_eq!(ana.post(&format!("{page}/apagar"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_a_strict_policy_and_pages_are_not_kept() {
    let house = House::open().await;
    for (host, path) in [("", "/"), ("loja", "/entrar"), ("loja", "/nada"), ("vazia", "/")] {
        let answer = house.request(Method::GET, host, path).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let html = answer.text().await.unwrap();
        assert!(html.starts_with("<!doctype html>"), "{host}{path}: {html}");
    }
    assert_eq!(
        house.request(Method::GET, "", "/phone").send().await.unwrap().status(),
        StatusCode::NOT_FOUND,
        "there is no phone in earnest"
    );
}
