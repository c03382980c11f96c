//! From a field's value to its [`News`].

use orcazap_core::contact::ContactKey;

use super::super::fields::Fields;
use super::super::person::{Contacts, key};
use super::news::{
    AdEvent, Ban, BookEntry, Call, CategoryChange, GroupEvent, News, Preference, Restriction,
    Template,
};

/// The most entries kept of one list; the raw value has them all.
const MAX_ENTRIES: usize = 5_000;

/// What a value tells that holds neither messages nor statuses.
pub(in super::super) fn news(field: &str, value: &Fields<'_>) -> News {
    let event = || value.text("event").unwrap_or_default();
    let decision = || value.text("decision").unwrap_or_default();
    match field {
        "message_template_status_update" => template_status(value),
        "message_template_quality_update" => News::TemplateQuality {
            template: template(value),
            previous: value.filled("previous_quality_score"),
            score: value.text("new_quality_score").unwrap_or_default(),
        },
        "message_template_components_update" => {
            News::TemplateComponents { template: template(value) }
        }
        "template_category_update" => category(value),
        "phone_number_quality_update" => News::NumberQuality {
            event: event(),
            limit: value.any(&["max_daily_conversations_per_business", "current_limit"]),
            previous_limit: value.filled("old_limit"),
        },
        "phone_number_name_update" => News::NumberName {
            name: value.filled("requested_verified_name"),
            decision: decision(),
            reason: value.filled("rejection_reason").filter(|reason| reason != "NONE"),
        },
        "business_capability_update" => News::Capability {
            daily_limit: value
                .any(&["max_daily_conversations_per_business", "max_daily_conversation_per_phone"]),
            numbers: value.any(&["max_phone_numbers_per_business", "max_phone_numbers_per_waba"]),
        },
        "account_update" => account(value),
        "account_review_update" => News::AccountReview { decision: decision() },
        "account_alerts" => alert(value),
        "security" => News::Security { event: event() },
        "user_preferences" => News::Marketing(preferences(value)),
        "business_username_update" | "business_username_updates" => News::Username {
            username: value.any(&["username", "business_username"]),
            status: value.text("status").unwrap_or_default(),
        },
        "payment_configuration_update" => News::Payment {
            configuration: value.filled("configuration_name"),
            provider: value.filled("provider_name"),
            status: value.text("status").unwrap_or_default(),
        },
        "calls" => News::Calls(calls(value)),
        "flows" => News::Flow {
            event: event(),
            flow_id: value.filled("flow_id"),
            message: value.filled("message"),
        },
        "smb_app_state_sync" => News::ContactBook(book(value)),
        "history" => News::HistoryProgress {
            percent: value
                .objects("history")
                .filter_map(|chunk| chunk.object("metadata").parsed("progress"))
                .max(),
        },
        "messaging_handovers" => handover(value),
        "automatic_events" | "tracking_events" => News::AdEvents(ad_events(field, value)),
        "partner_solutions" => News::PartnerSolution {
            event: event(),
            status: value.any(&["solution_status", "status"]),
        },
        group if group.starts_with("group_") => News::Groups(groups(value)),
        _ => News::Other,
    }
}

fn template(value: &Fields<'_>) -> Template {
    Template {
        id: value.filled("message_template_id"),
        name: value.text("message_template_name").unwrap_or_default(),
        language: value.filled("message_template_language"),
    }
}

fn template_status(value: &Fields<'_>) -> News {
    let (other, refusal) = (value.object("other_info"), value.object("rejection_info"));
    let told =
        [other.filled("description"), refusal.filled("reason"), refusal.filled("recommendation")];
    let detail = told.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    News::TemplateStatus {
        template: template(value),
        event: value.text("event").unwrap_or_default(),
        reason: value.filled("reason").filter(|reason| reason != "NONE"),
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        category: value.filled("message_template_category"),
    }
}

fn category(value: &Fields<'_>) -> News {
    let (correct, new) = (value.filled("correct_category"), value.filled("new_category"));
    let announced = correct.is_some();
    let (from, to) =
        if announced { (new, correct) } else { (value.filled("previous_category"), new) };
    let to = to.unwrap_or_default();
    News::TemplateCategory(CategoryChange { template: template(value), from, to, announced })
}

fn account(value: &Fields<'_>) -> News {
    let ban = value.object("ban_info");
    let restriction = |entry: Fields<'_>| Restriction {
        kind: entry.text("restriction_type").unwrap_or_default(),
        until: entry.instant("expiration"),
    };
    News::Account {
        event: value.text("event").unwrap_or_default(),
        violation: value.object("violation_info").filled("violation_type"),
        restrictions: value.objects("restriction_info").map(restriction).collect(),
        // A list in bodies of old versions; its last state is the present one.
        ban: (ban.filled("waba_ban_state").or_else(|| ban.texts("waba_ban_state").pop()))
            .map(|state| Ban { state, date: ban.filled("waba_ban_date") }),
        disconnected: value.object("disconnection_info").filled("reason"),
    }
}

fn alert(value: &Fields<'_>) -> News {
    let info = value.object("alert_info");
    // Older bodies tell it without the object around it.
    let told = |name: &str| info.filled(name).or_else(|| value.filled(name));
    News::Alert {
        kind: told("alert_type").unwrap_or_default(),
        severity: told("alert_severity").unwrap_or_default(),
        status: told("alert_status"),
        description: told("alert_description"),
    }
}

fn preferences(value: &Fields<'_>) -> Vec<Preference> {
    let preference = |entry: Fields<'_>| Preference {
        customer: key(entry.filled("wa_id"), entry.filled("user_id")),
        choice: entry.text("value").unwrap_or_default(),
        detail: entry.filled("detail"),
        at: entry.instant("timestamp"),
    };
    value.objects("user_preferences").take(MAX_ENTRIES).map(preference).collect()
}

fn calls(value: &Fields<'_>) -> Vec<Call> {
    let contacts = Contacts::of(value);
    let person = |key: Option<ContactKey>| contacts.person(key, None).contact;
    let call = |call: Fields<'_>| {
        let from = key(call.filled("from"), call.filled("from_user_id"));
        let to = key(call.filled("to"), call.filled("to_user_id"));
        let incoming = call.text("direction").as_deref() != Some("BUSINESS_INITIATED");
        Call {
            id: call.filled("id"),
            customer: person(if incoming { from } else { to }),
            incoming,
            event: call.any(&["event", "status"]).unwrap_or_default(),
            at: call.instant("timestamp"),
        }
    };
    let status = |status: Fields<'_>| Call {
        id: status.filled("id"),
        customer: person(key(status.filled("recipient_id"), status.filled("recipient_user_id"))),
        incoming: false,
        event: status.text("status").unwrap_or_default(),
        at: status.instant("timestamp"),
    };
    let calls = value.objects("calls").map(call);
    calls.chain(value.objects("statuses").map(status)).take(MAX_ENTRIES).collect()
}

fn groups(value: &Fields<'_>) -> Vec<GroupEvent> {
    let group = |group: Fields<'_>| GroupEvent {
        group_id: group.any(&["group_id", "id"]),
        event: group.any(&["type", "event", "status"]).unwrap_or_default(),
        subject: group.filled("subject"),
    };
    value.objects("groups").take(MAX_ENTRIES).map(group).collect()
}

fn book(value: &Fields<'_>) -> Vec<BookEntry> {
    let entry = |entry: Fields<'_>| {
        let contact = entry.object("contact");
        BookEntry {
            contact: key(contact.filled("phone_number"), contact.filled("user_id")),
            name: contact.any(&["full_name", "first_name"]),
            removed: entry.text("action").is_some_and(|action| action == "remove"),
        }
    };
    value.objects("state_sync").take(MAX_ENTRIES).map(entry).collect()
}

fn handover(value: &Fields<'_>) -> News {
    let events = [
        "control_passed",
        "control_taken",
        "control_requested",
        "pass_thread_control",
        "take_thread_control",
        "request_thread_control",
    ];
    let found = events.iter().find(|name| value.raw(name).is_some());
    let event = found.map(|name| (*name).to_owned()).or_else(|| value.filled("event"));
    News::Handover { event: event.unwrap_or_default() }
}

fn ad_events(field: &str, value: &Fields<'_>) -> Vec<AdEvent> {
    let event = |event: Fields<'_>| AdEvent {
        name: event.any(&["event_name", "event_type", "name"]).unwrap_or_default(),
        message_id: event.any(&["id", "message_id"]),
        click_id: event.any(&["ctwa_clid", "click_id"]),
        at: event.instant("timestamp"),
    };
    value.objects(field).take(MAX_ENTRIES).map(event).collect()
}
