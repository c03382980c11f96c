//! Who wrote: puts a message's sender and the body's contact cards together.

use orcazap_core::contact::{ContactKey, Phone, UserId};

use super::fields::Fields;
use super::update::Person;

/// The `contacts` beside the messages of one value.
pub(super) struct Contacts(Vec<Person>);

impl Contacts {
    pub(super) fn of(value: &Fields<'_>) -> Self {
        Self(value.objects("contacts").map(|contact| card(&contact)).collect())
    }

    /// The person with a sender's number or id. Cards are matched by either,
    /// never by position; when there is a single card and the message tells no
    /// sender at all, it is theirs.
    pub(super) fn person(&self, contact: Option<ContactKey>, parent: Option<UserId>) -> Person {
        let card = match &contact {
            Some(key) => {
                self.0.iter().find(|card| card.contact.as_ref().is_some_and(|c| same(c, key)))
            }
            None => self.0.first().filter(|_| self.0.len() == 1),
        };
        let mut person = card.cloned().unwrap_or_default();
        if let Some(key) = contact {
            let known = person.contact.as_ref();
            let phone = key.phone().or_else(|| known.and_then(ContactKey::phone)).cloned();
            let user = key.user_id().or_else(|| known.and_then(ContactKey::user_id)).cloned();
            person.contact = ContactKey::new(phone, user).ok();
        }
        person.parent_user_id = parent.or(person.parent_user_id);
        person
    }
}

fn card(contact: &Fields<'_>) -> Person {
    let profile = contact.object("profile");
    Person {
        contact: key(contact.filled("wa_id"), contact.filled("user_id")),
        parent_user_id: contact.parsed("parent_user_id"),
        name: profile.filled("name").map(|name| name.chars().take(200).collect()),
        username: profile
            .filled("username")
            .map(|name| name.trim_start_matches('@').chars().take(64).collect()),
    }
}

fn same(a: &ContactKey, b: &ContactKey) -> bool {
    let phone = a.phone().is_some() && a.phone() == b.phone();
    phone || (a.user_id().is_some() && a.user_id() == b.user_id())
}

/// A key from a field that should hold a phone number and one that should hold
/// a user id. Some software writes the user id into the phone's field; nothing
/// that begins like one (`BR.…`) is ever taken for a phone, and no digits are
/// stripped out of it.
pub(super) fn key(phone: Option<String>, user_id: Option<String>) -> Option<ContactKey> {
    let looks_like_user = phone.as_deref().is_some_and(is_user_id);
    let (phone, stray) = if looks_like_user { (None, phone) } else { (phone, None) };
    let phone = phone.and_then(|text| text.parse::<Phone>().ok());
    let user_id = user_id.or(stray).and_then(|text| text.parse::<UserId>().ok());
    ContactKey::new(phone, user_id).ok()
}

fn is_user_id(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, b'.', _, ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
}
