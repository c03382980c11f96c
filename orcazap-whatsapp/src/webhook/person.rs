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

pub(super) fn same(a: &ContactKey, b: &ContactKey) -> bool {
    let full = |key: &ContactKey| key.phone().map(Phone::with_ninth_digit);
    let phone = a.phone().is_some() && full(a) == full(b);
    phone || (a.user_id().is_some() && a.user_id() == b.user_id())
}

/// A key from a field that should hold a phone number and one that should hold
/// a user id.
///
/// Some software writes the user id into the phone's field, or something else
/// that is no phone number. It is taken as it is, as an id of its own: nothing is
/// ever stripped out of it to make a phone number.
pub(super) fn key(phone: Option<String>, user_id: Option<String>) -> Option<ContactKey> {
    let parsed = phone.as_deref().and_then(|text| text.parse::<Phone>().ok());
    let stray = phone.filter(|_| parsed.is_none());
    let user_id = user_id.or(stray).and_then(|text| text.trim().parse::<UserId>().ok());
    ContactKey::new(parsed, user_id).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phone: &str, user_id: &str, expected: (Option<&str>, Option<&str>)) {
        let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let key = key(told(phone), told(user_id));
        let phone = key.as_ref().and_then(|key| key.phone()).map(Phone::digits);
        let user = key.as_ref().and_then(|key| key.user_id()).map(UserId::as_str);
        assert_eq!((phone, user), expected, "{key:?}");
    }

    #[test]
    fn what_is_no_phone_number_is_an_id_of_its_own_and_loses_no_character() {
        check("5511987654321", "", (Some("5511987654321"), None));
        check("+55 11 98765-4321", "BR.1", (Some("5511987654321"), Some("BR.1")));
        check("BR.1502576394655843", "", (None, Some("BR.1502576394655843")));
        check("BR.ENT.15025763", "BR.2", (None, Some("BR.2")));
        check("user-5511987654321", "", (None, Some("user-5511987654321")));
        check("911", "", (None, Some("911")));
        check("", "", (None, None));
    }
}
