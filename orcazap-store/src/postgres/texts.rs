//! How a store's assistant speaks: language, tone, name, and the store's own texts.
//! Every change raises the shop's version.

use chrono::{DateTime, Utc};
use orcazap_core::{Language, Tone};

use crate::error::{RowAt, StoreError};
use crate::ids::StaffId;
use crate::store::TenantTx;

/// How a store's assistant speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The language of its messages.
    pub language: Language,
    /// How it speaks to people.
    pub tone: Tone,
    /// Whether its texts have emoji.
    pub emoji: bool,
    /// The store's name in messages, 1 to 120 characters, when it is not the one
    /// it goes by.
    pub name: Option<String>,
}

/// A text in a store's own words. The caller checks keys and contents when they
/// are saved, and again when they are loaded: rules change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnText {
    /// In which language.
    pub language: Language,
    /// Which text, 1 to 64 characters.
    pub key: String,
    /// The words, 1 to 1,500 characters.
    pub body: String,
}

fn language(at: RowAt<'_>, code: &str) -> Result<Language, StoreError> {
    Language::from_code(code).ok_or_else(|| at.error("language", format!("found {code:?}")))
}

impl TenantTx {
    /// How the store's assistant speaks.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store.
    pub async fn voice(&mut self) -> Result<Voice, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            "SELECT language, tone, emoji, spoken_name FROM settings WHERE tenant_id = $1",
            tenant
        )
        .fetch_optional(self.db())
        .await?
        .ok_or(StoreError::Missing { what: "store" })?;
        let at = RowAt { table: "settings", row: &tenant };
        let tone = Tone::from_code(&row.tone);
        Ok(Voice {
            language: language(at, &row.language)?,
            tone: tone.ok_or_else(|| at.error("tone", format!("found {:?}", row.tone)))?,
            emoji: row.emoji,
            name: row.spoken_name,
        })
    }

    /// Changes how the store's assistant speaks.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] when the name is empty or longer than 120
    /// characters, [`StoreError::Missing`] when there is no such store.
    pub async fn update_voice(&mut self, voice: &Voice) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "UPDATE settings
             SET language = $2, tone = $3, emoji = $4, spoken_name = $5
             WHERE tenant_id = $1",
            tenant,
            voice.language.code(),
            voice.tone.code(),
            voice.emoji,
            voice.name
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        self.bump_shop_version().await
    }

    /// The store's own texts, by language and key.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when one can't be read.
    pub async fn list_texts(&mut self) -> Result<Vec<OwnText>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT language, key, body FROM texts WHERE tenant_id = $1 ORDER BY language, key",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let language = language(RowAt { table: "texts", row: &row.key }, &row.language)?;
                Ok(OwnText { language, key: row.key, body: row.body })
            })
            .collect()
    }

    /// Puts a text in a store's own words, in place of the one before if there is
    /// one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] when the key or the words are empty or too long, or
    /// the person is not of the store.
    pub async fn upsert_text(
        &mut self,
        text: &OwnText,
        by: StaffId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "INSERT INTO texts (tenant_id, language, key, body, changed_at, changed_by)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (tenant_id, language, key) DO UPDATE
             SET body = excluded.body,
                changed_at = excluded.changed_at,
                changed_by = excluded.changed_by",
            tenant,
            text.language.code(),
            text.key,
            text.body,
            now,
            by.as_uuid()
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        self.bump_shop_version().await
    }

    /// Takes a store's own text away; ours stands again. Nothing happens when there
    /// is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store.
    pub async fn delete_text(&mut self, language: Language, key: &str) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "DELETE FROM texts WHERE tenant_id = $1 AND language = $2 AND key = $3",
            tenant,
            language.code(),
            key
        )
        .execute(self.db())
        .await?;
        self.bump_shop_version().await
    }
}
