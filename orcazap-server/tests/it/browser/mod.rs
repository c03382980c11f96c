//! The demonstration as a person sees it, in a real browser: an order typed on
//! the phone, the quote, the button, and the dashboard.

mod driver;

use driver::Browser;
use orcazap_server::clock::Clock;
use orcazap_server::demo::{self, Folder, Running};
use orcazap_server::server;
use orcazap_server::worker::{self, Hands};
use orcazap_whatsapp::graph_sim::{Customer, CustomerMessage};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use tokio::net::TcpListener;

/// The key that sends a message.
const ENTER: &str = "\u{e007}";

/// A demonstration of its own, on a free port.
struct Demo {
    running: Running,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Demo {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // PostgreSQL runs as another user when this is root, and must get there.
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let at = Folder::at(folder.path().join("demo"));
        let running = demo::start(&at, port, Clock::system()).await.unwrap();
        tokio::spawn(server::serve(running.app.clone(), listener));
        tokio::spawn(worker::run(running.app.clone(), Hands { turns: 1, deliveries: 1 }));
        Self { running, port, _folder: folder }
    }

    fn page(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    fn dashboard(&self, path: &str) -> String {
        format!("http://loja.localhost:{}{path}", self.port)
    }

    /// A customer orders.
    async fn orders(&self, phone: &str, text: &str) {
        let demo = self.running.app.demo.as_ref().unwrap();
        let customer = Customer::new(phone.parse().unwrap(), "Obra Nova");
        let message = CustomerMessage::Text(text.to_owned());
        demo.sim.customer_sends(&demo.number, &customer, message).await.unwrap();
    }

    async fn log_in(&self, browser: &Browser) {
        let (email, password) = {
            let demo = self.running.app.demo.as_ref().unwrap();
            (demo.email, demo.password)
        };
        browser.open(&self.dashboard("/")).await;
        browser.picture("login").await;
        browser.type_into("[name=email]", email).await;
        browser.type_into("[name=password]", &format!("{password}{ENTER}")).await;
        browser.find_with("h1", "Olá").await;
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.running.app.shutdown.cancel();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_typed_on_the_phone_is_quoted_accepted_and_won() {
    let demo = Demo::start().await;
    let browser = Browser::start().await;
    browser.open(&demo.page("/")).await;
    browser.picture("start").await;
    // The first example of the start page opens the phone with its words.
    browser.click(".tries a").await;
    browser.find(".person[aria-current]").await;
    browser.type_into("#text", ENTER).await;
    browser.find_with(".bubble:not(.mine)", "Total").await;
    browser.picture("phone-quote").await;
    browser.click_with(".choices button", "Fechar pedido").await;
    browser.find_with(".bubble.mine .quoted", "Orçamento").await;
    browser.find_with(".bubble:not(.mine)", "confirmado").await;
    browser.picture("phone-accepted").await;
    browser.open(&demo.page("/phone")).await;
    browser.find_with(".bubble:not(.mine)", "Total").await;

    demo.log_in(&browser).await;
    browser.picture("home").await;
    browser.open(&demo.dashboard("/conversas")).await;
    browser.find_with(".badge", "Pedido fechado").await;
    browser.picture("conversations").await;
    browser.click(".row").await;
    browser.find("#mensagens").await;
    browser.picture("conversation").await;
    browser.open(&demo.dashboard("/custos")).await;
    browser.find_with(".tile", "em média por conversa").await;
    browser.picture("costs").await;
    browser.open(&demo.dashboard("/orcamentos")).await;
    browser.find_with(".badge", "Aceito").await;
    browser.picture("quotes").await;
    browser.click(".cover").await;
    browser.find_with("h2", "Como chegamos neste preço").await;
    browser.picture("quote").await;
    browser.open(&demo.dashboard("/produtos")).await;
    browser.type_into("[name=q]", "areia media").await;
    browser.find_with("#produtos", "Areia").await;
    browser.picture("products").await;
    browser.open(&demo.dashboard("/ajustes")).await;
    browser.find_with("h1", "Ajustes").await;
    browser.picture("settings").await;
    browser.find("[name=settle]").await.clear().await.unwrap();
    browser.type_into("[name=settle]", &format!("90{ENTER}")).await;
    browser.find_with(".field-error", "de 0 a 60 segundos").await;
    browser.picture("settings-wrong").await;
    browser.open(&demo.dashboard("/ajustes/horarios")).await;
    browser.find("[name=validity]").await.clear().await.unwrap();
    browser.type_into("[name=validity]", &format!("72{ENTER}")).await;
    browser.find_with(".note", "Horários salvos").await;
    browser.picture("hours").await;
    browser.open(&demo.dashboard("/textos")).await;
    browser.find_with(".text-row", "Boas-vindas").await;
    browser.picture("texts").await;
    browser.open(&demo.dashboard("/textos/total?idioma=pt-BR")).await;
    browser.find_with("#previa strong", "Total").await;
    browser.picture("text").await;
    browser.type_into("[name=source]", " {nada}").await;
    browser.find_with("#falhas", "{nada} não existe neste texto").await;
    browser.picture("text-fault").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_waits_is_approved_in_the_queue_and_reaches_the_phone() {
    let demo = Demo::start().await;
    let browser = Browser::start().await;
    demo.log_in(&browser).await;
    browser.open(&demo.dashboard("/custos")).await;
    browser.find_with(".empty", "Nada a pagar").await;
    browser.picture("costs-empty").await;
    browser.open(&demo.page("/phone")).await;
    browser.find(".person[aria-current]").await;
    let order = "300 sacos de cimento CP II 50kg, entrega no Centro, boleto 30 dias";
    browser.type_into("#text", &format!("{order}{ENTER}")).await;
    browser.find_with(".bubble:not(.mine)", "atendente").await;

    browser.open(&demo.dashboard("/aprovacoes")).await;
    browser.find_with(".reasons", "Venda a prazo").await;
    browser.picture("queue").await;
    browser.click_with("summary", "Editar").await;
    browser.picture("queue-edit").await;
    browser.find("[name=qty]").await.clear().await.unwrap();
    browser.type_into("[name=qty]", "muitos").await;
    browser
        .find_with(".edit-line button, .act[open] button", "Recalcular")
        .await
        .click()
        .await
        .unwrap();
    browser.find_with(".field-error", "números").await;
    browser.click_with(".acts button", "Aprovar e enviar").await;
    browser.find_with(".card.done", "aprovado e enviado").await;
    browser.picture("queue-done").await;

    browser.open(&demo.page("/phone")).await;
    browser.find_with(".bubble:not(.mine)", "Total").await;
    browser.picture("phone-approved").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_edits_sees_at_once_what_is_new_and_sends_it_all_the_same() {
    let demo = Demo::start().await;
    let browser = Browser::start().await;
    demo.orders("5511900000001", "10 sacos de cimento CP II 50kg, retiro, boleto 30 dias").await;
    demo.log_in(&browser).await;
    browser.open(&demo.dashboard("/aprovacoes")).await;
    browser.find_with(".reasons", "Venda a prazo").await;
    browser.click_with("summary", "Editar").await;
    browser.find("[name=qty]").await.clear().await.unwrap();
    browser.type_into("[name=qty]", "10000").await;
    browser.type_into("[name=add_sku]", "areia").await;
    browser.find("datalist option[value]").await;
    browser.find("[name=add_sku]").await.clear().await.unwrap();
    browser.picture("queue-edit-whole").await;
    browser.click_with(".act[open] button", "Recalcular").await;
    browser.find_with(".approval .note", "ainda não foi enviado").await;
    browser.find_with(".reasons .new", "Valor acima do limite").await;
    browser.picture("queue-again").await;
    browser.click_with(".acts button", "Aprovar e enviar").await;
    browser.find_with(".card.done", "aprovado e enviado").await;
    browser.open(&demo.dashboard("/orcamentos")).await;
    browser.click("main a[href^='/orcamentos/']").await;
    browser.find_with(".changes", "Quantidade").await;
    browser.picture("quote-changes").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_does_not_refresh_under_a_form_that_is_open() {
    let demo = Demo::start().await;
    let browser = Browser::start().await;
    demo.orders("5511900000001", "300 sacos de cimento CP II 50kg, retiro, boleto 30 dias").await;
    demo.log_in(&browser).await;
    browser.open(&demo.dashboard("/aprovacoes")).await;
    browser.find_with(".reasons", "Venda a prazo").await;
    browser.click_with("summary", "Editar").await;
    browser.find("[name=qty]").await.clear().await.unwrap();
    browser.type_into("[name=qty]", "280").await;

    // Another order comes in, a refresh is due, and an answer that was under way arrives.
    demo.orders("5511900000002", "400 sacos de cimento CP II 50kg, retiro, boleto 30 dias").await;
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    browser
        .run(
            "return htmx.ajax('GET', '/aprovacoes', \
             { target: '#fila', select: '#fila', swap: 'outerHTML' })",
        )
        .await;
    let typed = browser.find("details[open] [name=qty]").await;
    assert_eq!(typed.prop("value").await.unwrap().as_deref(), Some("280"));

    // Once it is closed the list goes on by itself.
    browser.click_with("details[open] summary", "Editar").await;
    browser.find_with(".approval", "400 sacos").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_sees_what_a_discount_would_have_changed_before_it_is_saved() {
    let demo = Demo::start().await;
    let browser = Browser::start().await;
    demo.log_in(&browser).await;
    demo.orders("5511900000001", "20 sacos de cimento CP II 50kg, retiro, pix").await;
    browser.open(&demo.dashboard("/precos")).await;
    browser.find_with("#descontos .row", "2% a partir de 10").await;
    browser.picture("prices").await;
    browser.open(&demo.dashboard("/orcamentos")).await;
    while browser.find("main").await.text().await.is_ok_and(|text| !text.contains("Cliente")) {
        browser.open(&demo.dashboard("/orcamentos")).await;
    }
    browser.open(&demo.dashboard("/precos")).await;
    browser.click_with("#descontos .row", "2% a partir de 10").await;
    // A field for one choice alone is in sight with that choice.
    assert!(browser.find("[name=sku]").await.is_displayed().await.unwrap());
    assert!(!browser.find("[name=category]").await.is_displayed().await.unwrap());
    browser.find("[name=pct]").await.clear().await.unwrap();
    browser.type_into("[name=pct]", "7,5").await;
    browser.click_with(".acts button", "Ver o que muda").await;
    browser.find_with("#efeito td", "1 item muda").await;
    browser.picture("price-effect").await;
    browser.find("[name=pct]").await.clear().await.unwrap();
    browser.type_into("[name=pct]", "muito").await;
    browser.click_with(".acts button", "Salvar regra").await;
    browser.find_with(".field-error", "de 0 a 100").await;
    browser.picture("price-wrong").await;
    browser.find("[name=pct]").await.clear().await.unwrap();
    browser.type_into("[name=pct]", "7,5").await;
    browser.click_with(".acts button", "Salvar regra").await;
    browser.find_with("#descontos .row", "7,5% a partir de 10").await;
    browser.find_with(".note.good", "Regra salva").await;

    browser.open(&demo.dashboard("/produtos?q=caixa+dagua+500")).await;
    browser.click_with(".cover", "500L").await;
    browser.find_with("h1", "500L").await;
    browser.picture("product").await;
    browser.find("[name=stock]").await.clear().await.unwrap();
    browser.type_into("[name=stock]", &format!("0{ENTER}")).await;
    browser.find_with(".badge", "sem estoque").await;
    browser.picture("products-out").await;
    browser.finish().await;
}
