//! What the owner sets: how the assistant behaves, what each role may give away,
//! and who sees costs.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::authority::{Limit, Limits, Role};
use orcazap_core::conversation::{Fact, Policy};
use orcazap_core::{Money, Percent};
use orcazap_store::{Actor, NewAudit, Settings};
use serde::Deserialize;

use crate::http::desk::{Desk, Signed};
use crate::http::problem::PageError;
use crate::views::format;
use crate::views::frame::Section;
use crate::views::settings::{self as view, Answer, Field, RoleLimit};
use crate::views::words;

const LOOK: &str = "Nada foi salvo. Confira os campos marcados.";
const TOO_MANY: &str = "Nada foi salvo. Guarde no máximo 50 perguntas.";
const NOT_SECONDS: &str = "Escreva de 0 a 60 segundos.";
const NOT_MINUTES: &str = "Escreva de 1 a 10080 minutos (7 dias).";
const NOT_BEFORE_CLOSING: &str = "Escreva de 1 a 23 horas, ou deixe em branco para não lembrar.";
const NOT_AN_HOUR: &str = "Escreva horas de 0 a 24, a primeira antes da segunda.";
const NOT_HOURS: &str = "Escreva de 1 a 720 horas (30 dias).";
const NOT_MINUTES_OR_NONE: &str = "Escreva de 1 a 1380 minutos, ou deixe em branco.";
const NOT_HOURS_OR_NONE: &str = "Escreva de 1 a 720 horas, ou deixe em branco.";
const NOT_A_RATE: &str = "Escreva de 0 a 100, como 5 ou 7,5, ou deixe em branco.";
const NOT_AN_AMOUNT: &str = "Escreva um valor em reais, como 150,00, ou deixe em branco.";
const NOT_AN_ANSWER: &str =
    "Preencha as expressões (até 30, de até 30 letras) e a resposta, ou apague as duas.";

/// Whether the page is shown after a change.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    pub(super) salvo: Option<String>,
}

/// The form, as it was typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    settle: String,
    #[serde(default)]
    overdue: String,
    #[serde(default)]
    follow_up: String,
    #[serde(default)]
    awake_from: String,
    #[serde(default)]
    awake_until: String,
    #[serde(default)]
    ask_again: String,
    idle: String,
    #[serde(default)]
    talk: String,
    #[serde(default)]
    manager_pct: String,
    #[serde(default)]
    manager_amount: String,
    #[serde(default)]
    attendant_pct: String,
    #[serde(default)]
    attendant_amount: String,
    #[serde(default)]
    costs: Option<String>,
    #[serde(default)]
    read_marks: Option<String>,
    #[serde(default)]
    ask_day: Option<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    answer: Vec<String>,
}

/// The page.
pub(super) async fn show(desk: Desk, Query(after): Query<After>) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Settings)?;
    let settings = desk.tx().await?.settings().await?;
    let page = page(&Fields::of(&settings), &Faults::default());
    let page = view::Settings { saved: after.salvo.is_some(), ..page };
    desk.show(Section::Settings, &page).await
}

/// The form is sent.
pub(super) async fn save(Signed(desk, fields): Signed<Fields>) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Settings)?;
    let policy = match read(&fields) {
        Ok(policy) => policy,
        Err(faults) => {
            let page = page(&fields, &faults);
            let mut response = desk.show(Section::Settings, &page).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    let mut tx = desk.tx().await?;
    let settings = tx.settings().await?;
    let attendants_see_costs = fields.costs.is_some();
    tx.update_settings(&Settings { policy, attendants_see_costs, ..settings }).await?;
    let entry = NewAudit {
        actor: Actor::Person(desk.staff.id),
        action: "settings_changed".to_owned(),
        conversation: None,
        detail: serde_json::json!({}),
        request_id: desk.request_id.clone(),
    };
    tx.insert_audit(&entry, desk.now).await?;
    tx.commit().await?;
    Ok(Redirect::to("/ajustes?salvo=1").into_response())
}

/// What is wrong with the form, by the name of the field; facts by their row.
#[derive(Debug, Default)]
struct Faults {
    fields: BTreeMap<&'static str, &'static str>,
    facts: BTreeMap<usize, &'static str>,
    whole: Option<&'static str>,
}

impl Faults {
    fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.facts.is_empty() && self.whole.is_none()
    }

    /// A whole number within bounds, or the fault and 0.
    fn number(
        &mut self,
        name: &'static str,
        text: &str,
        bounds: RangeInclusive<u32>,
        fault: &'static str,
    ) -> u32 {
        let found = text.trim().parse().ok().filter(|found| bounds.contains(found));
        found.unwrap_or_else(|| {
            self.fields.insert(name, fault);
            0
        })
    }

    /// The same, or nothing where nothing is typed.
    fn number_or_none(
        &mut self,
        name: &'static str,
        text: &str,
        bounds: RangeInclusive<u32>,
        fault: &'static str,
    ) -> Option<u32> {
        (!text.trim().is_empty()).then(|| self.number(name, text, bounds, fault))
    }

    fn limit(&mut self, names: [&'static str; 2], pct: &str, amount: &str) -> Limit {
        let rate = |text: &str| {
            let rate = Percent::new(format::parse_number(text)?).ok()?;
            (Percent::ZERO..=Percent::ALL).contains(&rate).then_some(rate)
        };
        let money =
            |text: &str| format::parse_number(text)?.normalize().to_string().parse::<Money>().ok();
        let [pct_name, amount_name] = names;
        Limit {
            max_pct: self.or_none(pct_name, pct, rate, NOT_A_RATE),
            max_amount: self.or_none(amount_name, amount, money, NOT_AN_AMOUNT),
        }
    }

    fn or_none<T>(
        &mut self,
        name: &'static str,
        text: &str,
        read: impl Fn(&str) -> Option<T>,
        fault: &'static str,
    ) -> Option<T> {
        if text.trim().is_empty() {
            return None;
        }
        let found = read(text);
        if found.is_none() {
            self.fields.insert(name, fault);
        }
        found
    }
}

fn read(fields: &Fields) -> Result<Policy, Faults> {
    let mut faults = Faults::default();
    let hours = 1..=Policy::MAX_SILENT_HOURS;
    let [from, until] = [("awake_from", &fields.awake_from), ("awake_until", &fields.awake_until)]
        .map(|(name, text)| faults.number(name, text, 0..=24, NOT_AN_HOUR));
    if from >= until {
        faults.fields.entry("awake_until").or_insert(NOT_AN_HOUR);
    }
    let policy = Policy {
        facts: facts(fields, &mut faults),
        settle_seconds: faults.number(
            "settle",
            &fields.settle,
            0..=Policy::MAX_SETTLE_SECONDS,
            NOT_SECONDS,
        ),
        read_marks: fields.read_marks.is_some(),
        ask_day: fields.ask_day.is_some(),
        ask_again_minutes: faults.number_or_none(
            "ask_again",
            &fields.ask_again,
            1..=Policy::MAX_ASK_AGAIN_MINUTES,
            NOT_MINUTES_OR_NONE,
        ),
        approval_overdue_minutes: faults.number(
            "overdue",
            &fields.overdue,
            1..=Policy::MAX_OVERDUE_MINUTES,
            NOT_MINUTES,
        ),
        follow_up_hours: faults.number_or_none(
            "follow_up",
            &fields.follow_up,
            1..=Policy::MAX_FOLLOW_UP_HOURS,
            NOT_BEFORE_CLOSING,
        ),
        awake_hours: [from, until].map(|hour| u8::try_from(hour).unwrap_or_default()),
        idle_hours: faults.number("idle", &fields.idle, hours.clone(), NOT_HOURS),
        talk_hours: faults.number_or_none("talk", &fields.talk, hours, NOT_HOURS_OR_NONE),
        limits: Limits {
            manager: faults.limit(
                ["manager_pct", "manager_amount"],
                &fields.manager_pct,
                &fields.manager_amount,
            ),
            attendant: faults.limit(
                ["attendant_pct", "attendant_amount"],
                &fields.attendant_pct,
                &fields.attendant_amount,
            ),
        },
    };
    if faults.is_empty() && policy.check().is_err() {
        faults.whole = Some(TOO_MANY);
    }
    if faults.is_empty() { Ok(policy) } else { Err(faults) }
}

/// The facts, rows that are left empty aside.
fn facts(fields: &Fields, faults: &mut Faults) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (row, (words, answer)) in fields.words.iter().zip(&fields.answer).enumerate() {
        let answer = answer.trim().to_owned();
        let words: Vec<String> = words
            .split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect();
        if words.is_empty() && answer.is_empty() {
            continue;
        }
        let fact = Fact { words, answer };
        let alone = Policy { facts: vec![fact.clone()], ..Policy::default() };
        if alone.check().is_err() {
            faults.facts.insert(row, NOT_AN_ANSWER);
        }
        facts.push(fact);
    }
    facts
}

impl Fields {
    /// The form as the store is set.
    fn of(settings: &Settings) -> Self {
        let policy = &settings.policy;
        let or_blank =
            |figure: Option<u32>| figure.map(|found| found.to_string()).unwrap_or_default();
        let pct = |limit: &Limit| limit.max_pct.map(|max| format::field(max.as_decimal()));
        let amount = |limit: &Limit| limit.max_amount.map(|max| format::field(max.as_decimal()));
        let Limits { manager, attendant } = &policy.limits;
        let [from, until] = policy.awake_hours;
        Self {
            settle: policy.settle_seconds.to_string(),
            ask_again: or_blank(policy.ask_again_minutes),
            overdue: policy.approval_overdue_minutes.to_string(),
            follow_up: or_blank(policy.follow_up_hours),
            awake_from: from.to_string(),
            awake_until: until.to_string(),
            idle: policy.idle_hours.to_string(),
            talk: or_blank(policy.talk_hours),
            manager_pct: pct(manager).unwrap_or_default(),
            manager_amount: amount(manager).unwrap_or_default(),
            attendant_pct: pct(attendant).unwrap_or_default(),
            attendant_amount: amount(attendant).unwrap_or_default(),
            costs: settings.attendants_see_costs.then(String::new),
            read_marks: policy.read_marks.then(String::new),
            ask_day: policy.ask_day.then(String::new),
            words: policy.facts.iter().map(|fact| fact.words.join(", ")).collect(),
            answer: policy.facts.iter().map(|fact| fact.answer.clone()).collect(),
        }
    }
}

fn page(fields: &Fields, faults: &Faults) -> view::Settings {
    let field = |name, label, value: &str, hint| Field {
        name,
        label,
        hint,
        value: value.chars().take(16).collect(),
        error: faults.fields.get(name).copied(),
    };
    let limit = |role, [pct, amount]: [(&'static str, &str); 2]| RoleLimit {
        role: words::role(role),
        fields: [
            field(pct.0, "Até quantos %", pct.1, "Em branco: sem limite em %."),
            field(amount.0, "Até quantos R$", amount.1, "Em branco: sem limite em R$."),
        ],
    };
    let rows = fields.words.iter().zip(&fields.answer).enumerate();
    let facts = rows.map(|(row, (words, answer))| Answer {
        words: words.clone(),
        answer: answer.clone(),
        error: faults.facts.get(&row).copied(),
    });
    view::Settings {
        saved: false,
        error: faults.whole.or((!faults.is_empty()).then_some(LOOK)),
        times: vec![
            field(
                "settle",
                "Esperar o cliente terminar (segundos)",
                &fields.settle,
                "Várias mensagens seguidas recebem uma resposta só.",
            ),
            field(
                "ask_again",
                "Perguntar de novo depois de (minutos)",
                &fields.ask_again,
                "O que o cliente deixou sem resposta, uma vez só. Em branco: nunca.",
            ),
            field(
                "overdue",
                "Aprovação atrasada depois de (minutos)",
                &fields.overdue,
                "A loja é lembrada de que o cliente espera.",
            ),
            field(
                "follow_up",
                "Lembrar o cliente depois de (horas)",
                &fields.follow_up,
                "Uma vez só, dentro das 24 h em que o WhatsApp não cobra. Em branco: nunca.",
            ),
            field("awake_from", "Lembrar a partir das (hora)", &fields.awake_from, "De 0 a 24."),
            field("awake_until", "Lembrar até as (hora)", &fields.awake_until, "De 0 a 24."),
            field(
                "idle",
                "Encerrar pedido parado depois de (horas)",
                &fields.idle,
                "O que o cliente já disse fica guardado.",
            ),
            field(
                "talk",
                "Devolver ao assistente depois de (horas)",
                &fields.talk,
                "Quando a conversa com uma pessoa para. Em branco: só pelo botão.",
            ),
        ],
        limits: vec![
            limit(
                Role::Manager,
                [("manager_pct", &fields.manager_pct), ("manager_amount", &fields.manager_amount)],
            ),
            limit(
                Role::Attendant,
                [
                    ("attendant_pct", &fields.attendant_pct),
                    ("attendant_amount", &fields.attendant_amount),
                ],
            ),
        ],
        attendants_see_costs: fields.costs.is_some(),
        read_marks: fields.read_marks.is_some(),
        ask_day: fields.ask_day.is_some(),
        facts: facts.chain([Answer::default()]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(policy: Policy) -> Settings {
        Settings {
            time_zone: "America/Sao_Paulo".to_owned(),
            policy,
            quote_validity_hours: 48,
            attendants_see_costs: true,
        }
    }

    #[test]
    fn what_is_set_is_read_back_from_its_own_form() {
        let fact =
            Fact { words: vec!["que horas".into(), "abre".into()], answer: "Das 7h.".into() };
        let mut policy =
            Policy { facts: vec![fact], talk_hours: None, read_marks: false, ..Policy::default() };
        policy.limits.attendant.max_amount = "150.50".parse().ok();
        assert_eq!(read(&Fields::of(&settings(policy.clone()))).unwrap(), policy);
    }

    #[track_caller]
    fn check(change: impl Fn(&mut Fields), field: &str) {
        let mut fields = Fields::of(&settings(Policy::default()));
        change(&mut fields);
        let faults = read(&fields).unwrap_err();
        assert_eq!(faults.fields.keys().copied().collect::<Vec<_>>(), [field]);
        let kept = page(&fields, &faults);
        assert!(kept.error.is_some());
    }

    #[test]
    fn a_fault_is_told_at_its_field() {
        check(|fields| fields.settle = "61".into(), "settle");
        check(|fields| fields.overdue = "já".into(), "overdue");
        check(|fields| fields.follow_up = "24".into(), "follow_up");
        check(|fields| fields.awake_until = "7".into(), "awake_until");
        check(|fields| fields.idle = String::new(), "idle");
        check(|fields| fields.ask_again = "0".into(), "ask_again");
        check(|fields| fields.manager_pct = "101".into(), "manager_pct");
        check(|fields| fields.attendant_amount = "1,005".into(), "attendant_amount");
    }

    #[test]
    fn a_question_needs_words_and_an_answer_and_an_empty_row_is_none() {
        let mut fields = Fields::of(&settings(Policy::default()));
        fields.words = vec![" , ".into(), "abre".into()];
        fields.answer = vec![String::new(), " ".into()];
        let faults = read(&fields).unwrap_err();
        assert_eq!(faults.facts.keys().copied().collect::<Vec<_>>(), [1]);
    }
}
