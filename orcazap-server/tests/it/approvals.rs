//! An order that needs a person: into the queue, approved over HTTP as a person
//! does it without scripts, sent, and accepted.

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, Response, StatusCode};

use crate::house::{House, PASSWORD, customer};

/// A browser that keeps its cookies.
struct Browser<'a> {
    house: &'a House,
    host: &'a str,
    cookies: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    /// Logs the owner of a store in.
    async fn log_in(house: &'a House, host: &'a str) -> Self {
        let mut browser = Self { house, host, cookies: Vec::new() };
        let page = browser.get("/entrar").await.text().await.unwrap();
        let email = format!("ana@{host}.example");
        let form =
            [("csrf", field(&page, "csrf")), ("email", email.as_str()), ("password", PASSWORD)];
        let answer = browser.post("/entrar", &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        browser
    }

    async fn get(&mut self, path: &str) -> Response {
        let request = self.house.request(Method::GET, self.host, path);
        self.keep(request.header(COOKIE, self.cookie()).send().await.unwrap())
    }

    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self.house.request(Method::POST, self.host, path).form(form);
        self.keep(request.header(COOKIE, self.cookie()).send().await.unwrap())
    }

    fn cookie(&self) -> String {
        let pairs: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn keep(&mut self, response: Response) -> Response {
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value));
        }
        response
    }
}

/// The value of a hidden field of a page.
fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).expect(&mark).1.split_once('"').unwrap().0
}

/// The address of the first form whose address ends so.
fn action<'p>(page: &'p str, ending: &str) -> &'p str {
    page.split("action=\"")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0)
        .find(|action| action.ends_with(ending))
        .unwrap_or_else(|| panic!("a form to …{ending} in {page}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_with_an_unknown_product_waits_is_approved_sent_and_won() {
    let house = House::open().await;
    let ana = customer(1);
    house.says(&ana, "10 sacos de cimento e 1 betoneira, retiro na loja, pago no pix").await;
    house.settle().await;
    assert!(house.sent_to(&ana).iter().all(|sent| !sent.words().contains("R$")));
    let waiting = "SELECT count(*) FROM approvals WHERE closed_at IS NULL";
    assert_eq!(house.number(waiting).await, 1);

    let mut browser = Browser::log_in(&house, "loja").await;
    let queue = browser.get("/aprovacoes").await.text().await.unwrap();
    assert!(queue.contains("betoneira"), "{queue}");
    let approve = action(&queue, "/aprovar").to_owned();
    let form = [("csrf", field(&queue, "csrf"))];
    let answer = browser.post(&approve, &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
    assert_eq!(house.number(waiting).await, 0);
    let quote: String = house.text("SELECT id::text FROM quotes").await;
    let page = browser.get(&format!("/orcamentos/{quote}")).await.text().await.unwrap();
    for words in ["Por que passou por uma pessoa", "aprovado e enviado por Ana"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Aguarda aprovação"), "{page}");

    house.settle().await;
    assert!(
        house.last_to(&ana).words().contains("R$\u{a0}368,60"),
        "{}",
        house.last_to(&ana).words()
    );
    house.presses(&ana, "Fechar").await;
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM sales_orders").await, 1);
    let acts = "SELECT count(*) FROM audit WHERE actor = 'person'";
    assert!(house.number(acts).await > 0, "a person's act is in the audit");

    // Who presses the button a second time changes nothing.
    browser.post(&approve, &form).await;
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM sales_orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_its_token_and_a_visitor_without_a_session_change_nothing() {
    let house = House::open().await;
    house
        .says(&customer(1), "10 sacos de cimento e 1 betoneira, retiro na loja, pago no pix")
        .await;
    house.settle().await;
    let mut browser = Browser::log_in(&house, "loja").await;
    let queue = browser.get("/aprovacoes").await.text().await.unwrap();
    let approve = action(&queue, "/aprovar").to_owned();
    let forged = browser.post(&approve, &[("csrf", "0000")]).await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let stranger = house.request(Method::POST, "loja", &approve).form(&[("csrf", "x")]);
    let answer = stranger.send().await.unwrap();
    assert!(!answer.status().is_success(), "{}", answer.status());
    assert_eq!(house.number("SELECT count(*) FROM approvals WHERE closed_at IS NULL").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_sees_nothing_of_another_over_http() {
    let house = House::open().await;
    house
        .says(&customer(1), "10 sacos de cimento e 1 betoneira, retiro na loja, pago no pix")
        .await;
    house.settle().await;
    let mut ours = Browser::log_in(&house, "loja").await;
    let mut theirs = Browser::log_in(&house, "vizinha").await;
    let our_queue = ours.get("/aprovacoes").await.text().await.unwrap();
    let their_queue = theirs.get("/aprovacoes").await.text().await.unwrap();
    assert!(our_queue.contains("betoneira") && !their_queue.contains("betoneira"));

    let approve = action(&our_queue, "/aprovar").to_owned();
    let token = field(&theirs.get("/aprovacoes").await.text().await.unwrap(), "csrf").to_owned();
    let crossed = theirs.post(&approve, &[("csrf", token.as_str())]).await;
    assert_eq!(crossed.status(), StatusCode::NOT_FOUND);
    let quote: String = house.text("SELECT id::text FROM quotes").await;
    let shown = ours.get(&format!("/orcamentos/{quote}")).await;
    assert_eq!(shown.status(), StatusCode::OK);
    let hidden = theirs.get(&format!("/orcamentos/{quote}")).await;
    assert_eq!(hidden.status(), StatusCode::NOT_FOUND);

    // The session of one store opens nothing at another.
    let stolen = house.request(Method::GET, "vizinha", "/aprovacoes").header(COOKIE, ours.cookie());
    let answer = stolen.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(answer.headers()[LOCATION].to_str().unwrap().starts_with("/entrar"));
}
