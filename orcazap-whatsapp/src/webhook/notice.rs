//! News that is no message: of the account, a number, a template, a preference.

use chrono::{DateTime, Utc};

use super::update::{Origin, PlatformError};

/// News of the account, a number, a template or a customer's preferences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whom it is about.
    pub origin: Origin,
    /// The field it came under: `account_update`, `message_template_status_update`, …
    pub field: String,
    /// When (`entry[].time`).
    pub at: Option<DateTime<Utc>>,
    /// What is told.
    pub news: News,
    /// The value as it came.
    pub raw: String,
}

/// What a [`Notice`] tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A template's life: approved, rejected, paused, disabled, …
    TemplateStatus {
        /// Its name.
        name: String,
        /// Its language, `pt_BR`.
        language: Option<String>,
        /// `APPROVED`, `REJECTED`, `PAUSED`, …
        event: String,
        /// Why.
        reason: Option<String>,
    },
    /// A template's quality.
    TemplateQuality {
        /// Its name.
        name: String,
        /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
        score: String,
    },
    /// A template's category, and so its price, changed or will in 24 hours.
    TemplateCategory {
        /// Its name.
        name: String,
        /// The category it will have (`correct_category`) or has (`new_category`).
        category: String,
    },
    /// A number's quality or limit.
    NumberQuality {
        /// `FLAGGED`, `UNFLAGGED`, `THROUGHPUT_UPGRADE`, …
        event: String,
        /// How many customers may be written to first, in a day: `TIER_2K`, `2000`.
        limit: Option<String>,
    },
    /// The account was restricted, disabled, connected, …
    Account {
        /// `ACCOUNT_RESTRICTION`, `DISABLED_UPDATE`, `PARTNER_REMOVED`, …
        event: String,
    },
    /// A customer stopped or resumed marketing messages.
    Marketing {
        /// Who, by phone number or user id as told.
        customer: Option<String>,
        /// `stop`, `resume`, `signup`.
        choice: String,
    },
    /// Errors of the account, the app or the platform (`value.errors`).
    Errors(Vec<PlatformError>),
    /// Anything else; the raw value has it.
    Other,
}

/// What a store must do about a [`Notice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing; it is good to know.
    Info,
    /// Look at it: a price, a template or the quality changed for the worse.
    Attention,
    /// Messages no longer go out: stop sending on the channel.
    PauseChannel,
}

impl Notice {
    /// What the store must do.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        match &self.news {
            News::Account { event } => match event.as_str() {
                "ACCOUNT_RESTRICTION"
                | "DISABLED_UPDATE"
                | "ACCOUNT_DELETED"
                | "PARTNER_REMOVED"
                | "ACCOUNT_OFFBOARDED" => Urgency::PauseChannel,
                "ACCOUNT_VIOLATION" => Urgency::Attention,
                _ => Urgency::Info,
            },
            News::TemplateStatus { event, .. } => match event.as_str() {
                "APPROVED" | "PENDING" | "REINSTATED" | "IN_APPEAL" | "ARCHIVED" => Urgency::Info,
                _ => Urgency::Attention,
            },
            News::TemplateQuality { score, .. } if score == "RED" => Urgency::Attention,
            News::NumberQuality { event, .. } if event == "FLAGGED" || event == "DOWNGRADE" => {
                Urgency::Attention
            }
            News::TemplateCategory { .. } | News::Errors(_) => Urgency::Attention,
            News::TemplateQuality { .. }
            | News::NumberQuality { .. }
            | News::Marketing { .. }
            | News::Other => Urgency::Info,
        }
    }
}
