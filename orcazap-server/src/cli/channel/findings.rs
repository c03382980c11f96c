//! From what the platform tells of a number to what a person has to know and do.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use orcazap_whatsapp::SendError;
use orcazap_whatsapp::client::{NumberDetails, Subscription, TokenDetails};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// As it should be.
    Good,
    /// Good to know.
    Note,
    /// Messages do not go out or do not come in, or soon will not.
    Wrong,
}

/// A sentence about a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) level: Level,
    says: String,
    mend: Option<&'static str>,
}

impl Finding {
    pub(super) fn new(level: Level, says: impl Into<String>) -> Self {
        Self { level, says: says.into(), mend: None }
    }

    fn good(says: impl Into<String>) -> Self {
        Self::new(Level::Good, says)
    }

    fn note(says: impl Into<String>) -> Self {
        Self::new(Level::Note, says)
    }

    fn wrong(says: impl Into<String>, mend: &'static str) -> Self {
        Self { level: Level::Wrong, says: says.into(), mend: Some(mend) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.level {
            Level::Good => "ok  ",
            Level::Note => "nota",
            Level::Wrong => "ERRO",
        };
        write!(f, "  {sign}  {}", self.says)?;
        match self.mend {
            Some(mend) => write!(f, "\n        → {mend}"),
            None => Ok(()),
        }
    }
}

/// What was asked, and what came back; what could not be asked is `None`.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Why the number is paused here.
    pub(super) paused: Option<String>,
    pub(super) token: Option<Result<TokenDetails, SendError>>,
    pub(super) number: Option<Result<NumberDetails, SendError>>,
    pub(super) subscriptions: Option<Result<Vec<Subscription>, SendError>>,
    /// Where webhooks have to go; anywhere, when it is `None`.
    pub(super) callback: Option<String>,
}

/// What a token must allow.
const SCOPES: [&str; 2] = ["whatsapp_business_messaging", "whatsapp_business_management"];

const NEW_TOKEN: &str = "gere um token de usuário do sistema na Meta, ponha-o em \
    WHATSAPP_API_TOKEN e rode `orcazap channel resume`";
const SUBSCRIBE: &str = "rode `orcazap channel connect`";
const MANAGER: &str = "veja o aviso no Gerenciador do WhatsApp, na Meta";

/// Everything that is known, what is wrong with how to mend it.
pub(super) fn findings(facts: &Facts, now: DateTime<Utc>) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(reason) = &facts.paused {
        let mend = "resolva o motivo e rode `orcazap channel resume`";
        found.push(Finding::wrong(format!("envios pausados: {reason}"), mend));
    }
    let Some(token) = &facts.token else {
        found
            .push(Finding::wrong("sem token de acesso: o número recebe, mas não envia", NEW_TOKEN));
        return found;
    };
    match token {
        Ok(token) => about_token(token, now, &mut found),
        Err(error) => found.push(failed("o token não pôde ser conferido", error)),
    }
    match &facts.number {
        Some(Ok(number)) => about_number(number, facts.callback.as_deref(), &mut found),
        Some(Err(error)) => found.push(failed("o número não pôde ser consultado", error)),
        None => {}
    }
    let app = token.as_ref().ok().and_then(|token| token.app_id.as_deref());
    match &facts.subscriptions {
        Some(Ok(apps)) => found.push(about_subscriptions(apps, app)),
        Some(Err(error)) => found.push(failed("as assinaturas não puderam ser consultadas", error)),
        None => {
            let mend = "rode `orcazap channel connect` com --account e o ID da conta (WABA)";
            found.push(Finding::wrong("a conta (WABA) do número não é conhecida aqui", mend));
        }
    }
    found
}

fn failed(what: &str, error: &SendError) -> Finding {
    let code = error.code().map_or_else(String::new, |code| format!(" ({code})"));
    Finding::wrong(format!("{what}{code}"), error.explain())
}

fn about_token(token: &TokenDetails, now: DateTime<Utc>, found: &mut Vec<Finding>) {
    let ends = token.expires_at.and_then(|at| DateTime::from_timestamp(at, 0));
    let day = ends.map(|at| at.format("%d/%m/%Y").to_string()).unwrap_or_default();
    if ends.is_some_and(|at| at <= now) {
        found.push(Finding::wrong(format!("o token de acesso venceu em {day}"), NEW_TOKEN));
        return;
    }
    if !token.valid {
        found.push(Finding::wrong("o token de acesso não é válido ou foi revogado", NEW_TOKEN));
        return;
    }
    match ends {
        Some(at) if at - now < TimeDelta::days(7) => {
            found.push(Finding::wrong(format!("o token de acesso vence em {day}"), NEW_TOKEN));
        }
        Some(_) => found.push(Finding::good(format!("token de acesso válido até {day}"))),
        None => found.push(Finding::good("token de acesso válido, sem data de vencimento")),
    }
    for scope in SCOPES {
        if !token.scopes.iter().any(|one| one == scope) {
            let mend = "dê essa permissão ao usuário do sistema na Meta e gere um token novo";
            found.push(Finding::wrong(format!("falta ao token a permissão {scope}"), mend));
        }
    }
}

fn about_number(number: &NumberDetails, callback: Option<&str>, found: &mut Vec<Finding>) {
    let text = |part: &Option<String>| part.clone().unwrap_or_else(|| "desconhecido".to_owned());
    let is = |part: &Option<String>, value: &str| part.as_deref() == Some(value);
    let name = text(&number.verified_name);
    let display = text(&number.display);
    if is(&number.status, "CONNECTED") {
        found.push(Finding::good(format!("{display}, \u{201c}{name}\u{201d}: conectado")));
    } else {
        let mend = "registre-o: `orcazap channel connect` com o PIN em WHATSAPP_PIN";
        found.push(Finding::wrong(
            format!("{display} não está conectado: {}", text(&number.status)),
            mend,
        ));
    }
    if number.platform.as_deref().is_some_and(|platform| platform != "CLOUD_API") {
        let mend = "registre-o na Cloud API: `orcazap channel connect` com o PIN em WHATSAPP_PIN";
        found.push(Finding::wrong(
            format!("o número não está na Cloud API: {}", text(&number.platform)),
            mend,
        ));
    }
    // An expired code does no harm to a number that is registered.
    if is(&number.verification, "NOT_VERIFIED") {
        let mend = "confirme o número por SMS ou ligação no Gerenciador do WhatsApp";
        found.push(Finding::wrong("o número não foi verificado", mend));
    }
    match number.name_status.as_deref() {
        Some("DECLINED" | "EXPIRED" | "NONE") => found.push(Finding::wrong(
            format!("a Meta não aprovou o nome de exibição \u{201c}{name}\u{201d}"),
            "peça outro nome no Gerenciador do WhatsApp",
        )),
        Some("PENDING_REVIEW") => {
            found.push(Finding::note(format!(
                "o nome \u{201c}{name}\u{201d} está em análise na Meta"
            )));
        }
        _ => {}
    }
    match number.quality.as_deref() {
        Some("RED") => found.push(Finding::wrong(
            "qualidade vermelha: muitos clientes bloquearam ou denunciaram o número",
            "pare as mensagens de marketing por uns dias e revise os textos",
        )),
        Some("YELLOW") => {
            found.push(Finding::note("qualidade amarela: alguns clientes reclamaram"))
        }
        Some("GREEN") => found.push(Finding::good("qualidade verde")),
        _ => found.push(Finding::note("qualidade ainda não medida pela Meta")),
    }
    if let Some(limit) = &number.messaging_limit {
        found.push(Finding::good(format!(
            "pode iniciar conversa com {} clientes por dia, fora da janela de 24 horas",
            tier(limit)
        )));
    }
    if let Some(level) = &number.throughput {
        let speed = match level.as_str() {
            "HIGH" => "até 1.000 mensagens por segundo",
            "STANDARD" => "até 80 mensagens por segundo",
            other => other,
        };
        found.push(Finding::good(format!("velocidade: {speed}")));
    }
    about_health(number, found);
    about_callback(number.callback.as_deref(), callback, found);
}

fn about_health(number: &NumberDetails, found: &mut Vec<Finding>) {
    for health in number.health.iter().filter(|health| health.can_send != "AVAILABLE") {
        let entity = match health.entity.as_str() {
            "PHONE_NUMBER" => "o número",
            "WABA" => "a conta do WhatsApp",
            "BUSINESS" => "a empresa na Meta",
            "APP" => "o app",
            other => other,
        };
        let cannot =
            if health.can_send == "LIMITED" { "envia com limites" } else { "não pode enviar" };
        let problems = health.problems.join("; ");
        found.push(Finding::wrong(format!("{entity} {cannot}: {problems}"), MANAGER));
    }
}

fn about_callback(found_url: Option<&str>, expected: Option<&str>, found: &mut Vec<Finding>) {
    match (found_url, expected) {
        (None, _) => found.push(Finding::wrong(
            "a Meta não sabe para onde mandar os webhooks",
            "ponha o endereço do webhook no app da Meta, ou rode `orcazap channel connect` com --callback",
        )),
        (Some(url), Some(expected)) if url != expected => found.push(Finding::wrong(
            format!("os webhooks vão para {url}, e não para {expected}"),
            "corrija o endereço no app da Meta, ou rode `orcazap channel connect` com --callback",
        )),
        (Some(url), _) => found.push(Finding::good(format!("webhooks vão para {url}"))),
    }
}

fn about_subscriptions(apps: &[Subscription], app: Option<&str>) -> Finding {
    let ours = |one: &Subscription| app.is_none_or(|app| one.app_id == app);
    if apps.iter().any(ours) {
        return Finding::good("o app está inscrito na conta");
    }
    let others: Vec<&str> = apps.iter().filter_map(|app| app.app_name.as_deref()).collect();
    let says = if others.is_empty() {
        "nenhum app está inscrito na conta: mensagem nenhuma chega".to_owned()
    } else {
        format!("o app não está inscrito na conta, só: {}", others.join(", "))
    };
    Finding::wrong(says, SUBSCRIBE)
}

/// `TIER_2K` as people read it.
fn tier(limit: &str) -> String {
    match limit.strip_prefix("TIER_").unwrap_or(limit) {
        "2K" => "2.000".to_owned(),
        "10K" => "10.000".to_owned(),
        "100K" => "100.000".to_owned(),
        "UNLIMITED" => "todos os".to_owned(),
        other => other.to_owned(),
    }
}
