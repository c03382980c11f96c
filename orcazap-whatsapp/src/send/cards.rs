//! Contact cards, such as that of a salesperson.

use chrono::NaiveDate;
use orcazap_core::contact::Phone;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited, count};
use super::link::WebAddress;
use crate::json::put;

/// Where an address, a number or a page belongs (`type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Place {
    /// At work.
    #[default]
    Work,
    /// At home.
    Home,
}

/// A phone number on a card. A number that is on WhatsApp gets a button to write
/// to it; another one a button to invite it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CardPhone {
    phone: Phone,
    place: Place,
    on_whatsapp: bool,
}

/// A postal address on a card; each part has up to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<Limited<200>>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<Limited<200>>,
    /// State, `SP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Limited<200>>,
    /// Postal code (CEP).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<Limited<200>>,
    /// Country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Limited<200>>,
    /// Country code, `BR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<Limited<2>>,
}

/// Where a person works (`org`); each part has up to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Limited<200>>,
    /// The part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<Limited<200>>,
    /// What the person is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Limited<200>>,
}

/// One contact card (`contacts[]`): a name of up to 256 characters, and what is
/// known of phones, e-mail, addresses, work, pages and birthday; up to ten each.
/// The platform tells no limit of these; they are bounded as everything is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CardParts")]
pub struct ContactCard {
    name: Limited<256>,
    phones: Vec<CardPhone>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emails: Vec<(Limited<254>, Place)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<(Address, Place)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<Organization>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    urls: Vec<(WebAddress, Place)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birthday: Option<NaiveDate>,
}

impl ContactCard {
    /// The most of each: phones, e-mail addresses, postal addresses, pages.
    pub const MAX_EACH: usize = 10;

    /// A card with a number at work that is on WhatsApp.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when the name is blank or too long.
    pub fn new(name: impl Into<String>, phone: Phone) -> Result<Self, LimitError> {
        let phone = CardPhone { phone, place: Place::Work, on_whatsapp: true };
        Ok(Self { phones: vec![phone], ..Self::named(name)? })
    }

    /// A card with a name only.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when the name is blank or longer than 256 characters.
    pub fn named(name: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self {
            name: Limited::new("name.formatted_name", name)?,
            phones: Vec::new(),
            emails: Vec::new(),
            addresses: Vec::new(),
            organization: None,
            urls: Vec::new(),
            birthday: None,
        })
    }

    /// The same with one more number, on WhatsApp or not.
    ///
    /// # Errors
    ///
    /// [`LimitError::Count`] beyond ten.
    pub fn with_phone(
        mut self,
        phone: Phone,
        place: Place,
        on_whatsapp: bool,
    ) -> Result<Self, LimitError> {
        self.phones.push(CardPhone { phone, place, on_whatsapp });
        self.checked()
    }

    /// The same with one more address of electronic mail.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 254 characters, or there
    /// are more than ten.
    pub fn with_email(
        mut self,
        email: impl Into<String>,
        place: Place,
    ) -> Result<Self, LimitError> {
        self.emails.push((Limited::new("emails.email", email)?, place));
        self.checked()
    }

    /// The same with one more postal address.
    ///
    /// # Errors
    ///
    /// [`LimitError::Count`] beyond ten.
    pub fn with_address(mut self, address: Address, place: Place) -> Result<Self, LimitError> {
        self.addresses.push((address, place));
        self.checked()
    }

    /// The same with one more page.
    ///
    /// # Errors
    ///
    /// [`LimitError::Count`] beyond ten.
    pub fn with_url(mut self, url: WebAddress, place: Place) -> Result<Self, LimitError> {
        self.urls.push((url, place));
        self.checked()
    }

    /// The same with where the person works.
    #[must_use]
    pub fn with_organization(self, organization: Organization) -> Self {
        Self { organization: Some(organization), ..self }
    }

    /// The same with a birthday.
    #[must_use]
    pub fn with_birthday(self, day: NaiveDate) -> Self {
        Self { birthday: Some(day), ..self }
    }

    fn checked(self) -> Result<Self, LimitError> {
        count("phones", 0, Self::MAX_EACH, self.phones.len())?;
        count("emails", 0, Self::MAX_EACH, self.emails.len())?;
        count("addresses", 0, Self::MAX_EACH, self.addresses.len())?;
        count("urls", 0, Self::MAX_EACH, self.urls.len())?;
        Ok(self)
    }

    fn to_graph(&self) -> Value {
        // The platform wants one more part of the name beside the whole.
        let name = json!({ "formatted_name": self.name, "first_name": self.name });
        let mut card = json!({ "name": name });
        let mut list = |name: &str, entries: Vec<Value>| {
            if !entries.is_empty() {
                put(&mut card, name, entries);
            }
        };
        list("phones", self.phones.iter().map(CardPhone::to_graph).collect());
        let email =
            |(email, place): &(Limited<254>, Place)| json!({ "email": email, "type": place });
        list("emails", self.emails.iter().map(email).collect());
        let address = |(address, place): &(Address, Place)| {
            let mut address = json!(address);
            put(&mut address, "type", json!(place));
            address
        };
        list("addresses", self.addresses.iter().map(address).collect());
        let url = |(url, place): &(WebAddress, Place)| json!({ "url": url, "type": place });
        list("urls", self.urls.iter().map(url).collect());
        if let Some(organization) = &self.organization {
            put(&mut card, "org", json!(organization));
        }
        if let Some(day) = &self.birthday {
            put(&mut card, "birthday", day.format("%Y-%m-%d").to_string());
        }
        card
    }
}

impl CardPhone {
    fn to_graph(&self) -> Value {
        let digits = self.phone.digits();
        let mut phone = json!({ "phone": format!("+{digits}"), "type": self.place });
        if self.on_whatsapp {
            put(&mut phone, "wa_id", digits);
        }
        phone
    }
}

#[derive(Deserialize)]
struct CardParts {
    name: Limited<256>,
    phones: Vec<CardPhone>,
    #[serde(default)]
    emails: Vec<(Limited<254>, Place)>,
    #[serde(default)]
    addresses: Vec<(Address, Place)>,
    #[serde(default)]
    organization: Option<Organization>,
    #[serde(default)]
    urls: Vec<(WebAddress, Place)>,
    #[serde(default)]
    birthday: Option<NaiveDate>,
}

impl TryFrom<CardParts> for ContactCard {
    type Error = LimitError;

    fn try_from(parts: CardParts) -> Result<Self, LimitError> {
        let CardParts { name, phones, emails, addresses, organization, urls, birthday } = parts;
        Self { name, phones, emails, addresses, organization, urls, birthday }.checked()
    }
}

/// One to five contact cards (`contacts`): the published schema says 5, the
/// documentation 257.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<ContactCard>")]
pub struct Cards(Vec<ContactCard>);

impl Cards {
    /// Cards.
    ///
    /// # Errors
    ///
    /// [`LimitError::Count`], when there are none or more than five.
    pub fn new(cards: Vec<ContactCard>) -> Result<Self, LimitError> {
        count("contacts", 1, 5, cards.len())?;
        Ok(Self(cards))
    }

    pub(super) fn to_graph(&self) -> Value {
        self.0.iter().map(ContactCard::to_graph).collect()
    }
}

impl TryFrom<Vec<ContactCard>> for Cards {
    type Error = LimitError;

    fn try_from(cards: Vec<ContactCard>) -> Result<Self, LimitError> {
        Self::new(cards)
    }
}
