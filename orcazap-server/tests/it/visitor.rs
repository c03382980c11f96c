//! A person with a browser's memory: keeps cookies, finds the token of the forms.

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, StatusCode};

use crate::house::{House, PASSWORD};

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

/// A visitor of one host.
pub(crate) struct Visitor<'a> {
    house: &'a House,
    host: &'static str,
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) csrf: String,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(house: &'a House, host: &'static str) -> Self {
        Self { house, host, cookies: Vec::new(), csrf: String::new() }
    }

    /// One who has logged in to a store of the house.
    pub(crate) async fn logged_in(house: &'a House, host: &'static str) -> Self {
        Self::logged_in_as(house, host, &format!("ana@{host}.example")).await
    }

    /// A certain person of a store.
    pub(crate) async fn logged_in_as(house: &'a House, host: &'static str, email: &str) -> Self {
        let mut visitor = Self::new(house, host);
        let page = visitor.log_in(email, PASSWORD).await;
        assert_eq!((page.status, page.location.as_deref()), (StatusCode::SEE_OTHER, Some("/")));
        visitor.get("/").await;
        visitor
    }

    pub(crate) async fn log_in(&mut self, email: &str, password: &str) -> Page {
        self.get("/entrar").await;
        self.post("/entrar", &[("email", email), ("password", password)]).await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.ask(Method::GET, path, &[], false).await
    }

    /// Sends a form, with the token of the last page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.ask(Method::POST, path, fields, false).await
    }

    /// The same as htmx does it.
    pub(crate) async fn htmx(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.ask(Method::POST, path, fields, true).await
    }

    async fn ask(
        &mut self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
        htmx: bool,
    ) -> Page {
        let cookies: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self.house.request(method.clone(), self.host, path);
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        if htmx {
            request = request.header("hx-request", "true");
        }
        if method == Method::POST {
            let token = [("csrf", self.csrf.as_str())];
            let fields: Vec<_> = token.iter().chain(fields).collect();
            request = request.form(&fields);
        }
        let answer = request.send().await.unwrap();
        for header in answer.headers().get_all(SET_COOKIE) {
            let cookie = header.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = cookie.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let status = answer.status();
        let location = answer.headers().get(LOCATION);
        let location = location.map(|location| location.to_str().unwrap().to_owned());
        let body = answer.text().await.unwrap().replace("&#x2f;", "/");
        if let Some((_, rest)) = body.split_once(r#"name="csrf" value=""#) {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
        Page { status, location, body }
    }
}

impl Page {
    /// The first id in an address that begins so.
    pub(crate) fn id_after(&self, prefix: &str) -> String {
        let found = self.body.split(prefix).skip(1).find_map(|rest| {
            let id: String =
                rest.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
            (id.len() == 36).then_some(id)
        });
        found.unwrap_or_else(|| panic!("no id after {prefix:?} in {}", self.body))
    }
}
