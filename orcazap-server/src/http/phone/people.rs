//! The customers who write from the phone: invented, and the same every time.

use orcazap_core::{ContactKey, Phone};
use orcazap_whatsapp::graph_sim::Customer;
use serde::Serialize;

use crate::views::format;

/// How many there are at first.
const AT_FIRST: u32 = 3;
/// How many there may be.
const MOST: u32 = 200;

const NAMES: [&str; 12] = [
    "Marcos Andrade",
    "Célia Ribeiro",
    "João Pedreiro",
    "Construtora Ipê",
    "Rafael Nunes",
    "Dona Lourdes",
    "Bruno Eletricista",
    "Patrícia Lima",
    "Seu Antônio",
    "Reforma Já",
    "Tânia Moraes",
    "Wesley Prado",
];

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Person {
    /// The number's digits.
    pub(super) id: String,
    /// The name they chose.
    pub(super) name: String,
    /// The number as it is read.
    phone: String,
}

impl Person {
    fn nth(nth: u32) -> Self {
        let id = format!("551190000{:04}", nth + 1);
        let name = NAMES.iter().cycle().nth(usize::try_from(nth).unwrap_or_default());
        let name = name.copied().unwrap_or_default().to_owned();
        let phone = format::phone(&id);
        Self { id, name, phone }
    }

    /// Whether a contact at the stand-in is this one.
    pub(super) fn is(&self, contact: &ContactKey) -> bool {
        contact.phone().is_some_and(|phone| phone.digits() == self.id)
    }

    /// The customer at the stand-in.
    pub(super) fn as_customer(&self) -> Option<Customer> {
        let phone: Phone = self.id.parse().ok()?;
        Some(Customer::new(phone, self.name.clone()))
    }
}

/// All of them.
#[derive(Debug)]
pub(super) struct People {
    count: u32,
}

impl Default for People {
    fn default() -> Self {
        Self { count: AT_FIRST }
    }
}

impl People {
    /// In the order they came.
    pub(super) fn all(&self) -> Vec<Person> {
        (0..self.count).map(Person::nth).collect()
    }

    /// One more; none when there are enough.
    pub(super) fn add(&mut self) -> Option<Person> {
        let nth = self.count;
        (nth < MOST).then(|| {
            self.count += 1;
            Person::nth(nth)
        })
    }

    /// The one with this contact, if there can be one; they and those before
    /// are there from now on.
    pub(super) fn know(&mut self, contact: &ContactKey) -> Option<Person> {
        let nth = (0..MOST).find(|nth| Person::nth(*nth).is(contact))?;
        self.count = self.count.max(nth + 1);
        Some(Person::nth(nth))
    }

    /// By the number's digits.
    pub(super) fn find(&self, id: &str) -> Option<Person> {
        (0..self.count).map(Person::nth).find(|person| person.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_number_is_another_one_and_can_be_found() {
        let mut people = People::default();
        let known = people.all();
        let new = people.add().unwrap();
        assert!(!known.contains(&new));
        assert_eq!(people.find(&new.id), Some(new.clone()));
        assert!(new.as_customer().is_some());
        assert_eq!(people.find("5511999999999"), None);
        let ninth: Phone = "5511900000009".parse().unwrap();
        assert_eq!(people.know(&ninth.into()).unwrap().id, "5511900000009");
        assert_eq!(people.add().unwrap().id, "5511900000010");
        while people.add().is_some() {}
        assert_eq!(people.all().len(), 200);
    }
}
