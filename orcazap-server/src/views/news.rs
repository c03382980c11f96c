//! What news mean, in pt-BR: what happened, and what to do about it.

use chrono::{DateTime, Utc};
use orcazap_store::Notice;
use orcazap_whatsapp::webhook::{self, Ban, CategoryChange, News, PlatformError, Template, Update};
use serde_json::{Value, json};

use super::format::Wall;

/// News in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// What happened.
    pub(crate) title: String,
    /// More about it; may be empty.
    pub(crate) detail: String,
    /// What to do; empty when there is nothing to do.
    pub(crate) advice: &'static str,
}

impl Told {
    fn new(title: impl Into<String>, detail: impl Into<String>, advice: &'static str) -> Self {
        Self { title: title.into(), detail: detail.into(), advice }
    }
}

/// Where most things are mended.
const MANAGER: &str = "Abra o Gerenciador do WhatsApp, na Meta, e veja o que ela pede.";
/// What to do about a message that the assistant can't answer.
const LOOK: &str = "Veja a conversa no celular da loja e responda por lá.";

/// A notice in words. What came from a webhook is read out of the platform's JSON
/// again; what the program itself noticed has its own words.
pub(crate) fn told(notice: &Notice, wall: &Wall) -> Told {
    let text = |name: &str| notice.data.get(name).and_then(Value::as_str).unwrap_or_default();
    match notice.kind.as_str() {
        "channel_paused" => Told::new(
            "O número parou de enviar mensagens",
            text("reason"),
            "Resolva o motivo e retome o número. As mensagens que esperam saem em seguida.",
        ),
        "standby" => {
            let name = text("name");
            let who = if name.is_empty() { "Um cliente" } else { name };
            Told::new(
                "Outro assistente está respondendo um cliente",
                format!(
                    "{who} escreveu, mas o assistente da Meta (Business Agent) está com a conversa. \
                     O OrcaZap não responde enquanto isso."
                ),
                "Responda pela conversa para retomá-la, ou desligue o assistente da Meta no \
                 WhatsApp Business.",
            )
        }
        "contact_twice" => Told::new(
            "Dois cadastros parecem ser do mesmo cliente",
            "O WhatsApp mostrou um número e uma identificação que estavam em cadastros diferentes. \
             Eles não foram juntados, porque um número pode passar para outra pessoa.",
            "Confirme com o cliente antes de tratar as duas conversas como uma só.",
        ),
        "message_without_sender" => {
            Told::new("Chegou uma mensagem sem remetente", quoted(text("text")), LOOK)
        }
        "unreadable" => Told::new(
            "Chegou algo do WhatsApp que não pudemos ler",
            "O conteúdo foi guardado como veio.",
            "Se um cliente disser que ficou sem resposta, veja a conversa no celular da loja. \
             Avise o suporte se isto se repetir.",
        ),
        _ => of_webhook(&notice.kind, &notice.raw, wall),
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("“{text}”") }
}

fn of_webhook(field: &str, raw: &Value, wall: &Wall) -> Told {
    let body = json!({ "field": field, "value": raw }).to_string();
    let updates = webhook::parse(body.as_bytes()).unwrap_or_default();
    let news = updates.into_iter().find_map(|update| match update {
        Update::Notice(notice) => Some(notice.news),
        _ => None,
    });
    match news {
        Some(news) => of_news(field, &news, wall),
        None => other(field),
    }
}

fn other(field: &str) -> Told {
    Told::new("O WhatsApp mandou um aviso", format!("Tipo: {field}."), "")
}

fn of_news(field: &str, news: &News, wall: &Wall) -> Told {
    match news {
        News::TemplateStatus { template, event, reason, detail, .. } => {
            template_status(template, event, reason.as_deref(), detail.as_deref())
        }
        News::TemplateQuality { template, score, .. } => {
            let advice = if score == "RED" {
                "Revise o texto: clientes estão bloqueando ou denunciando. Se continuar assim, a Meta pausa o modelo."
            } else {
                ""
            };
            let title = format!("A qualidade do modelo {} {}", name(template), quality(score));
            Told::new(title, "", advice)
        }
        News::TemplateComponents { template } => {
            Told::new(format!("O texto do modelo {} foi alterado", name(template)), "", "")
        }
        News::TemplateCategory(change) => category(change),
        News::NumberQuality { event, limit, .. } => number_quality(event, limit.as_deref()),
        News::NumberName { name, decision, reason } => {
            let shown = name.as_deref().map(quoted).unwrap_or_default();
            let title = format!("O nome de exibição {shown} foi {}", decided(decision));
            let advice = if decision == "REJECTED" {
                "Escolha um nome ligado ao da loja e peça de novo no Gerenciador do WhatsApp."
            } else {
                ""
            };
            Told::new(title, reason.as_deref().map(code_words).unwrap_or_default(), advice)
        }
        News::Capability { daily_limit, .. } => {
            let limit = daily_limit.as_deref().map(limit_words).unwrap_or_default();
            Told::new("Os limites da conta mudaram", limit, "")
        }
        News::Account { event, violation, restrictions, ban, disconnected } => {
            let until = restrictions.iter().filter_map(|restriction| restriction.until).max();
            let kinds: Vec<_> = restrictions
                .iter()
                .map(|restriction| restriction_words(&restriction.kind))
                .collect();
            account(
                event,
                &Details {
                    violation: violation.as_deref(),
                    restrictions: &kinds,
                    until,
                    ban: ban.as_ref(),
                    disconnected: disconnected.as_deref(),
                },
                wall,
            )
        }
        News::AccountReview { decision } => {
            let advice = if decision == "REJECTED" { MANAGER } else { "" };
            Told::new(format!("O cadastro da conta foi {}", decided(decision)), "", advice)
        }
        News::Alert { description, kind, severity, .. } => {
            let advice = if severity == "INFORMATIONAL" { "" } else { MANAGER };
            let detail = description.clone().unwrap_or_else(|| code_words(kind));
            Told::new("A Meta mandou um alerta sobre a conta", detail, advice)
        }
        News::Security { event } => {
            let title = match event.as_str() {
                "PIN_CHANGED" => "O PIN de duas etapas do número foi trocado",
                "PIN_RESET_REQUEST" => "Alguém pediu para desligar o PIN de duas etapas",
                _ => "Houve uma mudança de segurança no número",
            };
            Told::new(title, "", "Se não foi a loja, troque a senha da conta da Meta agora.")
        }
        News::Marketing(preferences) => {
            let stopped = preferences.iter().any(|preference| preference.choice == "stop");
            if stopped {
                Told::new(
                    "Um cliente não quer mais receber promoções",
                    "Orçamentos e respostas continuam normais.",
                    "Tire o cliente das listas de promoção.",
                )
            } else {
                Told::new("Um cliente voltou a aceitar promoções", "", "")
            }
        }
        News::Username { username, status } => {
            let shown = username.as_deref().unwrap_or_default();
            Told::new(format!("Nome de usuário da loja: {shown} ({})", code_words(status)), "", "")
        }
        News::Payment { status, .. } => {
            Told::new("A forma de receber pagamentos mudou", code_words(status), "")
        }
        News::Calls(calls) if calls.iter().any(|call| call.incoming) => Told::new(
            "Um cliente ligou pelo WhatsApp",
            "O assistente não atende ligações.",
            "Retorne a ligação pelo celular da loja.",
        ),
        News::Calls(_) => Told::new("Houve uma ligação pelo WhatsApp", "", ""),
        News::Flow { event, message, .. } => Told::new(
            "Um formulário (Flow) mudou de situação",
            message.clone().unwrap_or_else(|| code_words(event)),
            "",
        ),
        News::Groups(_) => Told::new("Um grupo do WhatsApp mudou", "", ""),
        News::ContactBook(entries) => {
            let detail =
                format!("{} contatos da agenda do celular foram recebidos.", entries.len());
            Told::new("A agenda do celular foi sincronizada", detail, "")
        }
        News::HistoryProgress { percent } => {
            let detail = percent.map(|percent| format!("{percent}% recebido.")).unwrap_or_default();
            Told::new("O histórico de conversas está sendo recebido", detail, "")
        }
        News::Handover { .. } => {
            Told::new("Outro aplicativo assumiu ou devolveu uma conversa", "", LOOK)
        }
        News::AdEvents(_) => Told::new("A Meta registrou um resultado de anúncio", "", ""),
        News::PartnerSolution { .. } => Told::new("A parceria com o provedor mudou", "", ""),
        News::Errors(errors) => of_errors(errors),
        News::Other => other(field),
    }
}

fn of_errors(errors: &[PlatformError]) -> Told {
    let Some(error) = errors.first() else { return other("errors") };
    if error.code == 2_593_109 {
        return Told::new(
            "O histórico de conversas não foi compartilhado",
            "O compartilhamento está desligado no WhatsApp Business do celular.",
            "",
        );
    }
    let told = error.details.as_ref().or(error.message.as_ref()).or(error.title.as_ref());
    let detail = format!(
        "{} (código {}{})",
        orcazap_whatsapp::error::explain(error.code),
        error.code,
        told.map(|words| format!(": {words}")).unwrap_or_default()
    );
    Told::new("O WhatsApp relatou um erro", detail, "")
}

fn name(template: &Template) -> String {
    if template.name.is_empty() { "sem nome".to_owned() } else { quoted(&template.name) }
}

fn template_status(
    template: &Template,
    event: &str,
    reason: Option<&str>,
    detail: Option<&str>,
) -> Told {
    let (what, advice) = match event {
        "APPROVED" => ("foi aprovado", ""),
        "PENDING" => ("está em análise", ""),
        "IN_APPEAL" => ("está em recurso", ""),
        "REINSTATED" => ("voltou a valer", ""),
        "ARCHIVED" => ("foi arquivado", ""),
        "REJECTED" => ("foi recusado", "Corrija o texto e envie o modelo de novo."),
        "PAUSED" => (
            "foi pausado por baixa qualidade",
            "Use outro modelo enquanto isso e revise o texto deste.",
        ),
        "FLAGGED" => (
            "está com qualidade baixa e pode ser desativado",
            "Envie-o a menos clientes e revise o texto.",
        ),
        "DISABLED" => ("foi desativado pela Meta", "Crie outro modelo com um texto diferente."),
        "LOCKED" => ("foi bloqueado", "Espere a Meta liberar, ou crie outro modelo."),
        "LIMIT_EXCEEDED" => {
            ("não coube: a conta tem modelos demais", "Apague modelos que não usa.")
        }
        "PENDING_DELETION" | "DELETED" => ("foi apagado", "Crie-o de novo se ainda precisar dele."),
        _ => ("mudou de situação", "Veja o modelo no Gerenciador do WhatsApp."),
    };
    let known = reason.and_then(reason_words).map(str::to_owned);
    let parts: Vec<String> = known
        .or_else(|| reason.map(code_words))
        .into_iter()
        .chain(detail.map(str::to_owned))
        .collect();
    Told::new(format!("O modelo {} {what}", name(template)), parts.join(" "), advice)
}

fn reason_words(code: &str) -> Option<&'static str> {
    Some(match code {
        "ABUSIVE_CONTENT" => "Motivo: conteúdo ofensivo.",
        "CATEGORY_NOT_AVAILABLE" | "INCORRECT_CATEGORY" | "TAG_CONTENT_MISMATCH" => {
            "Motivo: a categoria não combina com o texto."
        }
        "INVALID_FORMAT" => "Motivo: formato inválido; confira as variáveis.",
        "PROMOTIONAL" => "Motivo: o texto é promocional.",
        "SCAM" => "Motivo: a Meta considerou o texto um golpe.",
        _ => return None,
    })
}

fn quality(score: &str) -> &'static str {
    match score {
        "GREEN" => "está boa",
        "YELLOW" => "caiu para média",
        "RED" => "caiu para baixa",
        _ => "ainda não é conhecida",
    }
}

fn category(change: &CategoryChange) -> Told {
    let words = |code: &str| match code {
        "MARKETING" => "marketing",
        "UTILITY" => "utilidade",
        "AUTHENTICATION" => "autenticação",
        _ => "outra categoria",
    };
    let (name, to) = (name(&change.template), words(&change.to));
    let from = change.from.as_deref().map(words);
    let title = if change.announced {
        format!("O modelo {name} vai mudar de categoria em 24 horas")
    } else {
        format!("O modelo {name} mudou de categoria")
    };
    let detail = match from {
        Some(from) => format!("De {from} para {to}. O preço de cada mensagem muda junto."),
        None => format!("Agora é {to}. O preço de cada mensagem muda junto."),
    };
    let advice = "Se não concordar, peça revisão no Gerenciador do WhatsApp, ou ajuste o texto.";
    Told::new(title, detail, advice)
}

fn number_quality(event: &str, limit: Option<&str>) -> Told {
    let limit = limit.map(limit_words).unwrap_or_default();
    match event {
        "FLAGGED" => Told::new(
            "A qualidade do número está baixa",
            format!("Clientes bloquearam ou denunciaram mensagens da loja. {limit}").trim_end(),
            "Pare os envios que o cliente não pediu por sete dias, ou a Meta reduz o limite do número.",
        ),
        "DOWNGRADE" => Told::new(
            "O limite do número diminuiu",
            limit,
            "Escreva primeiro só a quem espera notícia da loja. Respostas continuam normais.",
        ),
        "UPGRADE" => Told::new("O limite do número aumentou", limit, ""),
        "UNFLAGGED" => Told::new("A qualidade do número voltou ao normal", limit, ""),
        "THROUGHPUT_UPGRADE" => Told::new("O número envia mais rápido agora", limit, ""),
        "ONBOARDING" => Told::new("O número foi conectado", limit, ""),
        _ => Told::new("A qualidade ou o limite do número mudou", limit, ""),
    }
}

/// `TIER_2K`, `2000`, `-1`: how many customers may be written to first in a day.
fn limit_words(limit: &str) -> String {
    let bare = limit.trim_start_matches("TIER_");
    match bare {
        "UNLIMITED" | "-1" => "Sem limite de clientes novos por dia.".to_owned(),
        "NOT_SET" => String::new(),
        other => {
            let number = other.replace('K', "000");
            let digits = number.parse::<i64>().map(super::format::number).unwrap_or(number);
            format!("Até {digits} clientes novos por dia.")
        }
    }
}

fn decided(decision: &str) -> &'static str {
    match decision {
        "APPROVED" => "aprovado pela Meta",
        "REJECTED" => "recusado pela Meta",
        "DEFERRED" => "adiado pela Meta",
        _ => "posto em análise pela Meta",
    }
}

fn restriction_words(kind: &str) -> &'static str {
    match kind {
        "RESTRICTED_BIZ_INITIATED_MESSAGING" => "não pode escrever primeiro aos clientes",
        "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" => "não pode nem responder aos clientes",
        "RESTRICTED_ADD_PHONE_NUMBER_ACTION" => "não pode acrescentar números",
        "RESTRICTED_UTILITY_TEMPLATES" | "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES" => {
            "não pode enviar modelos de utilidade"
        }
        other if other.ends_with("CALLING") || other.contains("CALL_BUTTON") => {
            "não pode fazer ou receber ligações"
        }
        _ => "tem uma restrição nova",
    }
}

struct Details<'a> {
    violation: Option<&'a str>,
    restrictions: &'a [&'static str],
    until: Option<DateTime<Utc>>,
    ban: Option<&'a Ban>,
    disconnected: Option<&'a str>,
}

fn account(event: &str, details: &Details<'_>, wall: &Wall) -> Told {
    match event {
        "ACCOUNT_RESTRICTION" => {
            let what = details.restrictions.join("; ");
            let until = details.until.map(|until| format!(" até {}", wall.date_time(&until)));
            let detail = format!("A loja {what}{}.", until.unwrap_or_default());
            Told::new("A Meta restringiu a conta", detail, MANAGER)
        }
        "ACCOUNT_VIOLATION" => Told::new(
            "A Meta apontou uma violação de política",
            details.violation.map(code_words).unwrap_or_default(),
            MANAGER,
        ),
        "DISABLED_UPDATE" => match details.ban.map(|ban| ban.state.as_str()) {
            Some("REINSTATE") => Told::new("A conta voltou a funcionar", "", ""),
            Some(state) if state.starts_with("SCHEDULE") => Told::new(
                "A Meta vai desativar a conta",
                details.ban.and_then(|ban| ban.date.clone()).unwrap_or_default(),
                "Conteste no Gerenciador do WhatsApp antes da data.",
            ),
            _ => Told::new(
                "A Meta desativou a conta",
                "Nenhuma mensagem sai. As que esperam foram guardadas.",
                "Conteste no Gerenciador do WhatsApp.",
            ),
        },
        "ACCOUNT_DELETED" => Told::new("A conta do WhatsApp foi apagada", "", MANAGER),
        "PARTNER_REMOVED" | "PARTNER_APP_UNINSTALLED" => {
            let detail = match details.disconnected {
                Some("PRIMARY_INACTIVITY") => {
                    "O celular da loja ficou parado por cerca de 14 dias."
                }
                Some("COMPANION_INACTIVITY") => "Os aparelhos conectados ficaram parados.",
                Some("CHANGE_NUMBER") => "O celular da loja trocou de número.",
                Some("USER_RE_REGISTERED") => "O WhatsApp foi registrado de novo em outro celular.",
                Some("BUSINESS_DOWNGRADE") => "A loja voltou ao WhatsApp comum.",
                _ => "O acesso do OrcaZap à conta foi retirado.",
            };
            let advice = "Conecte o número de novo. As mensagens que esperam foram guardadas.";
            Told::new("O número foi desconectado", detail, advice)
        }
        "ACCOUNT_OFFBOARDED" => Told::new(
            "O número foi desconectado do celular",
            "Costuma voltar sozinho em alguns minutos; as mensagens esperam.",
            "Se não voltar, abra o WhatsApp Business no celular da loja.",
        ),
        "ACCOUNT_RECONNECTED" => Told::new("O número voltou a funcionar", "", ""),
        "PARTNER_ADDED" | "PARTNER_APP_INSTALLED" => Told::new("A conta foi conectada", "", ""),
        "VOLUME_BASED_PRICING_TIER_UPDATE" => {
            Told::new("A faixa de preço por volume mudou", "", "")
        }
        other => Told::new("A conta do WhatsApp mudou", code_words(other), ""),
    }
}

/// A code that has no words of ours, made readable: `NAME_NOT_CONSISTENT`.
fn code_words(code: &str) -> String {
    code.replace('_', " ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use orcazap_store::Severity;

    use super::*;

    fn wall() -> Wall {
        let now = "2026-11-26T12:00:00Z".parse().unwrap();
        Wall { zone: chrono_tz::America::Sao_Paulo, now }
    }

    fn notice(kind: &str, data: Value, raw: Value) -> Notice {
        Notice {
            id: orcazap_store::NoticeId::make(),
            channel: None,
            contact: None,
            conversation: None,
            kind: kind.to_owned(),
            severity: Severity::Info,
            data,
            raw,
            at: wall().now,
            seen_at: None,
        }
    }

    /// Every webhook of the transport's fixtures that is news has words.
    #[test]
    fn all_news_has_words_that_say_more_than_a_code() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../orcazap-whatsapp/tests/fixtures");
        let mut lines = Vec::new();
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap()).collect();
        files.sort_by_key(std::fs::DirEntry::file_name);
        for file in files {
            let body = std::fs::read(file.path()).unwrap();
            for update in webhook::parse(&body).unwrap() {
                let Update::Notice(news) = update else { continue };
                let raw = serde_json::from_str(&news.raw).unwrap();
                let told = told(&notice(&news.field, Value::Null, raw), &wall());
                lines.push(format!("{} | {} | {}", told.title, told.detail, told.advice));
            }
        }
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn what_the_program_noticed_has_words_of_its_own() {
        let told = |kind: &str, data| told(&notice(kind, data, Value::Null), &wall());
        let paused = told("channel_paused", json!({ "reason": "190: O token venceu." }));
        assert_eq!(paused.detail, "190: O token venceu.");
        assert!(told("standby", json!({ "name": "Ana" })).detail.starts_with("Ana escreveu"));
        assert!(told("standby", json!({})).detail.starts_with("Um cliente escreveu"));
        let lost = told("message_without_sender", json!({ "text": "oi <b>" }));
        assert_eq!(lost.detail, "“oi <b>”");
        for kind in ["contact_twice", "unreadable"] {
            assert!(!told(kind, json!({})).advice.is_empty(), "{kind}");
        }
    }
}
