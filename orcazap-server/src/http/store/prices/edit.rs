//! One rule: its form, what a change would do, and the change itself.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::PriceBook;
use orcazap_core::pricing::{PriceBookData, PriceBookError};
use orcazap_store::{Actor, NewAudit, StoreError, TenantTx};
use serde::Deserialize;
use serde_json::{Value, json};

use super::effect;
use super::form::{self, Faults, Fields};
use super::list::rule_words;
use super::rule::{Gone, Rule};
use crate::http::desk::{Desk, Signed};
use crate::http::problem::PageError;
use crate::shops::OpenShop;
use crate::views::frame::Section;
use crate::views::prices::{Edit, Effect, Kind, words};

const LOOK: &str = "Nada foi salvo. Confira os campos marcados.";
const GONE: &str = "Outra pessoa mudou ou tirou esta regra desde que você a abriu, e nada foi \
    salvo. Veja em Preços como ela está agora. Se salvar daqui, o que está escrito entra como \
    uma regra nova.";
const TOO_MANY: &str =
    "A loja já tem 10.000 regras deste tipo. Tire uma que não usa antes de acrescentar outra.";
const REFUSED: &str = "Um dos valores é grande demais para ser guardado. Confira os números.";
/// The longest account of a rule that the audit keeps whole, in bytes.
const MAX_AUDIT: usize = 4_000;

/// Which rule of the kind; none for a new one.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Which {
    #[serde(default)]
    regra: Option<String>,
}

/// What is wanted of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Save,
    Remove,
    /// To see what saving would do.
    TrySave,
    /// To see what removing would do.
    TryRemove,
}

impl Wish {
    fn of(act: &str) -> Self {
        match act {
            "remove" => Self::Remove,
            "try" => Self::TrySave,
            "try_remove" => Self::TryRemove,
            _ => Self::Save,
        }
    }

    fn is_a_try(self) -> bool {
        matches!(self, Self::TrySave | Self::TryRemove)
    }
}

/// The form.
pub(in crate::http::store) async fn show(
    desk: Desk,
    Path(kind): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Prices)?;
    let kind = Kind::from_code(&kind).ok_or(PageError::NotFound)?;
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let book = shop.book.data();
    let fields = match &which.regra {
        Some(key) => Fields::of(&kind.find(book, key).ok_or(PageError::NotFound)?),
        None => Fields::new(kind),
    };
    let page = Page { kind, shop: &shop, fields };
    page.show(&desk, Faults::default(), None, None).await
}

/// The form is sent.
pub(in crate::http::store) async fn save(
    Path(kind): Path<String>,
    Signed(desk, fields): Signed<Fields>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Prices)?;
    let kind = Kind::from_code(&kind).ok_or(PageError::NotFound)?;
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let wish = Wish::of(&fields.act);
    let mut page = Page { kind, shop: &shop, fields };
    let mut tx = desk.tx().await?;
    let before =
        if wish.is_a_try() { tx.price_book().await? } else { tx.lock_price_book().await? };
    let changed = match page.change(wish, &before) {
        Ok(changed) => changed,
        Err(Refusal::Fields(faults)) => return page.refuse(&desk, faults, LOOK).await,
        Err(Refusal::Gone) => {
            page.fields.was.clear();
            let shown = page.show(&desk, Faults::default(), Some(GONE.to_owned()), None).await?;
            return Ok((StatusCode::CONFLICT, shown).into_response());
        }
        Err(Refusal::Book(error)) => {
            let error = words::error(&error, &shop.catalog);
            return page.refuse(&desk, Faults::default(), &error).await;
        }
    };
    if wish.is_a_try() {
        let before = PriceBook::new(before).map_err(crate::shops::ShopError::Book)?;
        let removes = changed.now.is_none();
        let books = [&before, &changed.book];
        let effect = effect::of(&desk, &mut tx, &shop, books, removes).await?;
        return page.show(&desk, Faults::default(), None, Some(effect)).await;
    }
    match changed.keep(&desk, &mut tx, kind).await {
        Ok(()) => {}
        Err(StoreError::Book(_)) => {
            return page.refuse(&desk, Faults::default(), TOO_MANY).await;
        }
        Err(StoreError::Refused { .. }) => {
            return page.refuse(&desk, Faults::default(), REFUSED).await;
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/precos?salvo=1#{}", kind.code())).into_response())
}

/// Why the rules are not changed.
enum Refusal {
    /// The form says no rule.
    Fields(Faults),
    /// The rule that was to be changed is not there any more.
    Gone,
    /// The rules as a whole would contradict each other.
    Book(Box<PriceBookError>),
}

impl From<Gone> for Refusal {
    fn from(Gone: Gone) -> Self {
        Self::Gone
    }
}

/// The rules as they would be.
struct Changed {
    was: Option<Rule>,
    now: Option<Rule>,
    book: PriceBook,
}

impl Changed {
    /// Keeps the rules and notes who changed what.
    async fn keep(&self, desk: &Desk, tx: &mut TenantTx, kind: Kind) -> Result<(), StoreError> {
        tx.replace_price_book(self.book.data()).await?;
        let action = match (&self.was, &self.now) {
            (None, _) => "price_rule_added",
            (Some(_), Some(_)) => "price_rule_changed",
            (Some(_), None) => "price_rule_removed",
        };
        let entry = NewAudit {
            actor: Actor::Person(desk.staff.id),
            action: action.to_owned(),
            conversation: None,
            detail: json!({
                "kind": kind.code(),
                "version": tx.shop_version().await?,
                "before": account(self.was.as_ref()),
                "after": account(self.now.as_ref()),
            }),
            request_id: desk.request_id.clone(),
        };
        tx.insert_audit(&entry, desk.now).await
    }
}

/// What the audit keeps of a rule: all of it, or of a long price list how many prices it
/// has. Whom a list is for may be a person's name, which the audit never holds.
fn account(rule: Option<&Rule>) -> Value {
    let Some(rule) = rule else { return Value::Null };
    let mut whole = serde_json::to_value(rule).unwrap_or_default();
    if let (Rule::List(list), Some(kept)) = (rule, whole.as_object_mut()) {
        kept.remove("key");
        if kept.get("prices").is_some_and(|prices| prices.to_string().len() > MAX_AUDIT) {
            kept.insert("prices".to_owned(), json!(list.prices.len()));
        }
    }
    whole
}

/// The page of one rule.
struct Page<'a> {
    kind: Kind,
    shop: &'a OpenShop,
    fields: Fields,
}

impl Page<'_> {
    /// The rules with what the form wishes.
    fn change(&self, wish: Wish, before: &PriceBookData) -> Result<Changed, Refusal> {
        let was = Some(self.fields.was.as_str()).filter(|was| !was.is_empty());
        let mut book = before.clone();
        let (was, now) = match wish {
            Wish::Save | Wish::TrySave => {
                let held = was.map(|key| self.kind.find(before, key).ok_or(Gone)).transpose()?;
                let rule = form::read(self.kind, &self.fields, held.as_ref(), &self.shop.catalog)
                    .map_err(Refusal::Fields)?;
                (rule.clone().put(&mut book, was)?, Some(rule))
            }
            Wish::Remove | Wish::TryRemove => {
                (Some(self.kind.take(&mut book, was.ok_or(Gone)?)?), None)
            }
        };
        let book = PriceBook::new(book).map_err(|error| Refusal::Book(Box::new(error)))?;
        Ok(Changed { was, now, book })
    }

    async fn refuse(
        &self,
        desk: &Desk,
        faults: Faults,
        error: &str,
    ) -> Result<Response, PageError> {
        let shown = self.show(desk, faults, Some(error.to_owned()), None).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
    }

    async fn show(
        &self,
        desk: &Desk,
        faults: Faults,
        error: Option<String>,
        effect: Option<Effect>,
    ) -> Result<Response, PageError> {
        let (kind, fields) = (self.kind, &self.fields);
        let words = words::of(kind);
        let held = kind.find(self.shop.book.data(), &fields.was);
        let title = match &held {
            Some(rule) => rule_words(rule, self.shop).0,
            None => words.new.to_owned(),
        };
        let page = Edit {
            code: kind.code(),
            section: words.title,
            title,
            was: fields.was.clone(),
            fields: fields.show(kind, faults, &self.shop.catalog),
            error,
            effect,
        };
        desk.show(Section::Prices, &page).await
    }
}
