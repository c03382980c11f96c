//! The public start page: what to try in a demo, a sober page otherwise.

use serde::Serialize;

use super::View;
use super::login::DemoLogin;

/// The start page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Start {
    pub(crate) base_domain: String,
    pub(crate) demo: Option<Demo>,
}

/// What a demonstration offers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Demo {
    pub(crate) dashboard: String,
    pub(crate) login: DemoLogin,
    pub(crate) tries: Vec<Try>,
}

/// A message to try.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Try {
    pub(crate) href: String,
    pub(crate) text: &'static str,
    pub(crate) why: &'static str,
}

impl Try {
    /// The messages to try, each with a link that opens the phone with it.
    pub(crate) fn all() -> Vec<Self> {
        const TRIES: [(&str, &str); 4] = [
            (
                "Bom dia! 20 sacos de cimento CP II 50kg e 3 m de areia média. Retiro na loja, pago no pix",
                "Completo: o orçamento volta na hora.",
            ),
            (
                "preciso de 2 milheiros de tijolo 8 furos",
                "Falta o resto: o assistente pergunta tudo de uma vez.",
            ),
            (
                "300 sacos de cimento CP II 50kg, entrega no Centro, boleto 30 dias",
                "Passa dos limites da loja: espera uma aprovação no painel.",
            ),
            (
                "10 barras de ferro 10 e 1 guindaste, retiro, pix",
                "Um item que a loja não tem: uma pessoa olha antes.",
            ),
        ];
        let link = |text: &str| {
            let query = url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            format!("/phone?text={query}")
        };
        TRIES.map(|(text, why)| Self { href: link(text), text, why }).into()
    }
}

impl View for Start {
    const TEMPLATE: &'static str = "pages/public/start.html";
}

#[cfg(test)]
impl Start {
    pub(super) fn samples() -> Vec<Self> {
        let demo = Demo {
            dashboard: "http://loja.localhost:8080/".to_owned(),
            login: DemoLogin { email: "ana@loja.example", password: "x" },
            tries: Try::all(),
        };
        let start = |demo| Self { base_domain: "localhost:8080".to_owned(), demo };
        vec![start(None), start(Some(demo))]
    }
}
