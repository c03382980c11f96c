//! The assistant's texts in the store's own words, and how it speaks: for the owner
//! and managers, because every customer reads them.

pub(super) mod edit;
pub(super) mod list;

use orcazap_core::Language;
use orcazap_store::{Actor, NewAudit};
use serde_json::Value;

use crate::http::desk::Desk;
use crate::http::problem::PageError;

fn language(code: &str) -> Result<Language, PageError> {
    Language::from_code(code).ok_or(PageError::NotFound)
}

/// What was done; never the words themselves.
fn audit(desk: &Desk, action: &str, detail: Value) -> NewAudit {
    NewAudit {
        actor: Actor::Person(desk.staff.id),
        action: action.to_owned(),
        conversation: None,
        detail,
        request_id: desk.request_id.clone(),
    }
}
