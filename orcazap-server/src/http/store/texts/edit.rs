//! One text: its form, its preview while it is written, and the way back to ours.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::Language;
use orcazap_store::OwnText;
use orcazap_whatsapp::wording::{
    MAX_SOURCE, Text, TextFault, Values, Wording, default_text, preview, variable_name,
};
use serde::Deserialize;
use serde_json::json;

use super::{audit, language};
use crate::http::desk::{Desk, Signed};
use crate::http::problem::PageError;
use crate::views::frame::Section;
use crate::views::texts::{Bubble, Edit, Preview, Variable, names};

/// The part of the address that says in which language.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Which {
    idioma: String,
}

/// The form.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Fields {
    language: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    values: String,
}

impl Fields {
    fn values(&self) -> Values {
        if self.values == "longos" { Values::Longest } else { Values::Realistic }
    }

    /// What was typed, to be shown again; no more than could ever be saved.
    fn typed(&self) -> String {
        self.source.chars().take(2 * MAX_SOURCE).collect()
    }
}

/// A text in a language, and how the store speaks it.
struct Worded {
    text: Text,
    language: Language,
    wording: Wording,
}

impl Worded {
    async fn find(desk: &Desk, key: &str, code: &str) -> Result<Self, PageError> {
        let (text, language) = (Text::from_code(key).ok_or(PageError::NotFound)?, language(code)?);
        let shop = desk.app.shops.get(desk.tenant.id).await?;
        Ok(Self { text, language, wording: shop.wording.in_language(language) })
    }

    fn preview(
        &self,
        desk: &Desk,
        faults: &[TextFault],
        values: Values,
        zone: chrono_tz::Tz,
    ) -> Preview {
        let faults: Vec<String> =
            faults.iter().map(|fault| names::fault(fault, self.language)).collect();
        let now = desk.now.with_timezone(&zone).fixed_offset();
        let bubbles = match faults.as_slice() {
            [] => preview(self.text, &self.wording, values, now),
            _ => Vec::new(),
        };
        Preview { faults, bubbles: bubbles.iter().map(Bubble::of).collect(), swaps: false }
    }

    fn page(&self, source: String, own: bool, preview: Preview) -> Edit {
        let text = self.text;
        let variable = |one: &orcazap_whatsapp::wording::Variable| Variable {
            name: variable_name(*one, self.language),
            meaning: names::variable(*one),
            required: text.required().contains(one),
        };
        Edit {
            key: text.code(),
            label: names::text(text),
            situation: names::situation(text.situation()),
            language: self.language.code(),
            language_label: names::language(self.language),
            source,
            ours: default_text(text, self.language, self.wording.tone).to_owned(),
            own,
            one_line: text.limit().one_line(),
            max: text.limit().max(),
            variables: text.variables().iter().map(variable).collect(),
            preview,
        }
    }
}

/// The page.
pub(in crate::http::store) async fn show(
    desk: Desk,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Texts)?;
    let worded = Worded::find(&desk, &key, &which.idioma).await?;
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let kept = shop
        .bad_texts
        .iter()
        .find(|bad| (bad.language, bad.text) == (worded.language, worded.text));
    let (source, faults) = match kept {
        Some(bad) => (bad.source.as_str(), bad.faults.as_slice()),
        None => (worded.wording.text(worded.text), &[][..]),
    };
    let own = kept.is_some() || worded.wording.own_text(worded.language, worded.text).is_some();
    let preview = worded.preview(&desk, faults, Values::Realistic, shop.time_zone());
    desk.show(Section::Texts, &worded.page(source.to_owned(), own, preview)).await
}

/// The preview of what is being written. Nothing is kept.
pub(in crate::http::store) async fn try_out(
    Path(key): Path<String>,
    Signed(desk, fields): Signed<Fields>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Texts)?;
    let mut worded = Worded::find(&desk, &key, &fields.language).await?;
    let faults = worded.wording.set_text(worded.language, worded.text, &fields.source);
    let zone = desk.wall().await?.zone;
    let preview = worded.preview(&desk, &faults.err().unwrap_or_default(), fields.values(), zone);
    desk.show(Section::Texts, &Preview { swaps: true, ..preview }).await
}

/// The text is saved, or comes back with what is wrong.
pub(in crate::http::store) async fn save(
    Path(key): Path<String>,
    Signed(desk, fields): Signed<Fields>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Texts)?;
    let mut worded = Worded::find(&desk, &key, &fields.language).await?;
    let (text, language) = (worded.text, worded.language);
    if let Err(faults) = worded.wording.set_text(language, text, &fields.source) {
        return refused(&desk, &worded, fields.typed(), &faults).await;
    }
    let body = worded.wording.text(text).to_owned();
    let mut tx = desk.tx().await?;
    let own = OwnText { language, key: text.code().to_owned(), body };
    tx.upsert_text(&own, desk.staff.id, desk.now).await?;
    let detail = json!({ "text": text.code(), "language": language.code() });
    tx.insert_audit(&audit(&desk, "text_changed", detail), desk.now).await?;
    tx.commit().await?;
    Ok(back(text, language))
}

/// Our text stands again.
pub(in crate::http::store) async fn restore(
    Path(key): Path<String>,
    Signed(desk, fields): Signed<Fields>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Texts)?;
    let mut worded = Worded::find(&desk, &key, &fields.language).await?;
    let (text, language) = (worded.text, worded.language);
    if let Err(fault) = worded.wording.restore_text(language, text) {
        return refused(&desk, &worded, fields.typed(), &[fault]).await;
    }
    let mut tx = desk.tx().await?;
    tx.delete_text(language, text.code()).await?;
    let detail = json!({ "text": text.code(), "language": language.code() });
    tx.insert_audit(&audit(&desk, "text_restored", detail), desk.now).await?;
    tx.commit().await?;
    Ok(back(text, language))
}

async fn refused(
    desk: &Desk,
    worded: &Worded,
    typed: String,
    faults: &[TextFault],
) -> Result<Response, PageError> {
    let zone = desk.wall().await?.zone;
    let preview = worded.preview(desk, faults, Values::Realistic, zone);
    let own = worded.wording.own_text(worded.language, worded.text).is_some();
    let page = desk.show(Section::Texts, &worded.page(typed, own, preview)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn back(text: Text, language: Language) -> Response {
    let to = format!("/textos/{}?idioma={}", text.code(), language.code());
    Redirect::to(&to).into_response()
}
