//! At whose prices a customer buys: a group's or their own, of the store's price lists.
//!
//! It gives money away with every quote to come, and so it is not for attendants,
//! whose discounts have a limit.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::PriceBook;
use orcazap_core::authority::Role;
use orcazap_core::order::Buyer;
use orcazap_core::pricing::ListScope;
use orcazap_store::{Actor, ConversationId, NewAudit};
use serde::Deserialize;
use serde_json::json;

use super::show::{Refused, refused};
use crate::http::desk::{Desk, Signed};
use crate::http::problem::PageError;
use crate::http::store::paging;
use crate::views::conversations::{Choice, Prices};

/// The form; nothing chosen is everybody's prices.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Fields {
    #[serde(default)]
    group: String,
    #[serde(default)]
    customer: String,
}

/// The choice is kept, and holds from the next quote on.
pub(in crate::http::store) async fn choose(
    Path(id): Path<String>,
    Signed(desk, Fields { group, customer }): Signed<Fields>,
) -> Result<Response, PageError> {
    let id: ConversationId = paging::id(&id)?;
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let mut tx = desk.tx().await?;
    let entry = tx.find_conversation(id).await?.ok_or(PageError::NotFound)?;
    let chosen = |key: String| Some(key).filter(|key| !key.is_empty());
    let buyer = Buyer { customer: chosen(customer), group: chosen(group) };
    let fault = if !may_choose(desk.staff.role) {
        Some("Só o dono ou um gerente muda os preços de um cliente.")
    } else if !Offered::new(&shop.book, entry.contact.buyer.as_ref()).has(&buyer) {
        Some("Esta tabela de preços não existe mais. Escolha de novo.")
    } else {
        None
    };
    if let Some(fault) = fault {
        drop(tx);
        return refused(&desk, id, Refused { text: String::new(), fault }).await;
    }
    tx.update_buyer(entry.contact.id, &buyer).await?;
    // A customer's key may be their name, which the audit never holds.
    let detail = json!({ "group": buyer.group, "own_list": buyer.customer.is_some() });
    let audit = NewAudit {
        actor: Actor::Person(desk.staff.id),
        action: "buyer_changed".to_owned(),
        conversation: Some(id),
        detail,
        request_id: desk.request_id.clone(),
    };
    tx.insert_audit(&audit, desk.now).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/conversas/{id}")).into_response())
}

fn may_choose(role: Role) -> bool {
    match role {
        Role::Owner | Role::Manager => true,
        Role::Attendant => false,
    }
}

/// What can be chosen: the keys of the store's lists, and what holds already.
struct Offered<'a> {
    groups: BTreeSet<&'a str>,
    customers: BTreeSet<&'a str>,
}

impl<'a> Offered<'a> {
    fn new(book: &'a PriceBook, held: Option<&'a Buyer>) -> Self {
        let held_group = held.and_then(|buyer| buyer.group.as_deref());
        let held_customer = held.and_then(|buyer| buyer.customer.as_deref());
        let mut offered = Self {
            groups: held_group.into_iter().collect(),
            customers: held_customer.into_iter().collect(),
        };
        for scope in book.list_scopes() {
            match scope {
                ListScope::Group(key) => _ = offered.groups.insert(key),
                ListScope::Customer(key) => _ = offered.customers.insert(key),
                ListScope::Everyone => {}
            }
        }
        offered
    }

    fn has(&self, buyer: &Buyer) -> bool {
        let among = |keys: &BTreeSet<&str>, key: Option<&str>| key.is_none_or(|k| keys.contains(k));
        among(&self.groups, buyer.group.as_deref())
            && among(&self.customers, buyer.customer.as_deref())
    }
}

/// What the page shows of it; nothing where the store has no such lists.
pub(super) fn prices(desk: &Desk, book: &PriceBook, held: Option<&Buyer>) -> Option<Prices> {
    let offered = Offered::new(book, held);
    let choices = |keys: &BTreeSet<&str>, held: Option<&str>| {
        let choice = |key: &&str| Choice { key: (*key).to_owned(), chosen: Some(*key) == held };
        keys.iter().map(choice).collect::<Vec<_>>()
    };
    let groups = choices(&offered.groups, held.and_then(|buyer| buyer.group.as_deref()));
    let customers = choices(&offered.customers, held.and_then(|buyer| buyer.customer.as_deref()));
    let any = !groups.is_empty() || !customers.is_empty();
    any.then(|| Prices { groups, customers, may_choose: may_choose(desk.staff.role) })
}
