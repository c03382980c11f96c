//! A store words what its assistant says: over real HTTP, down to the phone.

use orcazap_core::Language;
use reqwest::StatusCode;

use crate::database;
use crate::house::{House, customer};
use crate::visitor::Visitor;

const WELCOME: &str = "/textos/welcome";
const PT: (&str, &str) = ("language", "pt-BR");

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_reads_the_stores_own_words_and_ours_when_they_are_taken_back() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let list = ana.get("/textos").await.body;
    for there in ["Boas-vindas", "Primeiro contato", "Pedido confirmado", "Botões e listas"] {
        assert!(list.contains(there), "{there}");
    }
    let page = ana.get("/textos/welcome?idioma=pt-BR").await.body;
    assert!(page.contains("Sou o assistente virtual") && page.contains("<code>{loja}</code>"));

    let own = "Opa! Aqui é da {loja}. Mande a lista <b>já</b>. 😀";
    let saved = ana.post(WELCOME, &[PT, ("source", own)]).await;
    assert_eq!(saved.location.as_deref(), Some("/textos/welcome?idioma=pt-BR"));
    let voice = [PT, ("name", "  Madeireira  Ana "), ("tone", "formal")];
    assert_eq!(ana.post("/textos/voz", &voice).await.location.as_deref(), Some("/textos"));
    house.says(&customer(1), "oi").await;
    house.settle().await;
    let said = house.last_to(&customer(1)).words().to_owned();
    assert_eq!(said, "Opa! Aqui é da Madeireira Ana. Mande a lista <b>já</b>.", "no emoji");

    let restored = ana.post("/textos/welcome/restaurar", &[PT]).await;
    assert_eq!(restored.status, StatusCode::SEE_OTHER);
    house.says(&customer(2), "oi").await;
    house.settle().await;
    let said = house.last_to(&customer(2)).words().to_owned();
    assert!(said.starts_with("Olá! Este é o atendimento virtual de *Madeireira Ana*"), "{said}");

    let actions = "SELECT string_agg(action, ' ' ORDER BY id) FROM audit WHERE actor = 'person'";
    let actions: String = house.text(actions).await;
    assert_eq!(actions, "text_changed voice_changed text_restored");
    let told: String = house.text("SELECT string_agg(detail::text, '') FROM audit").await;
    assert!(!told.contains("Opa") && !told.contains("Madeireira"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_sent_is_refused_beside_the_field_and_nothing_is_kept() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    for (key, source, told) in [
        ("total", "Total: {valor} {preco}", "{preco} não existe neste texto"),
        ("total", "Total", "Falta {valor}: o valor em reais"),
        ("quote", "{titulo}", "Falta {total}"),
        ("title_first", "Orçamento", "Falta {orcamento}"),
        ("welcome", "Oi {loja", "sem par"),
        ("welcome", " 😀 ", "Escreva o texto."),
        ("welcome", "Oi\u{202e}", "caractere invisível"),
        ("button_accept", "Quero fechar o pedido agora", "o WhatsApp aceita 20"),
        ("button_accept", "Mudar algo", "Fica igual a “Botão: mudar”"),
    ] {
        let path = format!("/textos/{key}");
        let page = ana.post(&path, &[PT, ("source", source)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{source}");
        assert!(page.body.contains(told), "{told} in {}", page.body);
    }
    let long = "x".repeat(1501);
    let page = ana.post(WELCOME, &[PT, ("source", &long)]).await;
    assert!(page.body.contains("o máximo é 1500") && page.body.contains(&long));
    let name = "x".repeat(121);
    let voice = [PT, ("name", name.as_str()), ("tone", "formal")];
    assert_eq!(ana.post("/textos/voz", &voice).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.number("SELECT count(*) FROM texts").await, 0);
    assert_eq!(house.number("SELECT count(*) FROM audit WHERE actor = 'person'").await, 0);
    for path in ["/textos/nada?idioma=pt-BR", "/textos/welcome?idioma=xx", "/textos?idioma=xx"] {
        assert_eq!(ana.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_the_message_and_keeps_nothing() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let path = "/textos/total/previa";
    let page = ana.htmx(path, &[PT, ("source", "Tudo por *{valor}* <script>")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Tudo por <strong>R$"), "{}", page.body);
    assert!(page.body.contains("&lt;script&gt;") && !page.body.contains("<script>"));
    assert!(page.body.contains("Fechar pedido") && !page.body.contains("<html"));
    let long = ana.htmx(path, &[PT, ("source", "{valor}"), ("values", "longos")]).await.body;
    assert!(long.len() > page.body.len());
    let wrong = ana.htmx(path, &[PT, ("source", "{nada}")]).await.body;
    assert!(wrong.contains("{nada} não existe") && wrong.contains("hx-swap-oob"));
    assert_eq!(house.number("SELECT count(*) FROM texts").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_comes_here_and_only_to_their_own_store() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    let source = ("source", "Só nosso");
    ana.post("/textos/declined", &[PT, source]).await;
    let mut neighbor = Visitor::logged_in(&house, "vizinha").await;
    assert!(!neighbor.get("/textos").await.body.contains("Só nosso"));
    neighbor.post("/textos/declined/restaurar", &[PT]).await;
    assert!(ana.get("/textos").await.body.contains("Só nosso"));

    let token = std::mem::replace(&mut ana.csrf, "falso".to_owned());
    for path in ["/textos/declined", "/textos/declined/previa", "/textos/declined/restaurar"] {
        assert_eq!(ana.post(path, &[PT, source]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let voice = [PT, ("tone", "formal")];
    assert_eq!(ana.post("/textos/voz", &voice).await.status, StatusCode::FORBIDDEN);
    ana.csrf = token;

    database::execute(&house.url, "UPDATE users SET role = 'manager'").await;
    assert_eq!(ana.get("/textos").await.status, StatusCode::OK);
    database::execute(&house.url, "UPDATE users SET role = 'attendant'").await;
    assert!(!ana.get("/").await.body.contains("/textos"));
    for path in ["/textos", "/textos/declined?idioma=pt-BR"] {
        assert_eq!(ana.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in ["/textos/declined", "/textos/declined/previa", "/textos/declined/restaurar"] {
        assert_eq!(ana.post(path, &[PT, source]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(ana.post("/textos/voz", &voice).await.status, StatusCode::FORBIDDEN);
    let mut stranger = Visitor::new(&house, "loja");
    assert_eq!(stranger.get("/textos").await.location.as_deref(), Some("/entrar"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_text_that_breaks_a_rule_is_told_and_no_message_is_lost() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    ana.post(WELCOME, &[PT, ("source", "Oi da {loja}")]).await;
    let spoilt = "UPDATE texts SET body = 'Oi da {loja_antiga}'";
    database::execute(&house.url, spoilt).await;
    // A shop is loaded anew when its version rises.
    database::execute(&house.url, "UPDATE settings SET shop_version = shop_version + 1").await;
    house.says(&customer(1), "oi").await;
    house.settle().await;
    let said = house.last_to(&customer(1)).words().to_owned();
    assert!(said.contains("Sou o assistente virtual"), "{said}");
    let list = ana.get("/textos").await.body;
    assert!(
        list.contains("Um texto seu não pode ser usado") && list.contains("precisa de correção")
    );
    assert!(ana.get("/").await.body.contains("texto do assistente com problema"));
    let page = ana.get("/textos/welcome?idioma=pt-BR").await.body;
    assert!(page.contains("Oi da {loja_antiga}"), "it can be mended");
    assert!(page.contains("{loja_antiga} não existe neste texto"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_speaks_another_language() {
    let house = House::open().await;
    let mut ana = Visitor::logged_in(&house, "loja").await;
    for language in Language::ALL {
        let page = ana.get(&format!("/textos?idioma={}", language.code())).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    ana.post("/textos/voz", &[("language", "sw"), ("tone", "informal"), ("emoji", "sim")]).await;
    house.says(&customer(1), "10 sacos de cimento, retiro na loja, pix").await;
    house.settle().await;
    let said = house.last_to(&customer(1)).words().to_owned();
    assert!(said.contains("*Nukuu ya bei") && said.contains("mifuko 10"), "{said}");
    house.presses(&customer(1), "Weka oda").await;
    house.settle().await;
    assert!(house.last_to(&customer(1)).words().contains("imethibitishwa"));
}
