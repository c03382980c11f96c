//! The names of what is kept in Redis; the table is in the module's front page.

use crate::ids::ContactId;

/// The rate of a number. What stands in braces decides the slot, so that a number
/// and its customers are in one.
#[must_use]
pub fn number_key(phone_number_id: &str) -> String {
    format!("orcazap:rate:{{{phone_number_id}}}:number")
}

/// The rate from a number to one of its customers.
#[must_use]
pub fn pair_key(phone_number_id: &str, contact: ContactId) -> String {
    format!("orcazap:rate:{{{phone_number_id}}}:pair:{contact}")
}
