//! News that is no message: of the account, a number, a template, a preference.

mod news;
mod read;

use chrono::{DateTime, Utc};

pub use news::{
    AdEvent, Ban, BookEntry, Call, CategoryChange, GroupEvent, News, Preference, Restriction,
    Template,
};
pub(super) use read::news;

use super::update::Origin;

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

/// What a store must do about a [`Notice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing; it is good to know.
    Info,
    /// Look at it: a price, a template or the quality changed for the worse.
    Attention,
    /// Act today, or messages will stop: the quality is about to cost the number
    /// its limit, or the account is threatened or restricted in part.
    Critical,
    /// Messages no longer go out: stop sending on the channel.
    PauseChannel,
}

impl Notice {
    /// What the store must do.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        match &self.news {
            News::Account { event, restrictions, ban, .. } => account(event, restrictions, ban),
            News::TemplateStatus { event, .. } => match event.as_str() {
                "APPROVED" | "PENDING" | "REINSTATED" | "IN_APPEAL" | "ARCHIVED" | "UNARCHIVED" => {
                    Urgency::Info
                }
                _ => Urgency::Attention,
            },
            News::TemplateQuality { score, .. } if score == "RED" => Urgency::Attention,
            News::NumberQuality { event, .. } if event == "FLAGGED" => Urgency::Critical,
            News::NumberQuality { event, .. } if event == "DOWNGRADE" => Urgency::Attention,
            News::NumberName { decision, .. } | News::AccountReview { decision }
                if decision == "REJECTED" =>
            {
                Urgency::Attention
            }
            News::Alert { status, .. } if status.as_deref() == Some("NONE") => Urgency::Info,
            News::Alert { severity, .. } => match severity.as_str() {
                "CRITICAL" => Urgency::Critical,
                "WARNING" => Urgency::Attention,
                _ => Urgency::Info,
            },
            News::Flow { event, .. } if event.ends_with("_RATE") || event.ends_with("_WARNING") => {
                Urgency::Attention
            }
            News::TemplateCategory(_) | News::Errors(_) | News::Security { .. } => {
                Urgency::Attention
            }
            _ => Urgency::Info,
        }
    }

    /// Whether messages go out again that a [`Urgency::PauseChannel`] held back:
    /// the account was reconnected or reinstated.
    #[must_use]
    pub fn resumes_channel(&self) -> bool {
        match &self.news {
            News::Account { event, ban, .. } => {
                event == "ACCOUNT_RECONNECTED" || is_reinstated(ban.as_ref())
            }
            _ => false,
        }
    }
}

fn account(event: &str, restrictions: &[Restriction], ban: &Option<Ban>) -> Urgency {
    match event {
        // Only this restriction stops replies too; the others stop what the store
        // would begin by itself, or calls.
        "ACCOUNT_RESTRICTION" => {
            let replies = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING";
            let stops = restrictions.iter().any(|restriction| restriction.kind == replies);
            if stops { Urgency::PauseChannel } else { Urgency::Critical }
        }
        "DISABLED_UPDATE" if is_reinstated(ban.as_ref()) => Urgency::Info,
        "DISABLED_UPDATE" => {
            let scheduled = ban.as_ref().is_some_and(|ban| ban.state.starts_with("SCHEDULE"));
            if scheduled { Urgency::Critical } else { Urgency::PauseChannel }
        }
        "ACCOUNT_DELETED"
        | "PARTNER_REMOVED"
        | "PARTNER_APP_UNINSTALLED"
        | "ACCOUNT_OFFBOARDED" => Urgency::PauseChannel,
        "ACCOUNT_VIOLATION" => Urgency::Critical,
        _ => Urgency::Info,
    }
}

fn is_reinstated(ban: Option<&Ban>) -> bool {
    ban.is_some_and(|ban| ban.state == "REINSTATE")
}
