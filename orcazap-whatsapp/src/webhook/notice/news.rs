//! What each field tells, as a type. Names are the platform's; every text of its
//! enums is kept as it came, because new ones appear without notice.

use chrono::{DateTime, Utc};
use orcazap_core::contact::ContactKey;

use super::super::update::PlatformError;

/// What a [`Notice`](super::Notice) tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A template's life (`message_template_status_update`).
    TemplateStatus {
        /// Which.
        template: Template,
        /// `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, …
        event: String,
        /// `INVALID_FORMAT`, `PROMOTIONAL`, `SCAM`, …
        reason: Option<String>,
        /// What the platform says in words: about a pause or a refusal, and what
        /// it recommends.
        detail: Option<String>,
        /// Its category.
        category: Option<String>,
    },
    /// A template's quality (`message_template_quality_update`).
    TemplateQuality {
        /// Which.
        template: Template,
        /// Until now.
        previous: Option<String>,
        /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
        score: String,
    },
    /// A template's words were changed (`message_template_components_update`).
    TemplateComponents {
        /// Which.
        template: Template,
    },
    /// A template's category, and so its price (`template_category_update`).
    TemplateCategory(CategoryChange),
    /// A number's quality or limit (`phone_number_quality_update`).
    NumberQuality {
        /// `FLAGGED`, `UNFLAGGED`, `ONBOARDING`, `THROUGHPUT_UPGRADE`, …
        event: String,
        /// How many customers may be written to first, in a day: `TIER_2K`, `2000`.
        limit: Option<String>,
        /// Until now.
        previous_limit: Option<String>,
    },
    /// The name that customers see was looked at (`phone_number_name_update`).
    NumberName {
        /// The name asked for.
        name: Option<String>,
        /// `APPROVED`, `DEFERRED`, `PENDING`, `REJECTED`.
        decision: String,
        /// Why.
        reason: Option<String>,
    },
    /// What the business may do (`business_capability_update`).
    Capability {
        /// How many customers may be written to first, in a day.
        daily_limit: Option<String>,
        /// How many numbers it may have.
        numbers: Option<String>,
    },
    /// The account was restricted, disabled, connected, … (`account_update`).
    Account {
        /// `ACCOUNT_RESTRICTION`, `DISABLED_UPDATE`, `PARTNER_REMOVED`, …
        event: String,
        /// What was violated (`violation_info.violation_type`).
        violation: Option<String>,
        /// What is not allowed, and until when.
        restrictions: Vec<Restriction>,
        /// Whether and since when the account is banned.
        ban: Option<Ban>,
        /// Why a number that is used in the phone app too was disconnected.
        disconnected: Option<String>,
    },
    /// The account was looked at (`account_review_update`).
    AccountReview {
        /// `APPROVED`, `REJECTED`, `PENDING`, `DEFERRED`.
        decision: String,
    },
    /// An alert (`account_alerts`).
    Alert {
        /// `OBA_APPROVED`, `PROFILE_PICTURE_LOST`, …
        kind: String,
        /// `CRITICAL`, `WARNING`, `INFORMATIONAL`.
        severity: String,
        /// `ACTIVE`, or `NONE` when it is over.
        status: Option<String>,
        /// In words.
        description: Option<String>,
    },
    /// The two-step pin was changed or asked for (`security`).
    Security {
        /// `PIN_CHANGED`, `PIN_RESET_REQUEST`, `PIN_REQUEST_SUCCESS`.
        event: String,
    },
    /// Customers stopped or resumed marketing messages (`user_preferences`).
    Marketing(Vec<Preference>),
    /// The store's own username (`business_username_update`).
    Username {
        /// It.
        username: Option<String>,
        /// `approved`, `reserved`, `deleted`.
        status: String,
    },
    /// A way to be paid (`payment_configuration_update`).
    Payment {
        /// What it is called.
        configuration: Option<String>,
        /// Who provides it.
        provider: Option<String>,
        /// `Active`, `Needs Connecting`, `Needs Testing`.
        status: String,
    },
    /// Calls (`calls`).
    Calls(Vec<Call>),
    /// The health of a flow (`flows`).
    Flow {
        /// `FLOW_STATUS_CHANGE`, `ENDPOINT_ERROR_RATE`, …
        event: String,
        /// Which flow.
        flow_id: Option<String>,
        /// In words.
        message: Option<String>,
    },
    /// Groups (`group_lifecycle_update`, `group_participants_update`, …).
    Groups(Vec<GroupEvent>),
    /// The phone app's contact book, for numbers that are used in it too
    /// (`smb_app_state_sync`).
    ContactBook(Vec<BookEntry>),
    /// How far the history has been handed over, for numbers that are used in the
    /// phone app too (`history`).
    HistoryProgress {
        /// In percent, 0 to 100.
        percent: Option<u8>,
    },
    /// Another app took the conversation, or handed it over (`messaging_handovers`).
    Handover {
        /// `control_passed`, `control_taken`, …
        event: String,
    },
    /// What was found in chats that an advertisement began, or counted of them
    /// (`automatic_events`, `tracking_events`).
    AdEvents(Vec<AdEvent>),
    /// A solution of several partners (`partner_solutions`).
    PartnerSolution {
        /// `SOLUTION_CREATED`, …
        event: String,
        /// How it stands.
        status: Option<String>,
    },
    /// Errors of the account, the app or the platform (`value.errors`).
    Errors(Vec<PlatformError>),
    /// Anything else; the raw value has it.
    Other,
}

/// A template as webhooks name it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    /// Its id, a number elsewhere.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its language, `pt_BR`.
    pub language: Option<String>,
}

/// A template's category changed, or will in 24 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryChange {
    /// Which template.
    pub template: Template,
    /// The category it has now, when the change is only announced, else the one it had.
    pub from: Option<String>,
    /// The category it will have, or has.
    pub to: String,
    /// Whether it is still to come.
    pub announced: bool,
}

/// Something an account may not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// `RESTRICTED_BIZ_INITIATED_MESSAGING`, …
    pub kind: String,
    /// Until when.
    pub until: Option<DateTime<Utc>>,
}

/// A ban.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// `SCHEDULE_FOR_DISABLE`, `DISABLE`, `REINSTATE`.
    pub state: String,
    /// As told, in words: `April 17, 2026`.
    pub date: Option<String>,
}

/// What a customer wants of marketing messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// Who.
    pub customer: Option<ContactKey>,
    /// `stop`, `resume`, `signup`.
    pub choice: String,
    /// In words.
    pub detail: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

/// A call, or what became of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its id (`wacid.…`).
    pub id: Option<String>,
    /// Who called, or was called.
    pub customer: Option<ContactKey>,
    /// Whether the customer called.
    pub incoming: bool,
    /// `connect`, `terminate`, `RINGING`, `ACCEPTED`, `REJECTED`, …
    pub event: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

/// Something about a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupEvent {
    /// Which.
    pub group_id: Option<String>,
    /// `group_create`, `group_participants_add`, …
    pub event: String,
    /// Its subject, when told.
    pub subject: Option<String>,
}

/// A contact of the phone app's book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookEntry {
    /// Who.
    pub contact: Option<ContactKey>,
    /// As the store calls them.
    pub name: Option<String>,
    /// Whether they were taken out of the book.
    pub removed: bool,
}

/// Something that happened in a chat which an advertisement began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdEvent {
    /// `LeadSubmitted`, `Purchase`, …
    pub name: String,
    /// The message it was found in.
    pub message_id: Option<String>,
    /// The advertisement's click (`ctwa_clid`).
    pub click_id: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
}
