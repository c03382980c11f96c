//! Pages that say what went wrong and what to do now.

use axum::http::StatusCode;
use serde::Serialize;

use super::View;

/// Something could not be shown or done.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Problem {
    status: u16,
    title: &'static str,
    advice: &'static str,
    href: &'static str,
    link: &'static str,
}

impl Problem {
    /// The page for a status.
    pub(crate) fn of(status: StatusCode) -> Self {
        let (title, advice) = match status {
            StatusCode::NOT_FOUND => (
                "Não encontramos esta página",
                "O endereço pode estar errado, ou o que você procura não existe nesta loja.",
            ),
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => (
                "Não entendemos este endereço ou formulário",
                "Volte ao início e siga pelos botões; nada foi mudado.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("Isto é grande demais", "Envie menos de uma vez; nada foi mudado.")
            }
            StatusCode::FORBIDDEN => (
                "Não foi possível confirmar que o pedido veio de você",
                "A página ficou aberta por muito tempo ou a sessão mudou. Volte, atualize a página e tente de novo.",
            ),
            StatusCode::TOO_MANY_REQUESTS => {
                ("Muitas tentativas", "Espere um minuto e tente de novo.")
            }
            StatusCode::SERVICE_UNAVAILABLE => (
                "Estamos sem acesso aos dados",
                "O serviço deve voltar em instantes. Nada do que os clientes escrevem se perde. Atualize a página daqui a pouco.",
            ),
            _ => (
                "Algo deu errado do nosso lado",
                "Nada se perdeu. Tente de novo; se acontecer outra vez, avise o suporte com o horário.",
            ),
        };
        Self { status: status.as_u16(), title, advice, href: "/", link: "Voltar ao início" }
    }

    /// The page in place of one that is for another role.
    pub(crate) fn not_yours() -> Self {
        Self {
            title: "Só o dono da loja vê esta página",
            advice: "Peça a ele o que precisa mudar, ou entre com o usuário dele.",
            ..Self::of(StatusCode::FORBIDDEN)
        }
    }
}

impl View for Problem {
    const TEMPLATE: &'static str = "pages/error.html";
}

#[cfg(test)]
impl Problem {
    pub(super) fn samples() -> Vec<Self> {
        [404, 403, 429, 500, 503]
            .into_iter()
            .map(|status| Self::of(StatusCode::from_u16(status).unwrap()))
            .chain([Self::not_yours()])
            .collect()
    }
}
