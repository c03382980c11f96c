//! Contact cards, such as that of a salesperson.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited, count};
use orcazap_core::contact::Phone;

/// One contact card: a name of up to 256 characters and a phone number on
/// WhatsApp, shown with a button to write to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCard {
    name: Limited<256>,
    phone: Phone,
}

impl ContactCard {
    /// A card.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when the name is blank or too long.
    pub fn new(name: impl Into<String>, phone: Phone) -> Result<Self, LimitError> {
        Ok(Self { name: Limited::new("name.formatted_name", name)?, phone })
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
        let card = |card: &ContactCard| {
            let digits = card.phone.digits();
            json!({
                // The platform wants one more part of the name beside the whole.
                "name": { "formatted_name": card.name, "first_name": card.name },
                "phones": [{ "phone": format!("+{digits}"), "wa_id": digits, "type": "WORK" }],
            })
        };
        self.0.iter().map(card).collect()
    }
}

impl TryFrom<Vec<ContactCard>> for Cards {
    type Error = LimitError;

    fn try_from(cards: Vec<ContactCard>) -> Result<Self, LimitError> {
        Self::new(cards)
    }
}
