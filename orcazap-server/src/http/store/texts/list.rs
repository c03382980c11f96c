//! All texts, and how the assistant speaks.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::{Language, Tone};
use orcazap_store::Voice;
use orcazap_whatsapp::wording::{Situation, Text};
use serde::Deserialize;
use serde_json::json;

use super::{audit, language};
use crate::http::desk::{Desk, Signed};
use crate::http::problem::PageError;
use crate::shops::OpenShop;
use crate::views::frame::Section;
use crate::views::texts::{self, Choice, Group, List, Row, names};

/// The longest name, in characters.
const MAX_NAME: usize = 120;

/// The part of the address that says which.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Which {
    idioma: Option<String>,
}

/// The page.
pub(in crate::http::store) async fn list(
    desk: Desk,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Texts)?;
    let voice = desk.tx().await?.voice().await?;
    let shown = which.idioma.as_deref().map_or(Ok(voice.language), language)?;
    page(&desk, shown, &voice, None).await
}

/// The form. A box that is not ticked is not sent.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Fields {
    #[serde(default)]
    name: String,
    language: String,
    tone: String,
    emoji: Option<String>,
}

/// How the assistant speaks is changed.
pub(in crate::http::store) async fn speak(
    Signed(desk, fields): Signed<Fields>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Texts)?;
    let name = fields.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let voice = Voice {
        language: language(&fields.language)?,
        tone: Tone::from_code(&fields.tone).ok_or(PageError::NotFound)?,
        emoji: fields.emoji.is_some(),
        name: Some(name).filter(|name| !name.is_empty()),
    };
    let fault = voice.name.as_deref().and_then(|name| {
        let long = name.chars().count() > MAX_NAME;
        let odd = name.chars().any(char::is_control);
        match (long, odd) {
            (true, _) => Some("O nome tem no máximo 120 caracteres."),
            (_, true) => Some("Há um caractere invisível no nome. Escreva de novo."),
            (false, false) => None,
        }
    });
    if fault.is_some() {
        let mut voice = voice;
        voice.name = voice.name.map(|name| name.chars().take(MAX_NAME).collect());
        let page = page(&desk, voice.language, &voice, fault).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut tx = desk.tx().await?;
    tx.update_voice(&voice).await?;
    let detail = json!({
        "language": voice.language.code(),
        "tone": voice.tone.code(),
        "emoji": voice.emoji,
        "own_name": voice.name.is_some(),
    });
    tx.insert_audit(&audit(&desk, "voice_changed", detail), desk.now).await?;
    tx.commit().await?;
    Ok(Redirect::to("/textos").into_response())
}

async fn page(
    desk: &Desk,
    shown: Language,
    voice: &Voice,
    error: Option<&'static str>,
) -> Result<Response, PageError> {
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let languages = |chosen: Language| {
        let choice = |one: &Language| Choice {
            code: one.code(),
            label: names::language(*one),
            chosen: *one == chosen,
        };
        Language::ALL.iter().map(choice).collect::<Vec<_>>()
    };
    let tone = |one: &Tone| Choice {
        code: one.code(),
        label: names::tone(*one),
        chosen: *one == voice.tone,
    };
    let list = List {
        language: shown.code(),
        languages: languages(shown),
        voice: texts::Voice {
            name: voice.name.clone().unwrap_or_default(),
            usual_name: desk.tenant.name.clone(),
            languages: languages(voice.language),
            tones: Tone::ALL.iter().map(tone).collect(),
            emoji: voice.emoji,
            error,
        },
        groups: groups(&shop, shown),
        bad: shop.bad_texts.len(),
    };
    desk.show(Section::Texts, &list).await
}

fn groups(shop: &OpenShop, language: Language) -> Vec<Group> {
    let wording = shop.wording.in_language(language);
    let row = |text: &Text| Row {
        key: text.code(),
        label: names::text(*text),
        text: wording.text(*text).to_owned(),
        own: wording.own_text(language, *text).is_some(),
        bad: shop.bad_texts.iter().any(|bad| (bad.language, bad.text) == (language, *text)),
    };
    let group = |situation: &Situation| {
        let texts = Text::ALL.iter().filter(|text| text.situation() == *situation);
        let rows: Vec<Row> = texts.map(row).collect();
        let open = *situation == Situation::Greeting || rows.iter().any(|row| row.bad);
        Group { label: names::situation(*situation), open, rows }
    };
    Situation::ALL.iter().map(group).collect()
}
